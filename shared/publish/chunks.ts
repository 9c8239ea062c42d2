/** Logs Ingestion takes 1 MB a call; the rest is room for `TimeGenerated` and brackets. https://learn.microsoft.com/azure/azure-monitor/service-limits#logs-ingestion-api */
const CHUNK_BYTES = 900_000;

/** Logs Ingestion cuts a longer field. https://learn.microsoft.com/azure/azure-monitor/service-limits#logs-ingestion-api */
const FIELD_BYTES = 64 * 1024;

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
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, fittedValue(value)])) as Row;
}

function fittedValue(value: unknown): unknown {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const bytes = Buffer.byteLength(text);
  if (bytes <= FIELD_BYTES) {
    return value;
  }
  // A character takes up to four bytes, and quoting may double it.
  const beginning = text.slice(0, FIELD_BYTES / 8).toWellFormed();
  return typeof value === 'string' ? `${beginning}… (cut from ${bytes} bytes)` : { cut: true, bytes, beginning };
}
