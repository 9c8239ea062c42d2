import { QueueServiceClient } from '@azure/storage-queue';

import type { ScanRequest } from '../../shared/model/scan';
import { runScan, type Host } from '../../shared/run/hosted';
import { requestScans } from '../../shared/run/requests';
import { scanSubscription } from '../../shared/run/scan';
import { blobStoreOf } from '../../shared/run/wiring';
import { DirectoryStateStore } from '../../shared/state/directory-store';
import type { StateKey } from '../../shared/state/store';
import { startAzurite, type Azurite } from '../../simulator/azurite';
import { clusterAt, fleet, HOUR, itemAt } from '../support/cli';
import { openScanner, type Scanner } from './scanner';

const LOST = 'subscriptionLost azure - - -';
const APPEARED = 'subscriptionAppeared azure - - -';
const CLUSTERS = /^GET .*\/managedClusters\?/;

/** Takes the subscription away. @returns what brings it back. */
function lose({ world }: Scanner): () => void {
  const all = [...world.subscriptions];
  world.subscriptions.length = 0;
  return () => {
    world.subscriptions.push(...all);
  };
}

async function known(): Promise<Scanner> {
  const scanner = await openScanner(fleet({ clusters: 1 }));
  await scanner.firstRun();
  return scanner;
}

/** Another run comes first, once, after this one has read the state. */
class Contended extends DirectoryStateStore {
  constructor(
    folder: string,
    private other: (() => Promise<unknown>) | null,
  ) {
    super(folder);
  }

  override async fetch(key: StateKey, file: string): Promise<string | null> {
    const version = await super.fetch(key, file);
    const other = this.other;
    this.other = null;
    await other?.();
    return version;
  }
}

describe('a subscription that is lost', () => {
  it('is told once for each time, although its scan fails; its return is no event', async () => {
    const scanner = await known();
    const told: string[][] = [];
    const ids: unknown[] = [];
    for (let time = 1; time <= 2; time += 1) {
      const bringBack = lose(scanner);
      for (const expected of ['failed', 'failed', 'failed']) {
        scanner.pass(HOUR);
        expect(await scanner.run({ listing: 'missing' })).toMatchObject({ status: expected });
      }
      const rows = scanner.newRows('AksDrift_CL');
      ids.push(...rows.map(({ EventId }) => EventId));
      told.push(rows.map(({ Transition, Severity, ClusterId }) => [Transition, Severity, ClusterId].join('|')));
      bringBack();
      scanner.pass(HOUR);
      await scanner.run();
      told.push(scanner.newEvents());
    }

    const once = ['subscriptionLost|medium|'];
    expect(told).toEqual([once, [], once, []]);
    expect(new Set(ids).size).toBe(2);
  });

  it('names the subscription, and ends no finding', async () => {
    const scanner = await openScanner(fleet({ clusters: 1 }));
    clusterAt(scanner.world, 0).properties.disableLocalAccounts = false;
    await scanner.firstRun();
    const { displayName } = itemAt(scanner.world.subscriptions, 0);
    lose(scanner);
    await scanner.run({ listing: 'missing' });
    const [event] = scanner.newRows('AksDrift_CL');
    const rows = scanner.newRows('AksCompliance_CL').filter(({ CheckId }) => CheckId === 'local-accounts-disabled');

    expect(event?.Message).toMatch(new RegExp(`^Subscription ${displayName} is no longer listed`));
    expect(rows).toMatchObject([{ Outcome: 'unknown', Reason: 'notFound', LastOutcome: 'fail' }]);
  });

  it('is told when its rows are taken again, once', async () => {
    const scanner = await known();
    const allow = scanner.refuseUploads();
    lose(scanner);
    await scanner.run({ listing: 'missing' });
    scanner.pass(HOUR);
    await scanner.run({ listing: 'missing' });
    allow();
    scanner.pass(HOUR);
    await scanner.run({ listing: 'missing' });

    expect(scanner.newEvents()).toEqual([LOST]);
  });

  it('is told once by two runs at once', async () => {
    const scanner = await known();
    lose(scanner);
    await scanner.run({
      listing: 'missing',
      store: new Contended(scanner.folder, () => scanner.run({ listing: 'missing' })),
    });

    expect(scanner.newEvents()).toEqual([LOST]);
  });

  const refuse =
    (status: number) =>
    ({ simulator }: Scanner): void => {
      simulator.faults.push({ match: CLUSTERS, status });
    };
  it.each<[string, (scanner: Scanner) => unknown, Parameters<Scanner['run']>[0]]>([
    ['its clusters can still be listed', () => undefined, { listing: 'missing' }],
    ['it is listed, and its clusters are refused', refuse(403), {}],
    ['it is listed, and its clusters cannot be had', refuse(500), {}],
    ['nobody listed the subscriptions', lose, {}],
    ['another scan finds out', lose, { listing: 'missing', scan: 'policy' }],
    ['the settings no longer name it', lose, { listing: 'missing', retire: true }],
  ])('is not told of when %s', async (_, change, options) => {
    const scanner = await known();
    await scanner.run({ scan: 'policy' });
    scanner.world.throttling = false;
    change(scanner);
    await scanner.run(options);

    expect(scanner.newEvents()).toEqual([]);
  });

  it('is not told of when nothing was ever known of it', async () => {
    const scanner = await openScanner();
    lose(scanner);
    await scanner.run({ listing: 'missing' });

    expect(scanner.newEvents()).toEqual([]);
  });

  it('is not told of by a request that is older than the last listing', async () => {
    const scanner = await known();
    await scanner.run();
    scanner.simulator.faults.push({ match: CLUSTERS, status: 403 });
    const [task, services] = scanner.parts({ listing: 'missing' });
    const requestedAt = new Date(Date.parse(scanner.now) - HOUR / 2).toISOString();
    await scanSubscription({ ...task, request: { ...task.request, requestedAt } }, services);

    expect(scanner.newEvents()).toEqual([]);
  });
});

