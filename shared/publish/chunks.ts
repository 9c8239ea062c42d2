import type { Json } from '../model/json';

/** Logs Ingestion takes 1 MB a call; the rest is room for `TimeGenerated` and brackets. https://learn.microsoft.com/azure/azure-monitor/service-limits#logs-ingestion-api */
const CHUNK_BYTES = 900_000;

/** Logs Ingestion cuts a longer field. https://learn.microsoft.com/azure/azure-monitor/service-limits#logs-ingestion-api */
const FIELD_BYTES = 64 * 1024;

/** Brackets, and the words that say that something is cut. */
const MARK_BYTES = 64;

/** Splits rows, in order, into chunks that one upload call takes. */
export function chunksOf<Row extends object>(rows: readonly Row[]): Row[][] {
  const chunks: Row[][] = [];
  let size = Infinity;
  for (const row of rows) {
    const bytes = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (size + bytes > CHUNK_BYTES) {
      chunks.push([]);
      size = 0;
    }
    chunks.at(-1)?.push(row);
    size += bytes;
  }
  return chunks;
}

/** A row whose long values are cut, and say so: Azure would cut them in silence, and half a JSON value is no value. */
export function fitted<Row extends object>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row as Readonly<Record<string, Json>>).map(([column, value]) => [
      column,
      fitsField(value) ? value : shortened(value, FIELD_BYTES),
    ]),
  ) as Row;
}

/** Whether Logs Ingestion takes all of a value. */
export function fitsField(value: Json): boolean {
  return (typeof value === 'string' ? Buffer.byteLength(value) : bytesOf(value)) <= FIELD_BYTES;
}

/** The same shape in less room, so that a query still finds what it looks for. */
function shortened(value: Json, room: number): Json {
  if (typeof value === 'string') {
    // A character takes up to four bytes, and quoting may double it.
    return `${value.slice(0, Math.max(0, room / 8)).toWellFormed()}${cutFrom(Buffer.byteLength(value), 'bytes')}`;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const isList = Array.isArray(value);
  const parts = Object.entries(value).map(([name, part]) => ({ name, part, around: isList ? 1 : bytesOf(name) + 2 }));
  shortenLongest(parts, room - MARK_BYTES);
  const fits = leading(parts, room - MARK_BYTES);
  const kept = fits.map(({ name, part }): [string, Json] => [name, part]);
  if (fits.length < parts.length) {
    kept.push(['cut', cutFrom(parts.length, isList ? 'items' : 'fields')]);
  }
  return isList ? kept.map(([, part]) => part) : Object.fromEntries(kept);
}

/** An item of a list or a field of an object. */
interface Part {
  readonly name: string;
  part: Json;
  /** Bytes that come with it: a comma, and the name of a field. */
  readonly around: number;
}

/** The longest part gives what is too much, then the next; none gives all of itself. */
function shortenLongest(parts: readonly Part[], room: number): void {
  const sized = parts.map((each) => ({ each, bytes: sizeOf(each) }));
  let excess = sized.reduce((sum, { bytes }) => sum + bytes, 0) - room;
  for (const { each, bytes } of sized.sort((a, b) => b.bytes - a.bytes)) {
    const wanted = Math.max(bytes - excess, room / 32);
    if (bytes > wanted) {
      each.part = shortened(each.part, wanted - each.around);
      excess -= bytes - sizeOf(each);
    }
  }
}

/** Those from the beginning that have room. */
function leading(parts: readonly Part[], room: number): readonly Part[] {
  let left = room;
  const end = parts.findIndex((each) => (left -= sizeOf(each)) < 0);
  return end === -1 ? parts : parts.slice(0, end);
}

function sizeOf({ part, around }: Part): number {
  return bytesOf(part) + around;
}

function cutFrom(count: number, what: 'bytes' | 'items' | 'fields'): string {
  return `… (cut from ${count} ${what})`;
}

function bytesOf(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}
