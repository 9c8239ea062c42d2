import { BlobServiceClient } from '@azure/storage-blob';

import { startAzurite, type Azurite } from '../../scripts/demo/azurite';
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
    await store().save(key, __filename, null);

    expect(await containers()).toEqual(['aks-drift-state']);
  });

  it('keeps the states where the contract says', async () => {
    await store().save({ subscriptionId: 's', scan: 'node-images' }, __filename, null);
    const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(
      'aks-drift-state',
    );
    const blobs = await Array.fromAsync(container.listBlobsFlat());

    expect(blobs.map(({ name }) => name)).toEqual(['s/node-images.jsonl.gz']);
  });

  it('keeps small texts too, which are no states', async () => {
    await store().writeText('baseline/last-good', 'version: 1 # é€😀');
    await store().writeText('baseline/last-good', 'version: 1 # é€😀 again');

    expect(await store().readText('baseline/last-good')).toBe('version: 1 # é€😀 again');
    expect(await store().readText('baseline/other')).toBeNull();
    expect(await Array.fromAsync(store().list())).toEqual([]);
  });

  it('says that nobody answers, instead of that there is no state', async () => {
    const other = await startAzurite();
    await other.stop();
    const connectionString = `${other.connectionString}`;
    const error: unknown = await new BlobStateStore({ connectionString })
      .readText('x')
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});
