import { KqlError } from './error';
import { KqlDateTime, KqlTimespan, type KqlType, type Row, type Value, textOf } from './values';

/** A value that is not null. */
export type Present = Exclude<Value, null>;

/** A scalar expression that is ready to run over rows. */
export interface Compiled {
  readonly type: KqlType;
  readonly get: (row: Row) => Value;
}

/** One call of a function in the query, as its entry in the table of functions sees it. */
export interface Call {
  readonly count: number;
  /** The type the analyser found for the result. */
  readonly type: KqlType;
  readonly now: KqlDateTime;
  argument(index: number): Compiled;
  /** An argument that only decides between two ways, where null and false mean the same. */
  predicate(index: number): Compiled;
  typeArgument(index: number): KqlType;
}

/** Makes the code that runs over rows from a call. */
export type ScalarFunction = (call: Call) => (row: Row) => Value;

export const indexes = (call: Call): number[] => [...Array(call.count).keys()];
export const allArguments = (call: Call): Compiled[] => indexes(call).map((index) => call.argument(index));

/** A function that sees its arguments as they are, nulls included. */
export const eager =
  (apply: (values: Value[], types: KqlType[], call: Call) => Value): ScalarFunction =>
  (call) => {
    const parts = allArguments(call);
    const types = parts.map(({ type }) => type);
    return (row) =>
      apply(
        parts.map(({ get }) => get(row)),
        types,
        call,
      );
  };

/** A function that is null as soon as one of its arguments is. */
export const strict = (apply: (values: Present[], types: KqlType[], call: Call) => Value): ScalarFunction =>
  eager((values, types, call) => {
    const present = values.filter((value) => value !== null);
    return present.length === values.length ? apply(present, types, call) : null;
  });

/** A function over text, for which an absent dynamic value is the empty string. */
export const overText = (apply: (...texts: string[]) => Value): ScalarFunction =>
  eager((values, types) => apply(...values.map((value, index) => textOf(value, types[index] ?? 'dynamic'))));

export function numberArgument(value: Value | undefined, what = 'a number'): number {
  if (typeof value !== 'number') {
    throw new KqlError(`${what} expected`);
  }
  return value;
}

export function countArgument(value: Value | undefined): number {
  const count = numberArgument(value, 'a whole number');
  if (!Number.isInteger(count) || count < 0) {
    throw new KqlError(`a position of ${count} is not supported`);
  }
  return count;
}

export function timeArgument(value: Value | undefined): KqlDateTime {
  if (!(value instanceof KqlDateTime)) {
    throw new KqlError('a datetime expected');
  }
  return value;
}

export function spanArgument(value: Value | undefined): KqlTimespan {
  if (!(value instanceof KqlTimespan)) {
    throw new KqlError('a timespan expected');
  }
  return value;
}

export function arrayArgument(value: Value | undefined): Value[] {
  if (!Array.isArray(value)) {
    throw new KqlError('an array expected');
  }
  return value;
}
