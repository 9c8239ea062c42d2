import type { AksMonitorRunRow } from '../../shared/model/rows';
import { clusterAt, fleet, HOUR, type Row } from '../support/cli';
import { poolsOf, type World } from '../../simulator';
import { copyOf, Listener, openScanner, type Scanner } from './scanner';

const CLUSTERS = 40;
const POOLS = 4;

/** It stands in the value and in the message, so that an event has about 60 KB. */
const LONG_PREFIX = `/${'x'.repeat(28_000)}`;

/** More failing node pools than the 8 MB of an outbox hold. */
const FAILING = CLUSTERS * POOLS;

function largeFleet(): World {
  const world = fleet({ clusters: CLUSTERS, pools: POOLS });
  world.pageSizes.list = CLUSTERS;
  world.throttling = false;
  return world;
}

function setPublic({ clusters }: World, value: boolean): void {
  for (const pool of clusters.flatMap(poolsOf)) {
    pool.nodePublicIPPrefixID = value ? LONG_PREFIX : undefined;
  }
}

/** A scanner that knows all pools as good; by now all of them fail. */
async function drifted(): Promise<Scanner> {
  const scanner = await openScanner(largeFleet());
  await scanner.firstRun();
  setPublic(scanner.world, true);
  return scanner;
}

/** What there is to say about many events: how many, how many ids and subjects, and of what kinds. */
function summary(rows: readonly Row[]): object {
  return {
    events: rows.length,
    ids: new Set(rows.map(({ EventId }) => EventId)).size,
    subjects: new Set(rows.map(({ ClusterId, NodePool }) => `${String(ClusterId)} ${String(NodePool)}`)).size,
    kinds: [...new Set(rows.map(({ Transition, Cause }) => `${String(Transition)} ${String(Cause)}`))],
  };
}

const all = (kind: string): object => ({ events: FAILING, ids: FAILING, subjects: FAILING, kinds: [kind] });

function runs(scanner: Scanner): Pick<AksMonitorRunRow, 'Events' | 'Waiting' | 'Status'>[] {
  return scanner.newRows('AksMonitorRun_CL') as unknown as AksMonitorRunRow[];
}

/** Events in the outboxes, and the clusters whose events they are. */
async function outbox(scanner: Scanner): Promise<{ events: number; clusters: number }> {
  const lines = (await scanner.state())?.lines ?? [];
  const full = lines.filter(({ events }) => events.length > 0);
  return { events: full.reduce((sum, { events }) => sum + events.length, 0), clusters: full.length };
}

