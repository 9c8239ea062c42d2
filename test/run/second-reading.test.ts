import { CATALOGUE } from '../../shared/checks';
import { readBaseline } from '../../shared/config/baseline';
import type { ArmBody, Fault } from '../../simulator';
import { clusterAt, fleet, HOUR } from '../support/cli';
import { copyOf, openScanner, setRanges, type RunOptions, type Scanner } from './scanner';

const NEW_RANGES = ['198.51.100.0/24'];
const CHANGED = 'changed azure api-authorized-ip-ranges';
const FLAPPING = ['api-authorized-ip-breadth', 'api-authorized-ip-ranges', 'api-private-cluster'];

/** What is told of a cluster whose list became empty. */
function opened(name: string): string[] {
  return [`regressed azure api-authorized-ip-ranges ${name} -`, `regressed azure api-private-cluster ${name} -`];
}

/** Clusters that are known from a first run with their ranges. */
async function known(clusters = 2): Promise<{ scanner: Scanner; cluster: ArmBody; old: ArmBody; name: string }> {
  const scanner = await openScanner(fleet({ clusters, pools: 1 }));
  scanner.world.throttling = false;
  scanner.world.pageSizes.list = 100;
  await scanner.firstRun();
  const cluster = clusterAt(scanner.world, 0);
  return { scanner, cluster, old: copyOf(cluster), name: cluster.name };
}

/** One run, and the events that it told. */
async function told(scanner: Scanner, options: RunOptions = {}): Promise<string[]> {
  await scanner.run(options);
  return scanner.newEvents();
}

/** When the events that were published last say that they began. */
function sinces(scanner: Scanner): unknown[] {
  return [...new Set(scanner.simulator.rows('AksDrift_CL').map(({ Since }) => Since))];
}

describe('a second reading that says the same', () => {
  it('makes the event in the same run', async () => {
    const { scanner, cluster, name } = await known();
    setRanges(cluster, NEW_RANGES);

    expect(await told(scanner)).toEqual([`${CHANGED} ${name} -`]);
  });

  it('serves every check that judges the list', async () => {
    const { scanner, cluster, name } = await known();
    setRanges(cluster, []);

    expect(await told(scanner)).toEqual(opened(name));
    expect(scanner.gets()).toEqual([name]);
  });

  it('costs one GET of each cluster with a candidate, and none of the others', async () => {
    const { scanner, cluster, name } = await known(4);
    setRanges(cluster, NEW_RANGES);
    clusterAt(scanner.world, 1).properties.disableLocalAccounts = false;
    await scanner.run();

    expect(scanner.gets()).toEqual([name]);
  });

  it('is asked for no more once the event is told', async () => {
    const { scanner, cluster } = await known();
    setRanges(cluster, NEW_RANGES);
    await scanner.run();
    scanner.skip();
    scanner.pass(HOUR);

    expect([await told(scanner), scanner.gets()]).toEqual([[], []]);
  });

  it('may differ in the order and the letter case of the list', async () => {
    const { scanner, cluster, name } = await known();
    setRanges(cluster, ['2001:db8::/48', ...NEW_RANGES]);
    const other = copyOf(cluster);
    setRanges(other, [...NEW_RANGES, '2001:DB8::/48']);
    scanner.answerGet(cluster, other);

    expect(await told(scanner)).toContain(`${CHANGED} ${name} -`);
  });

  it('is taken of what a baseline file expects otherwise, too', async () => {
    const { scanner, name } = await known(1);
    const options = { baseline: readBaseline('profile: strict\nversion: 1', 'strict.yaml', CATALOGUE, []) };

    expect(await told(scanner, options)).toContain(`regressed expectation api-private-cluster ${name} -`);
    expect(scanner.gets()).toEqual([name]);
  });
});

describe('a second reading that shows the old list (Azure/AKS#1543)', () => {
  it('makes no event, and holds what the list said', async () => {
    const { scanner, cluster, old } = await known();
    setRanges(cluster, []);
    scanner.answerGet(cluster, old);

    expect(await told(scanner)).toEqual([]);
    const entries = (await scanner.state())?.lines.flatMap((line) => Object.values(line.entries)) ?? [];
    const held = entries.filter(({ heldSince }) => heldSince !== null);
    expect(held.map(({ checkId }) => checkId).sort()).toEqual(FLAPPING);
    expect(held.map(({ outcome }) => outcome)).not.toContain('fail');
  });

  it('lets a later run whose second reading bears it out make the event, since the first run that saw it', async () => {
    const { scanner, cluster, old, name } = await known();
    setRanges(cluster, []);
    const restore = scanner.answerGet(cluster, old);
    await scanner.run();
    const first = scanner.now;
    restore();
    scanner.skip();
    scanner.pass(HOUR);

    expect(await told(scanner)).toEqual(opened(name));
    expect([sinces(scanner), scanner.gets()]).toEqual([[first], [name]]);
  });

  it('is forgotten by the next run that sees the old list', async () => {
    const { scanner, cluster, old, name } = await known();
    setRanges(cluster, []);
    const restore = scanner.answerGet(cluster, old);
    await scanner.run();
    setRanges(cluster, ['203.0.113.0/24']);
    restore();
    scanner.skip();
    scanner.pass(HOUR);
    const after = await told(scanner);
    setRanges(cluster, []);
    scanner.pass(HOUR);
    const later = await told(scanner);

    expect(after).toEqual([]);
    expect(later).toContain(`regressed azure api-authorized-ip-ranges ${name} -`);
    expect([sinces(scanner), scanner.gets()]).toEqual([[scanner.now], [name]]);
  });

  it('bears out nothing of a third list, which the next run reads a second time too', async () => {
    const { scanner, cluster, old, name } = await known();
    setRanges(cluster, NEW_RANGES);
    scanner.answerGet(cluster, old);
    await scanner.run();
    setRanges(cluster, ['192.0.2.0/24']);
    scanner.skip();
    scanner.pass(HOUR);

    expect([await told(scanner), scanner.gets()]).toEqual([[], [name]]);
  });

  it('holds nothing of the other checks of the cluster', async () => {
    const { scanner, cluster, old, name } = await known();
    setRanges(cluster, []);
    cluster.properties.disableLocalAccounts = false;
    scanner.answerGet(cluster, old);

    expect(await told(scanner)).toEqual([`regressed azure local-accounts-disabled ${name} -`]);
  });
});

