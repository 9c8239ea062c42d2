import type { AksMonitorRunRow } from '../../shared/model/rows';
import type { Fault } from '../../simulator';
import { clusterAt, fleet, HOUR, itemAt } from '../support/cli';
import { Listener, openScanner, type Scanner } from './scanner';

const CHECK = 'local-accounts-disabled';
const SECOND_PAGE = /managedClusters\?.*skiptoken/i;

/** Two clusters with open local accounts, each on its own page of the list. */
async function twoPages(): Promise<Scanner> {
  const scanner = await openScanner(fleet({ pools: 1 }));
  scanner.world.pageSizes.list = 1;
  scanner.world.clusters.forEach((cluster) => {
    cluster.properties.disableLocalAccounts = false;
  });
  return scanner;
}

function runs(scanner: Scanner): AksMonitorRunRow[] {
  return scanner.newRows('AksMonitorRun_CL') as unknown as AksMonitorRunRow[];
}

function names({ world }: Scanner): [string, string] {
  return [clusterAt(world, 0).name, clusterAt(world, 1).name];
}

/** Outcomes with reasons of the compliance rows about a cluster that were published since they were last asked for. */
function newOutcomes(scanner: Scanner, name: string): { rows: number; told: string[] } {
  const rows = scanner.newRows('AksCompliance_CL').filter(({ ClusterName }) => ClusterName === name);
  const told = rows.map(({ Outcome, Reason }) =>
    `${String(Outcome)} ${typeof Reason === 'string' ? Reason : ''}`.trim(),
  );
  return { rows: rows.length, told: [...new Set(told)] };
}

const BROKEN: readonly (readonly [name: string, fault: Fault, status: string, clusters: number])[] = [
  ['403 on page 1', { match: /managedClusters\?/, status: 403 }, 'failed', 0],
  ['403 on page 2', { match: SECOND_PAGE, status: 403 }, 'partial', 1],
  ['a page 2 without a list', { match: SECOND_PAGE, body: '{}' }, 'partial', 1],
  ['a cut connection on page 2', { match: SECOND_PAGE, body: '{"value":[{"id":"/subscr' }, 'partial', 1],
  ['a cluster on page 2 that names no id', { match: SECOND_PAGE, body: '{"value":[{}]}' }, 'partial', 1],
];

describe('a first listing that is broken', () => {
  it.each(BROKEN)('stores nothing, and its run row says so: %s', async (_, fault, status, clusters) => {
    const scanner = await twoPages();
    scanner.simulator.faults.push(fault);
    const listener = new Listener();
    const outcome = await scanner.run({ observer: listener });

    expect(await scanner.files()).toEqual([]);
    expect([outcome.status, outcome.clusters, listener.clusters.length]).toEqual([status, clusters, clusters]);
    expect(outcome.unread).toMatchObject([{ source: 'clusters', lastReadAt: null }]);
    expect(runs(scanner)).toMatchObject([{ Status: status, Clusters: clusters, Events: 0, Waiting: 0 }]);
    expect([scanner.newEvents(), scanner.newRows('AksCompliance_CL')]).toEqual([[], []]);
  });

  it.each(BROKEN)('leaves the next whole listing to be the first run: %s', async (_, fault) => {
    const scanner = await twoPages();
    scanner.simulator.faults.push(fault);
    await scanner.run();
    scanner.simulator.faults.length = 0;
    scanner.pass(HOUR);
    await scanner.run();

    expect(scanner.newEvents()).toEqual(
      names(scanner)
        .map((name) => `baseline firstRead ${CHECK} ${name} -`)
        .sort(),
    );
    expect((await scanner.state())?.header).toMatchObject({ firstRunAt: scanner.now, listedAt: scanner.now });
  });
});

