import { BlobServiceClient, RestError, type ContainerClient } from '@azure/storage-blob';
import type { TokenCredential } from '@azure/core-auth';

import { SCANS } from '../model/scan';
import { pathOf, StateConflictError, type StateKey, type StateStore, type StoredState } from './store';

const CONTAINER = 'aks-drift-state';

/** How to reach the account: a connection string, or its address with an identity. */
export type BlobAccount =
  { readonly connectionString: string } | { readonly blobServiceUri: string; readonly credential: TokenCredential };

/** States in a blob container, guarded by ETag. */
export class BlobStateStore implements StateStore {
  readonly #container: ContainerClient;

  constructor(account: BlobAccount) {
    const service =
      'connectionString' in account
        ? BlobServiceClient.fromConnectionString(account.connectionString)
        : new BlobServiceClient(account.blobServiceUri, account.credential);
    this.#container = service.getContainerClient(CONTAINER);
  }

  async fetch(key: StateKey, file: string): Promise<string | null> {
    try {
      const { etag } = await this.#container.getBlobClient(pathOf(key)).downloadToFile(file);
      return etag ?? null;
    } catch (error) {
      if (isStatus(error, 404)) {
        return null;
      }
      throw error;
    }
  }

  async save(key: StateKey, file: string, version: string | null, listedAt: string | null): Promise<string> {
    const conditions = version === null ? { ifNoneMatch: '*' } : { ifMatch: version };
    const blob = this.#container.getBlockBlobClient(pathOf(key));
    try {
      const { etag } = await blob.uploadFile(file, {
        conditions,
        metadata: listedAt === null ? {} : { listedat: listedAt },
      });
      return etag ?? '';
    } catch (error) {
      if (isStatus(error, 404) && version === null) {
        await this.#container.createIfNotExists();
        return this.save(key, file, version, listedAt);
      }
      throw conflictOr(error, key);
    }
  }

  async remove(key: StateKey, version: string): Promise<void> {
    try {
      await this.#container.getBlobClient(pathOf(key)).delete({ conditions: { ifMatch: version } });
    } catch (error) {
      throw conflictOr(error, key);
    }
  }

  /** All states that exist. */
  async *list(): AsyncGenerator<StoredState> {
    try {
      for await (const { name, properties, metadata } of this.#container.listBlobsFlat({ includeMetadata: true })) {
        const [subscriptionId, file] = name.split('/');
        const scan = SCANS.find((candidate) => file === `${candidate}.jsonl.gz`);
        if (subscriptionId !== undefined && scan !== undefined) {
          const listedAt = metadata?.listedat === undefined ? null : new Date(metadata.listedat);
          yield { subscriptionId, scan, savedAt: properties.lastModified, listedAt };
        }
      }
    } catch (error) {
      // The container is made with the first state.
      if (!isStatus(error, 404)) {
        throw error;
      }
    }
  }

  /** A small text beside the states, for example the baseline file; null when it does not exist. */
  async readText(name: string): Promise<string | null> {
    try {
      return (await this.#container.getBlobClient(name).downloadToBuffer()).toString('utf8');
    } catch (error) {
      if (isStatus(error, 404)) {
        return null;
      }
      throw error;
    }
  }

  /** Keeps a small text beside the states. */
  async writeText(name: string, text: string): Promise<void> {
    await this.#container.createIfNotExists();
    await this.#container.getBlockBlobClient(name).upload(text, Buffer.byteLength(text));
  }
}

function conflictOr(error: unknown, key: StateKey): unknown {
  return isStatus(error, 412) || isStatus(error, 409)
    ? new StateConflictError(`Another run saved ${pathOf(key)} first.`)
    : error;
}

function isStatus(error: unknown, status: number): boolean {
  return error instanceof RestError && error.statusCode === status;
}