describe('a subscription that is new', () => {
  it('appears with its first state, once', async () => {
    const scanner = await openScanner(fleet({ clusters: 1 }));
    scanner.simulator.faults.push({ match: CLUSTERS, status: 403, times: 1 });
    const told: string[][] = [];
    for (const expected of ['failed', 'completed', 'completed']) {
      expect(await scanner.run({ listing: 'new' })).toMatchObject({ status: expected });
      told.push(scanner.newEvents());
      scanner.pass(HOUR);
    }

    expect(told).toEqual([[], [APPEARED], []]);
  });

  it('appears once in two runs at once', async () => {
    const scanner = await openScanner(fleet({ clusters: 1 }));
    await scanner.run({ listing: 'new', store: new Contended(scanner.folder, () => scanner.run({ listing: 'new' })) });

    expect(scanner.newEvents()).toEqual([APPEARED]);
  });

  it('does not appear in another scan', async () => {
    const scanner = await openScanner(fleet({ clusters: 1 }));
    await scanner.run({ listing: 'new', scan: 'policy' });

    expect(scanner.newEvents()).toEqual([]);
  });
});

describe('the hourly timer', () => {
  let azurite: Azurite;

  beforeEach(async () => {
    azurite = await startAzurite();
  });

  afterEach(async () => {
    await azurite.stop();
  });

  /** A deployment over three subscriptions, without those at the end of the list. */
  async function deployed(there: number): Promise<{
    scanner: Scanner;
    /** The app settings. */
    environment: Record<string, string>;
    /** Runs the timer. @returns the subscriptions that it asks for, by index, with what it tells of them. */
    timer: () => Promise<string[]>;
    /** Runs the scan of a subscription that the timer asked for last. */
    scan: (index: number) => Promise<void>;
    add: (index: number) => void;
  }> {
    const scanner = await openScanner(fleet({ subscriptions: 3, clusters: 1 }));
    scanner.at(new Date().toISOString());
    const all = [...scanner.world.subscriptions];
    scanner.world.subscriptions.length = there;
    const storage = { AzureWebJobsStorage: azurite.connectionString, AKS_DRIFT_SCANS: 'configuration' };
    const environment: Record<string, string> = { ...scanner.environment, ...storage };
    const host: Host = { environment, log: () => undefined };
    const queue = QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient('scan-requests');
    let requests: ScanRequest[] = [];
    const name = (id: string): string => `${all.findIndex((each) => each.id === id)}`;
    return {
      ...{ scanner, environment },
      timer: async () => {
        await requestScans('configuration', host);
        const { receivedMessageItems } = await queue.receiveMessages({ numberOfMessages: 32 });
        await queue.clearMessages();
        requests = receivedMessageItems.map(
          ({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString('utf8')) as ScanRequest,
        );
        return requests.map(({ subscriptionId, listing }) => `${name(subscriptionId)} ${listing ?? '-'}`).sort();
      },
      add: (index) => {
        scanner.world.subscriptions.push(itemAt(all, index));
      },
      scan: async (index) => {
        await runScan(
          requests.find(({ subscriptionId }) => name(subscriptionId) === String(index)),
          host,
        );
      },
    };
  }

  it('calls nobody new until a first scan has listed its clusters', async () => {
    const { timer, scan, add } = await deployed(1);
    const told = [await timer()];
    add(1);
    told.push(await timer());
    await scan(0);
    told.push(await timer());

    expect(told).toEqual([['0 -'], ['0 -', '1 -'], ['0 -', '1 -']]);
  });

  it('calls a later one new until it has been scanned, and one that is no longer listed missing', async () => {
    const { scanner, timer, scan, add } = await deployed(2);
    const told = [await timer()];
    await scan(0);
    add(2);
    told.push(await timer(), await timer());
    await scan(2);
    told.push(await timer());
    scanner.world.subscriptions.pop();
    told.push(await timer());
    await scan(2);

    expect(told).toEqual([
      ['0 -', '1 -'],
      ['0 -', '1 -', '2 new'],
      ['0 -', '1 -', '2 new'],
      ['0 -', '1 -', '2 -'],
      ['0 -', '1 -', '2 missing'],
    ]);
    expect(scanner.newEvents()).toEqual([APPEARED, LOST]);
  });

  it('calls nobody new or missing whom the settings name', async () => {
    const { scanner, environment, timer, scan, add } = await deployed(2);
    await timer();
    await scan(0);
    add(2);
    const [first, second, third] = scanner.world.subscriptions.map(({ id }) => id);
    environment.AKS_DRIFT_SUBSCRIPTION_IDS = [first, second, third].join();
    scanner.world.subscriptions.splice(0, 1);

    expect(await timer()).toEqual(['0 -', '1 -', '2 -']);
  });

  it('calls nobody new when what it remembered cannot be read', async () => {
    const { timer, scan, add } = await deployed(2);
    await timer();
    await scan(0);
    add(2);
    await blobStoreOf({ connectionString: azurite.connectionString }).writeText('subscriptions.json', '{');

    expect(await timer()).toEqual(['0 -', '1 -', '2 -']);
  });
});