describe('more events than the outbox holds', () => {
  it('are told by one run, slice after slice', async () => {
    const scanner = await drifted();
    const listener = new Listener();
    await scanner.run({ observer: listener });
    const told = scanner.newRows('AksDrift_CL');
    const [run, ...others] = runs(scanner);
    const kept = await outbox(scanner);
    scanner.pass(HOUR);
    await scanner.run();

    expect(summary(told)).toEqual(all('regressed azure'));
    expect([run?.Events, run?.Waiting, others.length]).toEqual([FAILING, 0, 0]);
    expect(kept).toEqual({ events: 0, clusters: 0 });
    expect([listener.told.length, listener.clusters.length]).toEqual([FAILING, CLUSTERS]);
    expect(scanner.newEvents()).toEqual([]);
  });

  it('read Azure once', async () => {
    const scanner = await drifted();
    await scanner.run();

    expect(scanner.asked(/managedClusters/)).toHaveLength(1);
  });

  it('wait while publishing is refused, and what waits keeps its line', async () => {
    const scanner = await drifted();
    const before = new Map((await scanner.state())?.lines.map((line) => [line.key, line]));
    const allow = scanner.refuseUploads();
    await scanner.run();
    const after = (await scanner.state())?.lines ?? [];
    const waiting = after.filter(({ key, events }) => key !== '' && events.length === 0);
    allow();
    scanner.pass(HOUR);
    await scanner.run();

    expect(waiting.length).toBeGreaterThan(0);
    expect(after).toHaveLength(CLUSTERS + 1);
    expect(waiting).toEqual(waiting.map(({ key }) => before.get(key)));
    expect(runs(scanner)).toMatchObject([
      { Waiting: waiting.length, Events: (CLUSTERS - waiting.length) * POOLS },
      { Waiting: 0, Events: waiting.length * POOLS },
    ]);
    expect(summary(scanner.newRows('AksDrift_CL'))).toEqual(all('regressed azure'));
  });

  it('are not compared over and over while publishing is refused: the outbox stays as it was', async () => {
    const scanner = await drifted();
    scanner.refuseUploads();
    await scanner.run();
    const first = await outbox(scanner);
    scanner.pass(HOUR);
    await scanner.run();

    expect(await outbox(scanner)).toEqual(first);
    expect(first.events).toBe(first.clusters * POOLS);
  });

  it('are lost or doubled by no upload that is refused in the middle', async () => {
    const scanner = await drifted();
    const allow = scanner.refuseUploads(4);
    await scanner.run();
    const first = scanner.newRows('AksDrift_CL');
    allow();
    scanner.pass(HOUR);
    await scanner.run();
    const second = scanner.newRows('AksDrift_CL');

    expect(first.length * second.length).toBeGreaterThan(0);
    expect(summary([...first, ...second])).toEqual(all('regressed azure'));
  });

  it('that are taken back while they wait are no events', async () => {
    const scanner = await drifted();
    const allow = scanner.refuseUploads();
    await scanner.run();
    const { clusters, events } = await outbox(scanner);
    setPublic(scanner.world, false);
    allow();
    scanner.pass(HOUR);
    await scanner.run();
    const told = scanner.newRows('AksDrift_CL');

    expect(clusters).toBeLessThan(CLUSTERS);
    expect(told.filter(({ Transition }) => Transition === 'regressed')).toHaveLength(events);
    expect(told.filter(({ Transition }) => Transition === 'resolved')).toHaveLength(events);
    expect(told).toHaveLength(2 * events);
  });

  it('are all told where nothing is published', async () => {
    const scanner = await openScanner(largeFleet());
    await scanner.firstRun({ publisher: null });
    await scanner.confirm({ publisher: null });
    setPublic(scanner.world, true);
    const [first, second] = [new Listener(), new Listener()];
    await scanner.run({ publisher: null, observer: first });
    await scanner.confirm({ publisher: null });
    const kept = await outbox(scanner);
    scanner.pass(HOUR);
    await scanner.run({ publisher: null, observer: second });

    expect(summary(first.told as unknown as Row[])).toEqual(all('regressed azure'));
    expect([kept.events, second.told]).toEqual([0, []]);
  });
});

describe('a first run with more events than the outbox holds', () => {
  it('tells all of them, and none twice', async () => {
    const scanner = await openScanner(largeFleet());
    setPublic(scanner.world, true);
    await scanner.run();
    const told = scanner.newRows('AksDrift_CL');
    scanner.pass(HOUR);
    await scanner.run();

    expect(summary(told)).toEqual(all('baseline firstRead'));
    expect(scanner.newEvents()).toEqual([]);
    expect((await scanner.state())?.header.firstRunAt).not.toBeNull();
  });

  it('is not done while clusters wait: they do not appear later, nor does what is made meanwhile', async () => {
    const scanner = await openScanner(largeFleet());
    setPublic(scanner.world, true);
    const late = scanner.world.clusters.splice(-1);
    const allow = scanner.refuseUploads();
    await scanner.run();
    const firstRunAt = (await scanner.state())?.header.firstRunAt;
    scanner.world.clusters.push(...late);
    allow();
    scanner.pass(HOUR);
    await scanner.run();
    const told = scanner.newRows('AksDrift_CL');
    const more = copyOf(clusterAt(scanner.world, 0));
    Object.assign(more, { id: more.id.replace(more.name, 'aks-zz'), name: 'aks-zz' });
    scanner.world.clusters.push(more);
    scanner.pass(HOUR);
    await scanner.run();

    expect(firstRunAt).toBeNull();
    expect(summary(told)).toEqual(all('baseline firstRead'));
    expect(scanner.newEvents().slice(-1)).toEqual(['clusterAppeared azure - aks-zz -']);
  });
});