describe('a later listing whose second page is broken', () => {
  it('leaves the state of the clusters on that page as it was, and asks for none of them', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    const before = await scanner.state();
    scanner.simulator.faults.push({ match: SECOND_PAGE, status: 403 });
    await scanner.run();
    const after = await scanner.state();
    const { id } = clusterAt(scanner.world, 1);
    const entriesIn = (state: typeof before): unknown[] => {
      const line = state?.lines.find(({ key }) => key === id.toLowerCase());
      // Its row is sent, and so is the signature of that.
      return Object.values(line?.entries ?? {}).map((entry) => ({ ...entry, sent: null }));
    };

    expect(after?.lines.map(({ key }) => key)).toEqual(before?.lines.map(({ key }) => key));
    expect(entriesIn(after)).toEqual(entriesIn(before));
    expect(entriesIn(after)).not.toEqual([]);
    expect([scanner.newEvents(), scanner.gets()]).toEqual([[], []]);
    expect(after?.header.listedAt).toBe(before?.header.listedAt);
  });

  it('tells of them as unknown once, again on the next UTC day, and of what they are when they are read', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    const [, name] = names(scanner);
    const line = (await scanner.state())?.lines.find(({ facts }) => facts?.name === name);
    const checks = Object.keys(line?.entries ?? {}).length;
    scanner.simulator.faults.push({ match: SECOND_PAGE, status: 403 });
    const told = [];
    for (const moment of ['2026-11-24T10:00:00Z', '2026-11-24T23:59:59Z', '2026-11-25T00:00:00Z']) {
      scanner.at(moment);
      await scanner.run();
      told.push(newOutcomes(scanner, name));
    }
    scanner.simulator.faults.length = 0;
    scanner.pass(HOUR);
    await scanner.run();
    const { rows, told: outcomes } = newOutcomes(scanner, name);

    expect(told).toEqual([
      { rows: checks, told: ['unknown forbidden'] },
      { rows: 0, told: [] },
      { rows: checks, told: ['unknown forbidden'] },
    ]);
    expect([rows, outcomes.includes('fail'), outcomes.some((outcome) => outcome.startsWith('unknown'))]).toEqual([
      ...[checks, true, false],
    ]);
    expect(scanner.newEvents()).toEqual([]);
  });

  it('is told with the last time that all was listed', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    const listedAt = (await scanner.state())?.header.listedAt;
    scanner.simulator.faults.push({ match: SECOND_PAGE, status: 403 });
    await scanner.run();

    expect(runs(scanner)).toMatchObject([
      { Status: 'partial', Unread: [{ source: 'clusters', reason: 'forbidden', lastReadAt: listedAt }] },
    ]);
  });

  it('tells of the clusters on the first page', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    clusterAt(scanner.world, 0).properties.disableLocalAccounts = true;
    clusterAt(scanner.world, 1).properties.disableLocalAccounts = true;
    scanner.simulator.faults.push({ match: SECOND_PAGE, status: 403 });
    await scanner.run();
    const [first, second] = names(scanner);
    const told = scanner.newEvents();
    scanner.simulator.faults.length = 0;
    scanner.pass(HOUR);
    await scanner.run();

    expect(told).toEqual([`resolved azure ${CHECK} ${first} -`]);
    expect(scanner.newEvents()).toEqual([`resolved azure ${CHECK} ${second} -`]);
  });
});

/** A deadline that passes while the requests of this pattern hang. */
async function runUntilDeadline(scanner: Scanner, match: RegExp): Promise<void> {
  scanner.simulator.faults.push({ match, hang: true });
  await scanner.run({ environment: { AKS_DRIFT_DEADLINE_SECONDS: '2' } });
  scanner.simulator.faults.length = 0;
}

