import type { QueueClient } from '@azure/storage-queue';

import { credentialOf } from '../collect/azure';
import { ConfigError } from '../config/problems';
import type { Settings, Storage } from '../config/settings';
import { requireIdentity } from './identity';
import { addressOf, queueOf, send } from './queue';
import { listedSubscriptions } from './requests';

export { RequestsUnsentError } from './queue';

/** The same in every cloud. https://learn.microsoft.com/azure/storage/common/storage-auth-aad-app */
const STORAGE_AUDIENCE = 'https://storage.azure.com';

/** What was put where. */
export interface RequestsSent {
  readonly subscriptions: number;
  readonly messages: number;
  /** Address of the queue. */
  readonly queue: string;
}

/**
 * Asks a deployment to scan now, with the rights of the caller. The deployment's own settings decide what its scans do.
 * @throws ConfigError, NoIdentityError, SubscriptionsUnreadError, RequestsUnsentError
 */
export async function requestNow(settings: Settings): Promise<RequestsSent> {
  const { storage } = settings;
  if (storage === null) {
    throw new ConfigError('The queue cannot be named', [
      'AzureWebJobsStorage__queueServiceUri: not set; a deployment tells it: `azd env get-value MONITOR_QUEUE_ENDPOINT`. A connection string in AzureWebJobsStorage does as well',
    ]);
  }
  const queue = queueFor(storage, settings);
  if (!('connectionString' in storage)) {
    await requireIdentity(credentialOf(settings), STORAGE_AUDIENCE);
  }
  const subscriptions = await listedSubscriptions(settings);
  if (subscriptions.length === 0) {
    throw new ConfigError('There is nothing to request', [
      'no subscription is named, or none that is not excluded, and none can be listed; accepts --subscription <id>',
    ]);
  }
  const requestedAt = (settings.now ?? new Date()).toISOString();
  const requests = settings.scans.flatMap((scan) =>
    subscriptions.map((subscriptionId) => ({ scan, subscriptionId, requestedAt })),
  );
  await send(requests, queue);
  return { subscriptions: subscriptions.length, messages: requests.length, queue: addressOf(queue) };
}

function queueFor(storage: Storage, settings: Settings): QueueClient {
  try {
    return queueOf(storage, () => credentialOf(settings));
  } catch (error) {
    // The SDK takes connection strings and addresses apart, and says what is wrong with them without quoting them.
    throw new ConfigError('The queue cannot be named', [
      `AzureWebJobsStorage: ${(error as Error).message}; accepts a connection string, or the address of a queue service`,
    ]);
  }
}
