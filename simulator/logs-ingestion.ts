import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AzureError } from './azure-error';
import type { TableSchema } from './dcr';
import { readStreams } from './dcr';
import type { IncomingRequest, Reply } from './https-server';
import type { Json } from './json';
import { isAllowed } from './permissions';
import { matchPath, queryOf } from './routing';
import { problemOfRow } from './row-check';
import { AUDIENCES, requireToken } from './tokens';
import type { World } from './world';

/** Immutable id of the one data collection rule. */
export const DCR_ID = 'dcr-00000000000000000000000000000001';

/** https://learn.microsoft.com/rest/api/monitor/data-collection/upload (data plane, 2023-01-01) */
const PATH = '/dataCollectionRules/{ruleId}/streams/{stream}';
const API_VERSION = '2023-01-01';

/** The data action of the role Monitoring Metrics Publisher. */
const ACTION = 'Microsoft.Insights/Telemetry/Write';

/** Per call, compressed and uncompressed; https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#logs-ingestion-api */
const MAX_BODY_BYTES = 1024 * 1024;

function requireSize(body: Buffer): Buffer {
  if (body.length > MAX_BODY_BYTES) {
    const message = `Maximum allowed content length: ${MAX_BODY_BYTES} bytes (1 MB). Provided content length: ${body.length} bytes.`;
    throw new AzureError(413, 'ContentLengthLimitExceeded', message);
  }
  return body;
}

function unzip(body: Buffer): Buffer {
  try {
    return gunzipSync(body);
  } catch {
    throw new AzureError(400, 'InvalidPayload', 'The body is not gzip, though its Content-Encoding says so.');
  }
}

function rowsOf(body: Buffer): unknown[] {
  try {
    const rows = JSON.parse(body.toString()) as unknown;
    if (Array.isArray(rows)) {
      return rows;
    }
  } catch {
    // Falls through to the same refusal as any other body.
  }
  throw new AzureError(400, 'InvalidPayload', 'The body is not a JSON array.');
}

/** A Logs Ingestion endpoint with one data collection rule. */
export class LogsIngestion {
  private readonly streams = readStreams();
  private readonly tables = new Map<string, Json[]>();

  /** With a folder, each accepted row is also appended to `<folder>/<table>.jsonl`. */
  constructor(private readonly folder: string | undefined) {
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
    }
  }

  /** The rows that a table has accepted, oldest first. */
  rows(table: string): Json[] {
    return this.tables.get(table) ?? [];
  }

  /** Takes an upload whole or refuses it whole. */
  answer(request: IncomingRequest, world: World, now: Date): Reply {
    requireToken(request, AUDIENCES.logs);
    const table = this.tableOf(request, world);
    const packed = requireSize(request.body);
    const body = request.headers['content-encoding'] === 'gzip' ? requireSize(unzip(packed)) : packed;
    const rows = rowsOf(body);
    for (const [index, row] of rows.entries()) {
      const problem = problemOfRow(row, table, now);
      if (problem !== undefined) {
        throw new AzureError(400, 'InvalidPayload', `Row ${index} of ${table.name}: ${problem}.`);
      }
    }
    this.store(table.name, rows as Json[]);
    return { status: 204 };
  }

  private tableOf(request: IncomingRequest, world: World): TableSchema {
    const { url, recorded } = request;
    const variables = request.method === 'POST' ? matchPath(PATH, url.pathname) : undefined;
    if (!variables) {
      throw new AzureError(404, 'NotFound', `There is no ${request.method} ${url.pathname}.`);
    }
    recorded.action = ACTION;
    if (queryOf(url, 'api-version') !== API_VERSION) {
      throw new AzureError(400, 'InvalidApiVersion', `The api-version must be ${API_VERSION}.`);
    }
    const ruleId = variables.get('ruleId') ?? '';
    if (ruleId !== DCR_ID) {
      throw new AzureError(404, 'NotFound', `Data collection rule with immutable Id '${ruleId}' not found.`);
    }
    if (!isAllowed(world, `/dataCollectionRules/${ruleId}`, ACTION)) {
      const message = `The authentication token provided does not have access to ingest data for the data collection rule with immutable Id '${ruleId}'.`;
      throw new AzureError(403, 'OperationFailed', message);
    }
    const stream = variables.get('stream') ?? '';
    const table = this.streams.get(stream);
    if (!table) {
      throw new AzureError(400, 'InvalidStream', `The data collection rule has no stream '${stream}'.`);
    }
    return table;
  }

  private store(table: string, rows: Json[]): void {
    this.tables.set(table, [...this.rows(table), ...rows]);
    if (this.folder !== undefined) {
      appendFileSync(join(this.folder, `${table}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    }
  }
}
