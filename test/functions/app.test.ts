import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';

import { generatedFleet, startSimulator, type Simulator } from '../../simulator';
import { startAzurite, type Azurite } from '../../simulator/azurite';
import type { FromWorker, FunctionMetadata, Invocation } from '../support/worker';

const ROOT = join(__dirname, '../..');
const SCANS = ['configuration', 'node-images', 'certificates', 'policy', 'defender'];

let azurite: Azurite;
let simulator: Simulator;

beforeAll(async () => {
  azurite = await startAzurite();
  simulator = await startSimulator({
    world: generatedFleet({ subscriptions: 2, clustersPerSubscription: 2, poolsPerCluster: 2, now: new Date() }),
  });
});

afterAll(async () => {
  await simulator.stop();
  await azurite.stop();
});

class Worker {
  private constructor(
    private readonly process: ChildProcess,
    readonly functions: readonly FunctionMetadata[],
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Worker> {
    const process = fork(join(ROOT, 'test/support/worker.ts'), {
      execArgv: ['--import', 'tsx'],
      env: { ...simulator.environment, AzureWebJobsStorage: azurite.connectionString, ...settings },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [message] = (await once(process, 'message')) as [FromWorker];
    if (message.kind !== 'registered') {
      throw new Error('The worker must tell its registrations first.');
    }
    return new Worker(process, message.functions);
  }

  async invoke(name: string, data: Invocation['data']): Promise<Extract<FromWorker, { kind: 'done' }>> {
    this.process.send({ name, data } satisfies Invocation);
    const [message] = (await once(this.process, 'message')) as [FromWorker];
    if (message.kind !== 'done') {
      throw new Error('The worker registers once.');
    }
    return message;
  }

  async timer(scan: string): Promise<Extract<FromWorker, { kind: 'done' }>> {
    return this.invoke(`scan-${scan}`, { json: JSON.stringify({ IsPastDue: false }) });
  }

  stop(): void {
    this.process.kill();
  }
}

function queue(name = 'scan-requests'): QueueClient {
  return QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient(name);
}

/** Takes the messages as the host does: base64 JSON; those of later subscriptions become visible a little later. */
async function takeMessages(count: number): Promise<Record<string, unknown>[]> {
  const taken: Record<string, unknown>[] = [];
  while (taken.length < count) {
    const { receivedMessageItems } = await queue().receiveMessages({ numberOfMessages: 32 });
    for (const { messageText, messageId, popReceipt } of receivedMessageItems) {
      taken.push(JSON.parse(Buffer.from(messageText, 'base64').toString('utf8')) as Record<string, unknown>);
      await queue().deleteMessage(messageId, popReceipt);
    }
  }
  return taken;
}

describe('the function app', () => {
  let worker: Worker;

  beforeAll(async () => {
    worker = await Worker.start();
  });

  afterAll(() => {
    worker.stop();
  });

  it('registers five timers, the queue and its poison queue, and nothing else', () => {
    const shown = worker.functions.map(({ name, bindings }) => {
      const [binding = {}] = Object.values(bindings);
      const { type, direction, schedule, useMonitor, runOnStartup, queueName, connection } = binding;
      return {
        name,
        bindings: Object.keys(bindings).length,
        type,
        direction,
        schedule,
        useMonitor,
        runOnStartup,
        queueName,
        connection,
      };
    });

    const timer = (scan: string): object => ({
      ...{ name: `scan-${scan}`, bindings: 1, type: 'timerTrigger', direction: 'in', useMonitor: true },
      schedule: `%AKS_DRIFT_SCHEDULE_${scan.toUpperCase().replace('-', '_')}%`,
    });
    const queueTrigger = (name: string, queueName: string): object => ({
      ...{ name, bindings: 1, type: 'queueTrigger', direction: 'in', queueName, connection: 'AzureWebJobsStorage' },
    });
    const byName = (a: { name?: unknown }, b: { name?: unknown }): number => (String(a.name) < String(b.name) ? -1 : 1);
    expect(shown.sort(byName)).toEqual(
      [
        ...SCANS.map(timer),
        queueTrigger('run-scan', 'scan-requests'),
        queueTrigger('report-failed-scan', 'scan-requests-poison'),
      ].sort(byName),
    );
  });

  it('goes from timer to queue to scan to rows', async () => {
    for (const scan of SCANS.slice(1)) {
      expect(await worker.timer(scan)).toMatchObject({ error: null });
    }
    const messages = await takeMessages(8);
    expect(messages.map(({ scan, subscriptionId }) => `${String(scan)} ${String(subscriptionId)}`).sort()).toEqual(
      SCANS.slice(1)
        .flatMap((scan) => simulator.world.subscriptions.map(({ id }) => `${scan} ${id}`))
        .sort(),
    );

    for (const message of messages) {
      expect(await worker.invoke('run-scan', { json: JSON.stringify(message) })).toMatchObject({ error: null });
    }
    const runs = simulator.rows('AksMonitorRun_CL');
    expect(runs.map(({ Status }) => Status)).toEqual(Array<string>(8).fill('completed'));
    expect(new Set(simulator.rows('AksCompliance_CL').map(({ Scan }) => Scan))).toEqual(new Set(SCANS.slice(1)));
  });

  it('asks for the first scans of what has no state yet with the hourly timer', async () => {
    simulator.world.subscriptions.push({
      id: '99999999-0000-4000-8000-000000000001',
      displayName: 'New',
      state: 'Enabled',
    });
    await worker.timer('configuration');
    const messages = await takeMessages(3 + 4);
    const ofNew = messages.filter(({ subscriptionId }) => subscriptionId === '99999999-0000-4000-8000-000000000001');
    simulator.world.subscriptions.pop();

    expect(ofNew.map(({ scan }) => scan).sort()).toEqual([...SCANS].sort());
  });

  it('scans what is no longer listed, so that lost access is loud', async () => {
    const lost = simulator.world.subscriptions.pop();
    await worker.timer('policy');
    const messages = await takeMessages(2);
    const ofLost = messages.find(({ subscriptionId }) => subscriptionId === lost?.id);
    await worker.invoke('run-scan', { json: JSON.stringify(ofLost) });
    const run = simulator.rows('AksMonitorRun_CL').at(-1);
    simulator.world.subscriptions.push(...(lost === undefined ? [] : [lost]));

    expect(run).toMatchObject({ Scan: 'policy', SubscriptionId: lost?.id, Status: 'failed' });
    expect(run?.Message).toMatch(/could not be listed \(notFound\)/);
    expect(simulator.rows('AksDrift_CL').filter(({ Transition }) => Transition !== 'baseline')).toEqual([]);
  });

  it('tells that nothing was requested when the subscriptions cannot be listed', async () => {
    simulator.faults.push({ match: /GET \/subscriptions\?/, times: 1, status: 403 });
    const { error } = await worker.timer('policy');
    const { peekedMessageItems } = await queue().peekMessages();

    expect(error).toMatch(/The subscriptions could not be listed \(forbidden\): HTTP 403/);
    expect(peekedMessageItems).toEqual([]);
    expect(simulator.rows('AksMonitorRun_CL').at(-1)).toMatchObject({
      ...{ Status: 'failed', Scan: 'policy', SubscriptionId: null },
      Message: expect.stringMatching(/^No scan was requested\. The subscriptions could not be listed/) as string,
    });
  });

  it('tells of a message that was given up', async () => {
    const request = {
      scan: 'policy',
      subscriptionId: simulator.world.subscriptions[0]?.id,
      requestedAt: '2026-01-01T00:00:00Z',
    };
    await worker.invoke('report-failed-scan', { json: JSON.stringify(request) });

    expect(simulator.rows('AksMonitorRun_CL').at(-1)).toMatchObject({
      ...{ Status: 'failed', Scan: 'policy', SubscriptionId: request.subscriptionId },
      Message: expect.stringMatching(/never came to its end/) as string,
    });
  });

  it('tells of a message that is no scan request', async () => {
    expect((await worker.invoke('run-scan', { json: '{"scan":"polizy"}' })).error).toMatch(
      /no scan request[\s\S]+scan:/,
    );
    await worker.invoke('report-failed-scan', { string: 'hello' });

    expect(simulator.rows('AksMonitorRun_CL').at(-1)).toMatchObject({ Status: 'failed', Scan: null });
  });
});

describe('silence', () => {
  it('becomes a row: the hourly timer tells which scans are later than two of their cadences', async () => {
    const worker = await Worker.start({
      AKS_DRIFT_SCANS: 'configuration,policy',
      AKS_DRIFT_SCHEDULE_POLICY: '* * * * * *',
      AKS_DRIFT_SCHEDULE_CONFIGURATION: '0 0 * * * *',
    });
    const [subscription] = simulator.world.subscriptions;
    for (const scan of ['configuration', 'policy']) {
      const request = { scan, subscriptionId: subscription?.id, requestedAt: new Date().toISOString() };
      await worker.invoke('run-scan', { json: JSON.stringify(request) });
    }
    await sleep(2100);
    await worker.timer('configuration');
    await queue().clearMessages();
    worker.stop();
    const overdue = simulator.rows('AksMonitorRun_CL').filter(({ Status }) => Status === 'overdue');

    expect(overdue.filter(({ SubscriptionId }) => SubscriptionId === subscription?.id)).toMatchObject([
      { Scan: 'policy' },
    ]);
    expect(overdue.map(({ Scan }) => Scan)).not.toContain('configuration');
  });
});

describe('switched off', () => {
  it('takes leave of a scan that the settings no longer name, once', async () => {
    const [subscription] = simulator.world.subscriptions;
    const pricing = simulator.world.pricings.find(({ id }) => id.includes(subscription?.id ?? '-'));
    Object.assign(pricing?.properties as object, { pricingTier: 'Free' });
    const on = await Worker.start();
    const request = { scan: 'defender', subscriptionId: subscription?.id, requestedAt: new Date().toISOString() };
    await on.invoke('run-scan', { json: JSON.stringify(request) });
    on.stop();

    const off = await Worker.start({ AKS_DRIFT_SCANS: 'configuration,policy' });
    await off.timer('defender');
    for (const message of await takeMessages(2)) {
      await off.invoke('run-scan', { json: JSON.stringify(message) });
    }
    const retired = simulator.rows('AksDrift_CL').filter(({ Transition }) => Transition === 'retired');
    await off.timer('defender');
    const again = await queue().peekMessages();
    off.stop();

    expect(retired).toMatchObject([
      { CheckId: 'defender-plan', Cause: 'expectation', SubscriptionId: subscription?.id },
    ]);
    expect(again.peekedMessageItems).toEqual([]);
  });
});

describe('wrong settings', () => {
  it('fail every invocation with the whole list, write a failed row, and queue nothing', async () => {
    const worker = await Worker.start({ AKS_DRIFT_SCANS: 'everything', AKS_DRIFT_NOW: '2026-01-01' });
    const { error } = await worker.timer('policy');
    const { peekedMessageItems } = await queue().peekMessages();
    worker.stop();

    expect(error).toMatch(/AKS_DRIFT_SCANS\.0: got "everything"[\s\S]+AKS_DRIFT_NOW: the functions know no clock/);
    expect(simulator.rows('AksMonitorRun_CL').at(-1)).toMatchObject({
      Status: 'failed',
      Scan: 'policy',
      SubscriptionId: null,
    });
    expect(peekedMessageItems).toEqual([]);
  });
});

describe('host.json', () => {
  const host = JSON.parse(readFileSync(join(ROOT, 'host.json'), 'utf8')) as {
    extensions: { queues: Record<string, unknown> };
    extensionBundle: object;
  };

  it('runs few scans at once and gives a message up after five tries', () => {
    expect(host.extensions.queues).toMatchObject({
      batchSize: 2,
      newBatchThreshold: 1,
      maxDequeueCount: 5,
      messageEncoding: 'base64',
    });
    expect(host.extensionBundle).toMatchObject({ id: 'Microsoft.Azure.Functions.ExtensionBundle' });
  });
});