const SILENT: readonly (readonly [name: string, fault: Omit<Fault, 'match'>, options: RunOptions])[] = [
  ['403', { status: 403 }, {}],
  ['503', { status: 503, headers: { 'Retry-After': '0' } }, {}],
  ['404 of the cluster', { status: 404 }, {}],
  ['404 of a proxy', { status: 404, body: '<html>Not Found</html>' }, {}],
  ['a body that is no cluster', { body: '{}' }, {}],
  ['nothing before the deadline', { hang: true }, { environment: { AKS_DRIFT_DEADLINE_SECONDS: '1' } }],
];

describe('a second reading that tells nothing', () => {
  it.each(SILENT)('holds the event to the next run: %s', async (_, fault, options) => {
    const { scanner, cluster, name } = await known();
    setRanges(cluster, []);
    scanner.simulator.faults.push({ match: new RegExp(`/managedClusters/${name}\\?`), ...fault });
    const first = scanner.now;
    const before = await told(scanner, options);
    scanner.simulator.faults.length = 0;
    scanner.pass(HOUR);

    expect(before).toEqual([]);
    expect(await told(scanner)).toEqual(opened(name));
    expect(sinces(scanner)).toEqual([first]);
  });

  it('is not waited for beyond the deadline', async () => {
    const { scanner, cluster, name } = await known();
    setRanges(cluster, NEW_RANGES);
    const late: RunOptions = { confirmAfter: 3_600_000, environment: { AKS_DRIFT_DEADLINE_SECONDS: '1' } };
    const before = await told(scanner, late);
    const gets = scanner.gets();
    scanner.pass(HOUR);

    expect([before, gets]).toEqual([[], []]);
    expect(await told(scanner)).toEqual([`${CHANGED} ${name} -`]);
  });
});

describe('no second reading', () => {
  it('is made of more than 50 clusters: the next run tells of the others', async () => {
    const { scanner } = await known(53);
    const first = scanner.now;
    scanner.world.clusters.forEach((cluster) => {
      setRanges(cluster, []);
    });
    const atOnce = await told(scanner);
    const gets = scanner.gets();
    scanner.skip();
    scanner.pass(HOUR);
    const later = await told(scanner);

    expect([atOnce.length, new Set(gets).size, gets.length, later.length]).toEqual([100, 50, 50, 6]);
    expect(new Set([...atOnce, ...later]).size).toBe(106);
    expect([sinces(scanner), scanner.gets().length]).toEqual([[first], 3]);
  });

  it('is made of what is read for the first time', async () => {
    const scanner = await openScanner(fleet({ pools: 1 }));
    const { name } = clusterAt(scanner.world, 0);
    setRanges(clusterAt(scanner.world, 0), []);

    expect(await told(scanner)).toEqual([
      `baseline firstRead api-authorized-ip-ranges ${name} -`,
      `baseline firstRead api-private-cluster ${name} -`,
    ]);
    expect(scanner.gets()).toEqual([]);
  });

  it('is made of clusters that come from a file', async () => {
    const { scanner, cluster, name } = await known();
    setRanges(cluster, NEW_RANGES);

    expect(await told(scanner, { input: scanner.listing() })).toEqual([`${CHANGED} ${name} -`]);
    expect(scanner.asked(/./)).toEqual([]);
  });

  it('is made of an answer that decides nothing', async () => {
    const { scanner, cluster } = await known();
    setRanges(cluster, [1]);

    expect([await told(scanner), scanner.gets()]).toEqual([[], []]);
  });

  it('is used up by answers that decide nothing', async () => {
    const { scanner } = await known(51);
    const readable = scanner.world.clusters
      .toSorted((a, b) => (a.id.toLowerCase() < b.id.toLowerCase() ? -1 : 1))
      .pop();
    scanner.world.clusters.forEach((cluster) => {
      setRanges(cluster, cluster === readable ? [] : [1]);
    });

    expect(await told(scanner)).toEqual(opened(readable?.name ?? ''));
  });
});