describe('a deadline in the middle of collecting', () => {
  it('makes unknown what is missing, and keeps what was read', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    const { location } = clusterAt(scanner.world, 0);
    clusterAt(scanner.world, 1).location = `other${location ?? ''}`;
    scanner.world.kubernetesVersions[`other${location ?? ''}`] = {
      ...scanner.world.kubernetesVersions[location ?? ''],
    };
    scanner.world.clusters.forEach((cluster) => {
      cluster.properties.disableLocalAccounts = true;
    });
    await runUntilDeadline(scanner, new RegExp(`/locations/${location ?? ''}/kubernetesVersions`));
    const [first, second] = names(scanner);
    const unknown = scanner.newRows('AksCompliance_CL').filter(({ Outcome }) => Outcome === 'unknown');

    expect(scanner.newEvents()).toEqual([first, second].map((name) => `resolved azure ${CHECK} ${name} -`).sort());
    expect(unknown.map(({ CheckId, Reason, ClusterName }) => [CheckId, Reason, ClusterName])).toEqual([
      ['k8s-version-supported', 'timeout', first],
    ]);
    expect(runs(scanner)).toMatchObject([{ Status: 'partial', Unknown: 1, Unread: [{ reason: 'timeout' }] }]);
  });

  it('changes no stored outcome, and the next run goes on from there', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    await runUntilDeadline(scanner, /kubernetesVersions/);
    const lines = (await scanner.state())?.lines ?? [];
    const versions = lines.flatMap(({ entries }) => entries['k8s-version-supported|']?.outcome ?? []);
    scanner.pass(HOUR);
    await scanner.run();

    expect(versions).toEqual(['pass', 'pass']);
    expect([scanner.newEvents(), runs(scanner).map(({ Status }) => Status)]).toEqual([[], ['partial', 'completed']]);
  });

  it('in the second page of the list is told as a partial listing', async () => {
    const scanner = await twoPages();
    await scanner.firstRun();
    clusterAt(scanner.world, 0).properties.disableLocalAccounts = true;
    await runUntilDeadline(scanner, SECOND_PAGE);
    const [first] = names(scanner);

    expect(scanner.newEvents()).toEqual([`resolved azure ${CHECK} ${first} -`]);
    expect((await scanner.state())?.lines).toHaveLength(3);
    expect(runs(scanner)).toMatchObject([{ Status: 'partial', Clusters: 2 }]);
  });
});

describe('the name of the subscription', () => {
  const NAME = /^GET \/subscriptions\/[^/?]+\?/;

  it('is asked for once, and stands in the rows', async () => {
    const scanner = await twoPages();
    await scanner.run();
    const { displayName } = itemAt(scanner.world.subscriptions, 0);
    const asked = scanner.asked(NAME).length;
    scanner.skip();
    clusterAt(scanner.world, 0).properties.disableLocalAccounts = true;
    scanner.pass(HOUR);
    await scanner.run();
    const rows = [...scanner.newRows('AksDrift_CL'), ...scanner.newRows('AksCompliance_CL')];

    expect([asked, scanner.asked(NAME).length]).toEqual([1, 0]);
    expect((await scanner.state())?.header.subscriptionName).toBe(displayName);
    expect(rows.map(({ SubscriptionName }) => SubscriptionName)).toEqual([displayName, displayName]);
  });

  it.each<[string, Omit<Fault, 'match'>]>([
    ['403', { status: 403 }],
    ['a body that is no subscription', { body: '[]' }],
    ['a body that is not JSON', { body: '<html>' }],
  ])('is null while it cannot be read, which fails nothing, and is asked for again: %s', async (_, fault) => {
    const scanner = await twoPages();
    scanner.simulator.faults.push({ match: NAME, ...fault });
    const { status } = await scanner.run();
    const names = new Set(scanner.newRows('AksCompliance_CL').map(({ SubscriptionName }) => SubscriptionName));
    const stored = (await scanner.state())?.header.subscriptionName;
    scanner.simulator.faults.length = 0;
    scanner.pass(HOUR);
    await scanner.run();

    expect([status, [...names], stored]).toEqual(['completed', [null], null]);
    expect((await scanner.state())?.header.subscriptionName).toBe(itemAt(scanner.world.subscriptions, 0).displayName);
  });

  it('is not asked for where it is given, where clusters come from a file, and for a farewell', async () => {
    const scanner = await twoPages();
    await scanner.run({ subscriptionName: 'Given' });
    await scanner.run({ scan: 'policy', input: scanner.listing() });
    await scanner.run({ retire: true });

    expect(scanner.asked(NAME)).toEqual([]);
    expect(new Set(scanner.newRows('AksDrift_CL').map(({ SubscriptionName }) => SubscriptionName))).toEqual(
      new Set(['Given']),
    );
  });
});
