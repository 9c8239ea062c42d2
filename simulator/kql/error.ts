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

/** The same error, with the position of the expression that caused it if it has none yet. */
export function positioned(error: unknown, position: number): unknown {
  return error instanceof KqlError && error.position === undefined ? new KqlError(error.reason, position) : error;
}

/** Runs `action`, giving an error that has no position yet the position of the expression that caused it. */
export function atPosition<T>(position: number, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw positioned(error, position);
  }
}
