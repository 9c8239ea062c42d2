/**
 * Jest runs a test in a realm of its own, where the errors of Node's own modules are no instances of `Error`,
 * though they are wherever the product runs. Import it first.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(this: unknown, value: unknown): boolean {
    const isOrdinary = Function.prototype[Symbol.hasInstance].call(this as () => void, value);
    return isOrdinary || (this === Error && Object.prototype.toString.call(value) === '[object Error]');
  },
});

export {};
