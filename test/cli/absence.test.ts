import { CATALOGUE } from '../../shared/checks';
import type { NodePool } from '../../shared/model/cluster';
import type { Fault, World } from '../../simulator';
import { clusterAt, DAY, HOUR, openBench, poolAt, subscriptionAt, type Bench } from '../support/cli';

const OLD_IMAGE = 'AKSAzureLinux-V3gen2-202608.03.0';

/** Two clusters of which the first fails in several scans, known from a first run. */
async function benchWithHistory(): Promise<Bench> {
  const bench = await openBench();
  const cluster = clusterAt(bench.world, 0);
  cluster.properties.disableLocalAccounts = false;
  Object.assign(poolAt(cluster, 1), { enableNodePublicIP: true, nodeImageVersion: OLD_IMAGE });
  await bench.firstRun();
  return bench;
}

/** The checks that judge a node pool by default, in the order of the alphabet. */
function checksOf(pool: NodePool): string[] {
  return CATALOGUE.filter(({ grain, onByDefault, isAbout }) => grain === 'nodePool' && onByDefault && isAbout(pool))
    .map(({ id }) => id)
    .sort();
}

function without(world: World, name: string): void {
  world.clusters.splice(
    world.clusters.findIndex((cluster) => cluster.name === name),
    1,
  );
}

describe('a cluster that is gone', () => {
  it('is one event, of the configuration scan, and one last row per finding', async () => {
    const bench = await benchWithHistory();
    const { name, id } = clusterAt(bench.world, 0);
    const known = bench.simulator.rows('AksCompliance_CL').filter(({ ClusterName }) => ClusterName === name);
    without(bench.world, name);
    const { code, report } = await bench.publish();
    const events = bench.newRows('AksDrift_CL');
    const gone = bench.newRows('AksCompliance_CL');
    bench.pass(DAY);
    await bench.publish();

    expect(code).toBe(0);
    expect(events.map(({ Transition, Cause, ClusterName, Scan }) => [Transition, Cause, ClusterName, Scan])).toEqual([
      ['clusterRemoved', 'azure', name, 'configuration'],
    ]);
    expect(gone.map(({ Outcome }) => Outcome)).toEqual(known.map(() => 'gone'));
    expect(gone.map(({ FindingId }) => FindingId).sort()).toEqual(known.map(({ FindingId }) => FindingId).sort());
    expect(bench.newEvents()).toEqual([]);
    expect(bench.newRows('AksCompliance_CL').filter(({ ClusterId }) => ClusterId === id.toLowerCase())).toEqual([]);
    expect(report.clusters.map((cluster) => cluster.name)).toEqual([clusterAt(bench.world, 0).name]);
    expect(report.findings.filter(({ clusterId }) => clusterId === id)).toEqual([]);
  });

  it('counts as gone when its resource group is gone', async () => {
    const bench = await benchWithHistory();
    const { name } = clusterAt(bench.world, 0);
    without(bench.world, name);
    bench.simulator.faults.push({
      match: new RegExp(`managedClusters/${name}\\?`),
      status: 404,
      body: '{"error":{"code":"ResourceGroupNotFound","message":"Resource group could not be found."}}',
    });
    await bench.publish();

    expect(bench.newEvents()).toEqual([`clusterRemoved azure - ${name} -`]);
  });

  it('is clusterAppeared and a first read of its own when it comes back', async () => {
    const bench = await benchWithHistory();
    const cluster = clusterAt(bench.world, 0);
    without(bench.world, cluster.name);
    await bench.publish();
    bench.skipRows();
    bench.pass(HOUR);
    bench.world.clusters.push(cluster);
    await bench.publish();

    expect(bench.newEvents()).toEqual(bornFailing(cluster.name));
  });
});

function bornFailing(name: string): string[] {
  return [
    `baseline newSubject auto-upgrade-effective ${name} user1`,
    `baseline newSubject local-accounts-disabled ${name} -`,
    `baseline newSubject node-image-age ${name} user1`,
    `baseline newSubject node-image-skew ${name} user1`,
    `baseline newSubject node-public-ip ${name} user1`,
    `clusterAppeared azure - ${name} -`,
  ];
}

