/** A JSON object of unknown shape. */
export type Json = Record<string, unknown>;

/** True for JSON objects, false for arrays, null and scalars. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string under a key, undefined when there is none. */
export function textOf(value: unknown, key: string): string | undefined {
  const found = isJson(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** The objects of an array under a key; anything else is left out. */
export function objectsOf(value: unknown, key: string): Json[] {
  const found = isJson(value) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter(isJson) : [];
}
