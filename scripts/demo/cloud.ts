import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';

import { runScan, type Host } from '../../shared/run/hosted';
import { requestScans } from '../../shared/run/requests';
import { startSimulator, type World } from '../../simulator';
import { startAzurite } from '../../simulator/azurite';
import { enterAzure } from './enter-azure';

/** As the Bicep sets them in Azure. */
const SCHEDULES = {
  AKS_DRIFT_SCHEDULE_CONFIGURATION: '0 0 * * * *',
  AKS_DRIFT_SCHEDULE_NODE_IMAGES: '0 10 */6 * * *',
  AKS_DRIFT_SCHEDULE_CERTIFICATES: '0 20 3 * * *',
  AKS_DRIFT_SCHEDULE_POLICY: '0 30 */6 * * *',
  AKS_DRIFT_SCHEDULE_DEFENDER: '0 40 */6 * * *',
};

const SCANS = ['configuration', 'node-images', 'certificates', 'policy', 'defender'] as const;

const QUEUE = 'scan-requests';
const STATE_CONTAINER = 'aks-drift-state';

/** So many messages at a time, as one instance of the functions takes them (host.json). */
const BATCH = 2;

/** A run that takes longer does not come to its end. */
const RUN_MS = 60_000;
const POLL_MS = 100;

/** Azure and a Functions host, as far as the monitor can tell. */
export interface DemoCloud {
  readonly world: World;
  /** All five timers fire, and the queue is worked until it is empty. @returns how many messages that took. */
  runAll(): Promise<number>;
  /** How many states the storage account holds. */
  countStates(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the simulated Azure and Azurite, and makes this process the function app that runs in them. */
export async function startCloud(world: World, tablesDir: string): Promise<DemoCloud> {
  const started: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const undo of started.splice(0).reverse()) {
      await undo();
    }
  };
  try {
    const simulator = await startSimulator({ world, tablesDir });
    started.push(() => simulator.stop());
    const azurite = await startAzurite();
    started.push(() => azurite.stop());
    started.push(enterAzure(simulator));
    const { connectionString } = azurite;
    const host: Host = {
      environment: { ...simulator.environment, ...SCHEDULES, AzureWebJobsStorage: connectionString },
      log: () => undefined,
    };
    const queue = QueueServiceClient.fromConnectionString(connectionString).getQueueClient(QUEUE);
    const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient(STATE_CONTAINER);
    return {
      world,
      runAll: async () => {
        for (const scan of SCANS) {
          await requestScans(scan, host);
        }
        return work(queue, host);
      },
      countStates: async () => (await Array.fromAsync(container.listBlobsFlat())).length,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Does what the Functions host does with a queue trigger. */
async function work(queue: QueueClient, host: Host): Promise<number> {
  const deadline = Date.now() + RUN_MS;
  let done = 0;
  while (Date.now() < deadline) {
    const { receivedMessageItems: messages } = await queue.receiveMessages({ numberOfMessages: BATCH });
    await Promise.all(
      messages.map(async ({ messageId, popReceipt, messageText }) => {
        const request: unknown = JSON.parse(Buffer.from(messageText, 'base64').toString());
        const { scan, subscriptionId, unpublished } = await runScan(request, host);
        if (unpublished.length > 0) {
          throw new Error(`Rows of ${scan} in ${subscriptionId} were not published: ${unpublished.join('; ')}`);
        }
        await queue.deleteMessage(messageId, popReceipt);
      }),
    );
    done += messages.length;
    if (messages.length === 0 && (await queue.getProperties()).approximateMessagesCount === 0) {
      return done;
    }
    // The messages that wait become visible second by second.
    await new Promise((resolve) => setTimeout(resolve, messages.length === 0 ? POLL_MS : 0));
  }
  throw new Error(`The queue ${QUEUE} was not empty after ${RUN_MS / 1000} s.`);
}
