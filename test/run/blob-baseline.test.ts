import { BlobServiceClient } from '@azure/storage-blob';

import { ConfigError } from '../../shared/config/problems';
import { runScan } from '../../shared/run/hosted';
import { blobStoreOf } from '../../shared/run/wiring';
import type { BlobStateStore } from '../../shared/state/blob-store';
import { startAzurite, type Azurite } from '../../simulator/azurite';
import { clusterAt, fleet, type Row } from '../support/cli';
import { openScanner, type Scanner } from './scanner';

const NAME = 'baseline.yaml';
const LAST_GOOD = 'baseline/last-good';
const VALID = 'version: 1\nchecks:\n  local-accounts-disabled:\n    enabled: false\n';
const OTHER = 'version: 1\nchecks:\n  local-accounts-disabled:\n    severity: low\n';

const BROKEN: readonly (readonly [name: string, text: string | null, problem: RegExp])[] = [
  ['an unknown check', VALID.replace('local-accounts', 'local-acounts'), /did you mean "local-accounts-disabled"/],
  ['no YAML', 'version: [1', /baseline\.yaml cannot be used/],
  ['another version', 'version: 2\n', /version: got 2; accepts 1/],
  ['nothing', '', /blob:baseline\.yaml cannot be used/],
  ['missing', null, /there is no such blob/],
];

let azurite: Azurite;
let scanner: Scanner;
let store: BlobStateStore;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.stop();
});

beforeEach(async () => {
  scanner = await openScanner(fleet({ clusters: 1, pools: 1 }));
  scanner.at(new Date().toISOString());
  clusterAt(scanner.world, 0).properties.disableLocalAccounts = false;
  store = blobStoreOf({ connectionString: azurite.connectionString });
});

afterEach(async () => {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  await service.deleteContainer('aks-drift-state').catch((error: unknown) => error);
});

/** Makes this the content of the blob that the settings name; null: it is deleted, if there is a container at all. */
async function put(text: string | null): Promise<void> {
  if (text === null) {
    const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
    const blob = service.getContainerClient('aks-drift-state').getBlobClient(NAME);
    await blob.delete().catch((error: unknown) => error);
  } else {
    await store.writeText(NAME, text);
  }
}

async function scan(): Promise<{ run: Row | undefined; judged: boolean; events: string[] }> {
  const environment = {
    ...{ ...scanner.environment, AzureWebJobsStorage: azurite.connectionString },
    AKS_DRIFT_BASELINE: `blob:${NAME}`,
  };
  await runScan({ ...scanner.key(), requestedAt: new Date().toISOString() }, { environment, log: () => undefined });
  const rows = scanner.newRows('AksCompliance_CL').filter(({ Outcome }) => Outcome !== 'gone');
  const judged = rows.some(({ CheckId }) => CheckId === 'local-accounts-disabled');
  return { run: scanner.newRows('AksMonitorRun_CL').at(-1), judged, events: scanner.newEvents() };
}

describe('a baseline file in the state container', () => {
  it('is in force, and kept as the last valid one', async () => {
    await put(VALID);

    expect(await scan()).toMatchObject({ run: { Status: 'completed', Message: null }, judged: false, events: [] });
    expect(await store.readText(LAST_GOOD)).toBe(VALID);
  });

  it('takes the place of the last valid one', async () => {
    await put(VALID);
    await scan();
    await put(OTHER);

    expect(await scan()).toMatchObject({ run: { Message: null }, judged: true });
    expect(await store.readText(LAST_GOOD)).toBe(OTHER);
  });

  it.each(BROKEN)('leaves the last valid one in force, and the run row says so: %s', async (_, text, problem) => {
    await put(VALID);
    const { run: before } = await scan();
    await put(text);
    const { run, judged, events } = await scan();

    expect(run).toMatchObject({ Status: 'completed', BaselineHash: before?.BaselineHash });
    expect(run?.Message).toMatch(/^The last valid baseline file is in force\. /);
    expect(run?.Message).toMatch(problem);
    expect([judged, events, await store.readText(LAST_GOOD)]).toEqual([false, [], VALID]);
  });

  it.each(BROKEN)(
    'fails the scan when there never was a valid one, and stores nothing: %s',
    async (_, text, problem) => {
      await put(text);

      await expect(scan()).rejects.toThrow(ConfigError);
      expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([
        {
          ...{ Status: 'failed', Scan: 'configuration', SubscriptionId: scanner.subscriptionId },
          Message: expect.stringMatching(problem) as string,
        },
      ]);
      expect(await Array.fromAsync(store.list())).toEqual([]);
      expect([await store.readText(LAST_GOOD), scanner.asked(/managedClusters/)]).toEqual([null, []]);
    },
  );

  it('is silent again once it is mended', async () => {
    await put(VALID);
    await scan();
    await put('version: 2');
    await scan();
    await put(VALID);

    expect((await scan()).run).toMatchObject({ Status: 'completed', Message: null });
  });
});
