import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isAggregateLogsUploadError } from '@azure/monitor-ingestion';
import { accessToken, emptyWorld } from '../../simulator';
import { runQuery } from '../../simulator/kql';
import { workspaceTables } from '../../simulator/kql/workspace';
import type { LocalAzure } from './local-azure';
import { startLocalAzure } from './local-azure';

const TABLE = 'AksMonitorRun_CL';
const GOOD = {
  TimeGenerated: '2026-11-24T08:59:00Z',
  RunId: 'r1',
  Clusters: 3,
  DurationMs: 1200,
  Unread: [{ source: 'clusters' }],
  Message: null,
};

let azure: LocalAzure;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rows-'));
  azure = await startLocalAzure(emptyWorld(), folder);
});

afterEach(async () => {
  await azure.simulator.stop();
  rmSync(folder, { recursive: true });
});

/** Uploads rows with the SDK; the first cause is what the service said. */
async function upload(rows: Record<string, unknown>[], stream = `Custom-${TABLE}`, rule?: string): Promise<void> {
  const id = rule ?? azure.simulator.environment.AKS_DRIFT_DCR_ID ?? '';
  try {
    await azure.logsIngestion().upload(id, stream, rows);
  } catch (error) {
    throw isAggregateLogsUploadError(error) ? error.errors[0]?.cause : error;
  }
}

it('keeps accepted rows, in memory and in a file', async () => {
  await upload([GOOD, { ...GOOD, RunId: 'r2' }]);
  expect(azure.simulator.rows(TABLE)).toEqual([GOOD, { ...GOOD, RunId: 'r2' }]);
  expect(
    readFileSync(join(folder, `${TABLE}.jsonl`), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(2);
  expect(azure.simulator.requests.at(-1)).toMatchObject({ action: 'Microsoft.Insights/Telemetry/Write', status: 204 });
});

it('reads back as Log Analytics has it: no text is the empty text, anything else that is absent is null', async () => {
  await upload([GOOD, { ...GOOD, TimeGenerated: '2026-11-24T10:00:00+01:00', Clusters: null, Unread: null }]);
  const tables = workspaceTables((table) => azure.simulator.rows(table));
  const query = `${TABLE} | project TimeGenerated, Message, Clusters, StartedAt, Unread, source = tostring(Unread[0].source)`;
  const absent = { Message: '', StartedAt: null };
  expect(runQuery(query, tables).rows).toEqual([
    { ...absent, TimeGenerated: '2026-11-24T08:59:00Z', Clusters: 3, Unread: GOOD.Unread, source: 'clusters' },
    { ...absent, TimeGenerated: '2026-11-24T09:00:00Z', Clusters: null, Unread: null, source: '' },
  ]);
});

it.each([
  ['an unknown column', { Surprise: 1 }, /'Surprise' is not declared/],
  ['a string for an int', { Clusters: '3' }, /'Clusters' must be int/],
  ['a fraction for a long', { DurationMs: 1.5 }, /'DurationMs' must be long/],
  ['a date that is none', { StartedAt: 'yesterday' }, /'StartedAt' must be datetime/],
  ['a missing time', { TimeGenerated: undefined }, /'TimeGenerated' is missing/],
  ['a time that is too old', { TimeGenerated: '2026-11-22T08:00:00Z' }, /not within 2 days before/],
  ['a time that is too late', { TimeGenerated: '2026-11-25T10:00:00Z' }, /not within 2 days before/],
  ['a field above 64 KB', { Message: 'x'.repeat(65_537) }, /'Message' is longer than 64 KB/],
])('refuses %s and takes no row of that upload', async (_, change, message) => {
  await expect(upload([GOOD, { ...GOOD, ...change }])).rejects.toMatchObject({
    statusCode: 400,
    message: expect.stringMatching(message) as string,
  });
  expect(azure.simulator.rows(TABLE)).toEqual([]);
});

it('refuses other streams, other rules and callers without the role', async () => {
  await expect(upload([GOOD], 'Custom-Nothing_CL')).rejects.toMatchObject({ statusCode: 400, code: 'InvalidStream' });
  await expect(upload([GOOD], undefined, 'dcr-other')).rejects.toMatchObject({ statusCode: 404 });
  azure.simulator.world.denied.push({ scope: '/dataCollectionRules', action: '*' });
  await expect(upload([GOOD])).rejects.toMatchObject({ statusCode: 403, code: 'OperationFailed' });
});

it('refuses more than 1 MB, packed or not', async () => {
  await expect(upload([{ ...GOOD, Unread: 'x'.repeat(1_100_000) }])).rejects.toMatchObject({
    statusCode: 413,
    code: 'ContentLengthLimitExceeded',
  });
});

it('refuses a token for ARM', async () => {
  const { AKS_DRIFT_LOGS_ENDPOINT = '', AKS_DRIFT_DCR_ID = '' } = azure.simulator.environment;
  const url = `${AKS_DRIFT_LOGS_ENDPOINT}/dataCollectionRules/${AKS_DRIFT_DCR_ID}/streams/Custom-${TABLE}?api-version=2023-01-01`;
  const post = async (audience: string) => {
    const headers = { authorization: `Bearer ${accessToken(audience)}`, 'content-encoding': 'gzip' };
    return (await fetch(url, { method: 'POST', headers, body: gzipSync(JSON.stringify([GOOD])) })).status;
  };
  expect(await post('https://management.azure.com')).toBe(401);
  expect(await post('https://monitor.azure.com')).toBe(204);
});