interface Doubt {
  readonly name: string;
  readonly reason: string;
  readonly fault: Omit<Fault, 'match'>;
}

const DOUBTS: readonly Doubt[] = [
  { name: '403', reason: 'forbidden', fault: { status: 403 } },
  { name: '503', reason: 'unavailable', fault: { status: 503, headers: { 'Retry-After': '0' } } },
  { name: '429', reason: 'throttled', fault: { status: 429, headers: { 'Retry-After': '0' } } },
  {
    name: '404 SubscriptionNotFound',
    reason: 'notFound',
    fault: { status: 404, body: '{"error":{"code":"SubscriptionNotFound","message":"It could not be found."}}' },
  },
  { name: '404 with the page of a proxy', reason: 'notFound', fault: { status: 404, body: '<html>Not Found</html>' } },
  { name: 'a body that is no cluster', reason: 'invalid', fault: { status: 200, body: '{}' } },
];

describe('a cluster that is missing from the list', () => {
  it.each(DOUBTS)('is not gone when a GET of it answers $name', async ({ reason, fault }) => {
    const bench = await benchWithHistory();
    const { name, id } = clusterAt(bench.world, 0);
    without(bench.world, name);
    bench.simulator.faults.push({ match: new RegExp(`managedClusters/${name}\\?`), ...fault });
    const { code, report } = await bench.publish(['--scan', 'configuration']);

    expect(bench.newEvents()).toEqual([]);
    expect(code).toBe(3);
    const findings = report.findings.filter(({ clusterId }) => clusterId === id);
    expect(new Set(findings.map((finding) => `${finding.outcome} ${finding.reason ?? ''}`))).toEqual(
      new Set([`unknown ${reason}`]),
    );
  });

  it('is not gone when it may no longer be read', async () => {
    const bench = await benchWithHistory();
    bench.world.denied.push({
      scope: clusterAt(bench.world, 0).id,
      action: 'Microsoft.ContainerService/managedClusters/read',
    });
    const { code } = await bench.publish();
    const told = bench.newEvents();
    bench.world.denied.length = 0;
    bench.pass(HOUR);
    await bench.publish();

    expect([code, told, bench.newEvents()]).toEqual([3, [], []]);
  });

  it('is judged when a GET of it finds it', async () => {
    const bench = await benchWithHistory();
    const cluster = clusterAt(bench.world, 0);
    const others = bench.world.clusters.filter(({ name }) => name !== cluster.name);
    bench.simulator.faults.push({ match: /managedClusters\?/, body: JSON.stringify({ value: others }) });
    cluster.properties.disableLocalAccounts = true;
    const { code } = await bench.publish(['--scan', 'configuration']);

    expect(bench.newEvents()).toEqual([`resolved azure local-accounts-disabled ${cluster.name} -`]);
    expect(code).toBe(0);
  });

  it('is not gone when its whole subscription is not found', async () => {
    const bench = await benchWithHistory();
    const id = subscriptionAt(bench.world, 0);
    bench.world.subscriptions.length = 0;
    const { code, report } = await bench.publish(['--subscription', id]);

    expect(bench.newEvents()).toEqual([]);
    expect(code).toBe(3);
    expect(new Set(report.subscriptions.map(({ status }) => status))).toEqual(new Set(['failed']));
  });
});

