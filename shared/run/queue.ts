import type { TokenCredential } from '@azure/core-auth';
import { QueueServiceClient, RestError, type QueueClient } from '@azure/storage-queue';

import type { Storage } from '../config/settings';
import type { ScanRequest } from '../model/scan';

const QUEUE = 'scan-requests';

/** Resource Graph allows a principal 15 queries in 5 seconds. https://learn.microsoft.com/azure/governance/resource-graph/concepts/guidance-for-throttled-requests */
const MESSAGES_PER_SECOND = 3;

/** Requests did not get onto the queue; those before them did. */
export class RequestsUnsentError extends Error {
  override readonly name = 'RequestsUnsentError';

  constructor(sent: number, total: number, queue: QueueClient, cause: unknown) {
    super(
      `${sent} of ${total} scan requests were put on ${addressOf(queue)}; the next was refused: ${whyUnsent(cause)}`,
      {
        cause,
      },
    );
  }
}

/** @param credentialFor whose rights count, where the settings hold no connection string. */
export function queueOf(
  storage: Storage,
  credentialFor: (clientId: string | undefined) => TokenCredential,
): QueueClient {
  const service =
    'connectionString' in storage
      ? QueueServiceClient.fromConnectionString(storage.connectionString)
      : new QueueServiceClient(storage.queueServiceUri, credentialFor(storage.clientId));
  return service.getQueueClient(QUEUE);
}

/** Without the signature that a connection string may bring. */
export function addressOf({ url }: QueueClient): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** Puts requests on the queue, so that they are taken up a few at a time; makes the queue when there is none. @throws RequestsUnsentError */
export async function send(requests: readonly ScanRequest[], queue: QueueClient): Promise<void> {
  for (const [index, request] of requests.entries()) {
    try {
      await sendOne(request, queue, Math.floor(index / MESSAGES_PER_SECOND));
    } catch (error) {
      throw new RequestsUnsentError(index, requests.length, queue, error);
    }
  }
}

async function sendOne(request: ScanRequest, queue: QueueClient, visibilityTimeout: number): Promise<void> {
  // Base64 is what the Functions host decodes.
  const text = Buffer.from(JSON.stringify(request)).toString('base64');
  try {
    await queue.sendMessage(text, { visibilityTimeout });
  } catch (error) {
    if (!(error instanceof RestError && error.statusCode === 404)) {
      throw error;
    }
    await queue.createIfNotExists();
    await queue.sendMessage(text, { visibilityTimeout });
  }
}

/** https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage#storage-queue-data-message-sender */
function whyUnsent(error: unknown): string {
  if (!(error instanceof RestError)) {
    return error instanceof Error ? error.message : String(error);
  }
  const { statusCode, code, message } = error;
  if (statusCode === 403) {
    return `HTTP 403 (${code ?? 'no code'}). It takes the role Storage Queue Data Message Sender on the storage account, and a network that the account lets in.`;
  }
  return statusCode === undefined ? message : `HTTP ${statusCode} (${code ?? 'no code'})`;
}
