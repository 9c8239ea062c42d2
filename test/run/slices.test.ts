import type { AksMonitorRunRow } from '../../shared/model/rows';
import { fleet, HOUR, type Row } from '../support/cli';
import { poolsOf, type World } from '../../simulator';
import { Listener, openScanner, setRanges, type Scanner } from './scanner';

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

  it('cost a cluster that waits no other second reading', async () => {
    const scanner = await drifted();
    scanner.world.clusters.forEach((cluster) => {
      setRanges(cluster, ['198.51.100.0/24']);
    });
    await scanner.run();
    const told = scanner.newRows('AksDrift_CL').filter(({ CheckId }) => CheckId === 'api-authorized-ip-ranges');

    expect([told.length, scanner.gets().length]).toEqual([CLUSTERS, CLUSTERS]);
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

  it('wait for the next report where nothing is published, because the outbox is emptied when a report is out', async () => {
    const scanner = await openScanner(largeFleet());
    await scanner.firstRun({ publisher: null });
    await scanner.confirm({ publisher: null });
    setPublic(scanner.world, true);
    const listeners = [new Listener(), new Listener(), new Listener()];
    for (const observer of listeners) {
      await scanner.run({ publisher: null, observer });
      await scanner.confirm({ publisher: null });
      scanner.pass(HOUR);
    }
    const [first, second, third] = listeners.map(({ told }) => told);

    expect(first?.length).toBeLessThan((first?.length ?? 0) + (second?.length ?? 0));
    expect(summary([...(first ?? []), ...(second ?? [])] as unknown as Row[])).toEqual(all('regressed azure'));
    expect(third).toEqual([]);
    expect((await outbox(scanner)).events).toBe(0);
  });
});