describe('a node pool that is gone', () => {
  it('is nodePoolRemoved, and removed for each of its findings that failed', async () => {
    const bench = await benchWithHistory();
    const cluster = clusterAt(bench.world, 0);
    cluster.properties.agentPoolProfiles = [poolAt(cluster, 0)];
    await bench.publish();
    const told = bench.newEvents();
    const gone = bench
      .newRows('AksCompliance_CL')
      .map(({ CheckId, Outcome, NodePool }) => [CheckId, Outcome, NodePool]);
    bench.pass(HOUR);
    await bench.publish();

    expect(told).toEqual([
      `nodePoolRemoved azure - ${cluster.name} user1`,
      `removed azure auto-upgrade-effective ${cluster.name} user1`,
      `removed azure node-image-age ${cluster.name} user1`,
      `removed azure node-image-skew ${cluster.name} user1`,
      `removed azure node-public-ip ${cluster.name} user1`,
    ]);
    expect(gone.sort()).toEqual(checksOf({ name: 'user1', mode: 'User' }).map((check) => [check, 'gone', 'user1']));
    expect(bench.newEvents()).toEqual([]);
  });

  it.each([
    ['null', null],
    ['missing', undefined],
    ['no array', 'none'],
  ])('is not gone when the array of pools is %s', async (_, agentPoolProfiles) => {
    const bench = await benchWithHistory();
    const cluster = clusterAt(bench.world, 0);
    const pools = cluster.properties.agentPoolProfiles;
    cluster.properties.agentPoolProfiles = agentPoolProfiles;
    const { report } = await bench.publish();
    const told = bench.newEvents();
    cluster.properties.agentPoolProfiles = pools;
    bench.pass(HOUR);
    await bench.publish();

    expect([told, bench.newEvents()]).toEqual([[], []]);
    const outcomes = report.findings.filter(
      ({ checkId, clusterId }) => checkId === 'node-public-ip' && clusterId === cluster.id,
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  });
});

it('takes a cluster with another resourceUID for another cluster', async () => {
  const bench = await benchWithHistory();
  const cluster = clusterAt(bench.world, 0);
  cluster.properties.resourceUID = 'fedcba9876543210fedcba98';
  await bench.publish();
  const told = bench.newEvents();
  bench.pass(HOUR);
  await bench.publish();

  expect(told).toEqual([...bornFailing(cluster.name), `clusterRemoved azure - ${cluster.name} -`].sort());
  expect(bench.newEvents()).toEqual([]);
});

describe('a cluster that was made again', () => {
  it('inherits nothing that a check remembered of the old one', async () => {
    const bench = await openBench();
    const cluster = clusterAt(bench.world, 0);
    cluster.properties.provisioningState = 'Updating';
    await bench.firstRun(['--scan', 'configuration']);
    bench.pass(20 * HOUR);
    cluster.properties.resourceUID = 'made-again';
    const { report } = await bench.publish(['--scan', 'configuration']);
    const finding = report.findings.find(
      ({ checkId, clusterId }) => checkId === 'provisioning-state' && clusterId === cluster.id,
    );

    expect(finding?.message).toContain(`has been Updating since ${bench.now.toISOString()}`);
  });
});

describe('--cluster', () => {
  it('proves no absence of the cluster that it names', async () => {
    const bench = await benchWithHistory();
    const { name } = clusterAt(bench.world, 0);
    without(bench.world, name);
    await bench.publish(['--cluster', name]);

    expect(bench.newEvents()).toEqual([]);
  });

  it('refuses a name that no cluster has, because a mistyped gate must not pass', async () => {
    const bench = await openBench();
    const { code, stderr } = await bench.scan(['--cluster', 'aks-nope', '--quiet']);

    expect(code).toBe(2);
    expect(stderr).toBe('No cluster has the name "aks-nope".\n');
  });

  it('says nothing of a name when the clusters could not be listed', async () => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /managedClusters\?/, status: 403 });
    const { code } = await bench.scan(['--cluster', 'aks-nope', '--quiet']);

    expect(code).toBe(3);
  });

  it('keeps what is known of the others, and proves no absence of them', async () => {
    const bench = await benchWithHistory();
    const { name } = clusterAt(bench.world, 0);
    const other = clusterAt(bench.world, 1);
    without(bench.world, name);
    other.properties.disableLocalAccounts = false;
    const { report } = await bench.publish(['--cluster', other.name.toUpperCase()]);
    const told = bench.newEvents();
    bench.pass(HOUR);
    await bench.publish();

    expect(told).toEqual([`regressed azure local-accounts-disabled ${other.name} -`]);
    expect(report.clusters.map((cluster) => cluster.name)).toEqual([other.name]);
    expect(bench.newEvents()).toEqual([`clusterRemoved azure - ${name} -`]);
  });

  it('makes no first run: the next whole one is', async () => {
    const bench = await openBench();
    await bench.publish(['--cluster', clusterAt(bench.world, 0).name]);
    await bench.publish();

    expect(bench.newEvents()).toEqual([]);
  });
});
