/** What a query asked for that this interpreter cannot answer, or that Kusto itself would reject. */
export class KqlError extends Error {
  override readonly name = 'KqlError';

  constructor(
    readonly reason: string,
    /** Offset of the offending text in the query, when known. */
    readonly position?: number,
  ) {
    super(position === undefined ? reason : `${reason} (at position ${position})`);
  }
}

/** Runs `action`, giving an error that has no position yet the position of the expression that caused it. */
export function atPosition<T>(position: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof KqlError && error.position === undefined) {
      throw new KqlError(error.reason, position);
    }
    throw error;
  }
}
