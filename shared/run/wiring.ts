import { readFile } from 'node:fs/promises';

import type { TokenCredential } from '@azure/core-auth';
import { ManagedIdentityCredential } from '@azure/identity';

import { CATALOGUE } from '../checks';
import { ATTESTABLE_ITEMS } from '../checks/attestation';
import { defaultBaseline, readBaseline } from '../config/baseline';
import { ConfigError } from '../config/problems';
import type { Settings, Storage } from '../config/settings';
import type { Baseline } from '../model/baseline';
import { LogsPublisher, type Publisher } from '../publish/logs';
import { BlobStateStore, type BlobAccount } from '../state/blob-store';

/** Where the last valid baseline file of the container is kept, for the day on which somebody breaks it. */
const LAST_GOOD = 'baseline/last-good';

const BLOB_PREFIX = 'blob:';

export { StateUnreadableError } from '../state/store';

/** Sends rows to the data collection rule that the settings name; null when they name none. */
export function publisherOf(
  { logs, cloud }: Settings,
  credential: TokenCredential,
  clock: () => Date,
): Publisher | null {
  return logs === null ? null : new LogsPublisher({ ...logs, audience: cloud.logsAudience }, credential, clock);
}

/** @throws ConfigError where no place for the rows is named. */
export function requiredPublisher(settings: Settings, credential: TokenCredential, clock: () => Date): Publisher {
  const publisher = publisherOf(settings, credential, clock);
  if (publisher === null) {
    throw new ConfigError('Rows cannot be published', [
      'AKS_DRIFT_LOGS_ENDPOINT, AKS_DRIFT_DCR_ID: not set; a deployment tells both, for example by `azd env get-value AKS_DRIFT_LOGS_ENDPOINT` and `azd env get-value AKS_DRIFT_DCR_ID`',
    ]);
  }
  return publisher;
}

/** The states of the functions. */
export function blobStoreOf(storage: Storage): BlobStateStore {
  return new BlobStateStore(blobAccountOf(storage));
}

function blobAccountOf(storage: Storage): BlobAccount {
  if ('connectionString' in storage) {
    return storage;
  }
  const { blobServiceUri, clientId } = storage;
  if (blobServiceUri === null) {
    throw new ConfigError('No blob can be read', ['AzureWebJobsStorage__blobServiceUri: not set']);
  }
  return { blobServiceUri, credential: storageCredential(clientId) };
}

/** The identity that the Functions host itself uses for its storage. */
export function storageCredential(clientId: string | undefined): TokenCredential {
  return new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
}

export interface LoadedBaseline {
  readonly baseline: Baseline;
  /** Why an older file is in force; null: the file itself is. */
  readonly notice: string | null;
}

/**
 * The baseline file that the settings name, from a path or from the state container.
 * A broken blob leaves the last valid one in force, and says so.
 * @throws ConfigError when there is nothing to go by.
 */
export async function loadBaseline({ baseline: place, storage }: Settings): Promise<LoadedBaseline> {
  if (place === null) {
    return { baseline: defaultBaseline(), notice: null };
  }
  if (!place.startsWith(BLOB_PREFIX)) {
    return { baseline: readBaseline(await readText(place), place, CATALOGUE, ATTESTABLE_ITEMS), notice: null };
  }
  if (storage === null) {
    throw new ConfigError('The baseline file cannot be read', [`${place}: no storage account is set`]);
  }
  return loadFromBlob(place, blobStoreOf(storage));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError('The baseline file cannot be read', [`${path}: ${(error as Error).message}`]);
  }
}

async function loadFromBlob(place: string, store: BlobStateStore): Promise<LoadedBaseline> {
  const lastGood = await store.readText(LAST_GOOD);
  try {
    const text = await store.readText(place.slice(BLOB_PREFIX.length));
    if (text === null) {
      throw new ConfigError('The baseline file cannot be read', [`${place}: there is no such blob`]);
    }
    const baseline = readBaseline(text, place, CATALOGUE, ATTESTABLE_ITEMS);
    if (text !== lastGood) {
      await store.writeText(LAST_GOOD, text);
    }
    return { baseline, notice: null };
  } catch (error) {
    if (lastGood === null || !(error instanceof Error)) {
      throw error;
    }
    const notice = `The last valid baseline file is in force. ${error.message}`;
    return { baseline: readBaseline(lastGood, LAST_GOOD, CATALOGUE, ATTESTABLE_ITEMS), notice };
  }
}
