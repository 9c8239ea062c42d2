/** Whether a text is a day that exists: YYYY-MM-DD. */
function isDay(text: string): boolean {
  const date = new Date(text);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** ISO 8601: a day, or a moment of one. https://www.rfc-editor.org/rfc/rfc3339#section-5.6 */
const INSTANT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** The moment that a text names; null when it names none. A day alone is its beginning in UTC. */
export function parseInstant(text: string): Date | null {
  const day = INSTANT.exec(text)?.[1];
  const date = new Date(text);
  return day !== undefined && isDay(day) && !Number.isNaN(date.getTime()) ? date : null;
}
