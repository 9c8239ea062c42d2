import type { ColumnType, TableSchema } from './dcr';
import { isJson } from './json';

/** Longer values are cut by Azure; https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#logs-ingestion-api */
const MAX_FIELD_BYTES = 64 * 1024;

/** Older or later rows get the time of arrival from Azure; https://learn.microsoft.com/azure/azure-monitor/logs/log-standard-columns#timegenerated */
const DAY_MS = 86_400_000;
const OLDEST_MS = 2 * DAY_MS;
const LATEST_MS = DAY_MS;

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

const FITS: Record<ColumnType, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  int: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
  long: (value) => Number.isSafeInteger(value),
  real: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  datetime: (value) => typeof value === 'string' && ISO_8601.test(value) && !Number.isNaN(Date.parse(value)),
  dynamic: () => true,
};

function problemOfValue(name: string, value: unknown, type: ColumnType): string | undefined {
  if (value === null) {
    return undefined;
  }
  if (!FITS[type](value)) {
    return `column '${name}' must be ${type}, got ${JSON.stringify(value)}`;
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return Buffer.byteLength(text) > MAX_FIELD_BYTES ? `column '${name}' is longer than 64 KB` : undefined;
}

function problemOfTime(value: unknown, now: Date): string | undefined {
  if (typeof value !== 'string') {
    return "column 'TimeGenerated' is missing";
  }
  const age = now.getTime() - Date.parse(value);
  return age > OLDEST_MS || age < -LATEST_MS
    ? `column 'TimeGenerated' is ${value}, not within 2 days before and 1 day after ${now.toISOString()}`
    : undefined;
}

/**
 * What is wrong with a row, undefined for a good one. Azure would drop unknown columns and blank wrong types
 * without a word; here both are errors, so that tests see them.
 */
export function problemOfRow(row: unknown, table: TableSchema, now: Date): string | undefined {
  if (!isJson(row)) {
    return 'a row must be an object';
  }
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns.find((each) => each.name === name);
    const problem = column
      ? problemOfValue(name, value, column.type)
      : `column '${name}' is not declared by the stream`;
    if (problem !== undefined) {
      return problem;
    }
  }
  return problemOfTime(row.TimeGenerated, now);
}
