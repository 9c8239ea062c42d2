import { isDeepStrictEqual } from 'node:util';

import type { Json } from '../shared/model/json';

/** Longer values are cut, so that two of them and a name fit in a line. */
const VALUE_WIDTH = 42;

type JsonObject = Exclude<Json, string | number | boolean | null | readonly Json[]>;

/** What differs between two values, each part as `name old → new`; of two lists only the items that the other lacks. */
export function differences(before: Json, now: Json, name = ''): string[] {
  if (isDeepStrictEqual(before, now)) {
    return [];
  }
  if (isObject(before) && isObject(now)) {
    return [...new Set([...Object.keys(before), ...Object.keys(now)])].flatMap((key) =>
      differences(before[key] ?? null, now[key] ?? null, key),
    );
  }
  const [old, current] =
    Array.isArray(before) && Array.isArray(now) ? [without(before, now), without(now, before)] : [before, now];
  return [`${name} ${textOf(old)} → ${textOf(current)}`.trim()];
}

/** An object of JSON, which is neither null nor a list. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(items: readonly Json[], others: readonly Json[]): Json[] {
  return items.filter((item) => !others.some((other) => isDeepStrictEqual(item, other)));
}

function textOf(value: Json): string {
  if (value === null) {
    return 'none';
  }
  if (typeof value === 'object') {
    return isObject(value) ? cut(Object.values(value).map(textOf).join(' ')) : listText(value);
  }
  return cut(String(value));
}

function cut(text: string): string {
  return text.length > VALUE_WIDTH ? `${text.slice(0, VALUE_WIDTH - 1)}…` : text;
}

function listText([first, ...others]: readonly Json[]): string {
  if (first === undefined) {
    return 'none';
  }
  return `${textOf(first)}${others.length > 0 ? ` and ${others.length} more` : ''}`;
}
