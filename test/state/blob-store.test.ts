import '../support/realm';

import { BlobServiceClient } from '@azure/storage-blob';

import { startAzurite, type Azurite } from '../../simulator/azurite';
import { BlobStateStore } from '../../shared/state/blob-store';
import { describeStore } from './stores';

let azurite: Azurite;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.stop();
});

afterEach(async () => {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  await service.deleteContainer('aks-drift-state').catch((error: unknown) => error);
});

function store(): BlobStateStore {
  return new BlobStateStore({ connectionString: azurite.connectionString });
}

async function containers(): Promise<string[]> {
  const found = await Array.fromAsync(
    BlobServiceClient.fromConnectionString(azurite.connectionString).listContainers(),
  );
  return found.map(({ name }) => name);
}

describe('a container of states', () => {
  describeStore(store);

  it('is not made by reading', async () => {
    expect(await store().readText('baseline.yaml')).toBeNull();
    expect(await Array.fromAsync(store().list())).toEqual([]);
    expect(await containers()).toEqual([]);
  });

  it('is made with the first save, and only then', async () => {
    const key = { subscriptionId: 's', scan: 'policy' } as const;
    await store().save(key, __filename, null, null);

    expect(await containers()).toEqual(['aks-drift-state']);
  });

  it('keeps the states where the contract says', async () => {
    await store().save({ subscriptionId: 's', scan: 'node-images' }, __filename, null, null);
    const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(
      'aks-drift-state',
    );
    const blobs = await Array.fromAsync(container.listBlobsFlat());

    expect(blobs.map(({ name }) => name)).toEqual(['s/node-images.jsonl.gz']);
  });

  it('lists every state with the time of its last save and of its last listing, and nothing else', async () => {
    const start = Date.now();
    const listedAt = '2026-11-24T06:00:00.000Z';
    await store().save({ subscriptionId: 's1', scan: 'policy' }, __filename, null, listedAt);
    await store().save({ subscriptionId: 's1', scan: 'defender' }, __filename, null, null);
    await store().save({ subscriptionId: 's2', scan: 'policy' }, __filename, null, listedAt);
    await store().writeText('s2/weather.jsonl.gz', '');
    await store().writeText('policy.jsonl.gz', '');
    const states = await Array.fromAsync(store().list());

    expect(states).toMatchObject([
      { subscriptionId: 's1', scan: 'defender', listedAt: null },
      { subscriptionId: 's1', scan: 'policy', listedAt: new Date(listedAt) },
      { subscriptionId: 's2', scan: 'policy', listedAt: new Date(listedAt) },
    ]);
    // Storage tells whole seconds.
    expect(states.filter(({ savedAt }) => Math.abs(savedAt.getTime() - start) > 60_000)).toEqual([]);
  });

  it('keeps small texts too, which are no states', async () => {
    await store().writeText('baseline/last-good', 'version: 1 # é€😀');
    await store().writeText('baseline/last-good', 'version: 1 # é€😀 again');

    expect(await store().readText('baseline/last-good')).toBe('version: 1 # é€😀 again');
    expect(await store().readText('baseline/other')).toBeNull();
    expect(await Array.fromAsync(store().list())).toEqual([]);
  });
});
