import { weeklyWindows, type Fault, type World } from '../../simulator';
import { clusterAt, DAY, fleet, HOUR, itemAt, openBench, poolAt, subscriptionAt, type Bench } from '../support/cli';

const OLD_IMAGE = 'AKSAzureLinux-V3gen2-202608.03.0';

/** Three subscriptions in the order in which they are scanned; in the first, something of every scan fails. */
function failingFleet(): World {
  const world = fleet({ subscriptions: 3 });
  world.subscriptions.sort((a, b) => (a.id < b.id ? -1 : 1));
  world.clusters.sort((a, b) => (a.id < b.id ? -1 : 1));
  const cluster = clusterAt(world, 0);
  cluster.properties.disableLocalAccounts = false;
  Object.assign(poolAt(cluster, 0), { enableNodePublicIP: true, nodeImageVersion: OLD_IMAGE });
  // Old enough that the days of grace are over.
  for (const offered of Object.values(world.latestNodeImages)) {
    offered['AKSAzureLinux-V3gen2'] = 'AKSAzureLinux-V3gen2-202611.01.0';
  }
  for (const state of world.policyStates.filter(({ resourceId }) => resourceId === cluster.id)) {
    state.complianceState = 'NonCompliant';
  }
  itemAt(
    world.pricings.filter(({ id }) => id.includes(subscriptionAt(world, 0))),
    0,
  ).properties.pricingTier = 'Free';
  const apiServer = world.apiServers[cluster.id.toLowerCase()];
  if (apiServer !== undefined) {
    apiServer.certificate = { notBefore: new Date('2026-10-01'), notAfter: new Date('2026-11-28') };
  }
  return world;
}

interface Trouble {
  readonly name: string;
  readonly scan: string;
  /** A check that fails before, and that nobody can judge meanwhile. */
  readonly check: string;
  readonly fault?: Fault;
  readonly change?: (world: World) => void;
  readonly reason: string;
  readonly status: 'failed' | 'partial';
}

const deny =
  (action: string) =>
  (world: World): void => {
    world.denied.push({ scope: `/subscriptions/${subscriptionAt(world, 0)}`, action });
  };

/** Requests about the first subscription. */
const about =
  (path: RegExp) =>
  (request: { path: string }): boolean =>
    request.path.includes(firstId) && path.test(request.path);
const firstId = subscriptionAt(failingFleet(), 0);
const failingId = clusterAt(failingFleet(), 0).id;

const configuration = { scan: 'configuration', check: 'local-accounts-disabled' };

const TROUBLES: readonly Trouble[] = [
  {
    name: 'the list is refused with 403',
    ...configuration,
    change: deny('Microsoft.ContainerService/managedClusters/read'),
    ...{ reason: 'forbidden', status: 'failed' },
  },
  {
    name: 'the subscription answers 404 to everything',
    ...configuration,
    fault: {
      match: about(/./),
      status: 404,
      body: '{"error":{"code":"SubscriptionNotFound","message":"The subscription could not be found."}}',
    },
    ...{ reason: 'notFound', status: 'failed' },
  },
  {
    name: 'the second page of the list answers 500',
    ...configuration,
    change: (world) => (world.pageSizes.list = 1),
    // The failing cluster is on the second page.
    fault: { match: about(/managedClusters\?.*skiptoken/i), status: 500 },
    ...{ reason: 'unavailable', status: 'partial' },
  },
  {
    name: 'the list answers with a page that is no JSON',
    ...configuration,
    fault: { match: about(/managedClusters\?/), body: '<html>Sign in</html>' },
    ...{ reason: 'invalid', status: 'failed' },
  },
  {
    name: 'the upgrade profiles answer 429 for ever',
    ...{ scan: 'node-images', check: 'node-image-current' },
    fault: { match: about(/upgradeProfiles/), status: 429, headers: { 'Retry-After': '0' } },
    ...{ reason: 'throttled', status: 'partial' },
  },
  {
    name: 'the API server refuses connections',
    ...{ scan: 'certificates', check: 'apiserver-cert-expiry' },
    change: (world) => {
      const apiServer = world.apiServers[failingId.toLowerCase()];
      Object.assign(apiServer ?? {}, { behaviour: 'refusing' });
    },
    ...{ reason: 'unreachable', status: 'partial' },
  },
  {
    name: 'policy states are refused with 403',
    ...{ scan: 'policy', check: 'policy-compliance' },
    change: deny('*'),
    ...{ reason: 'forbidden', status: 'failed' },
  },
  {
    name: 'policy states answer 503',
    ...{ scan: 'policy', check: 'policy-compliance' },
    fault: { match: about(/policyStates/), status: 503, headers: { 'Retry-After': '0' } },
    ...{ reason: 'unavailable', status: 'partial' },
  },
  {
    name: 'the Defender plan is refused with 403',
    ...{ scan: 'defender', check: 'defender-plan' },
    change: deny('Microsoft.Security/pricings/read'),
    ...{ reason: 'forbidden', status: 'partial' },
  },
];

/** The SDKs wait between tries of the others. */
const BRIEF_TROUBLES = TROUBLES.filter(({ name }) => !name.includes('500'));

/** The failing cluster is last in its list, so that a broken second page hides it. */
async function benchWithHistory(scan: string): Promise<{ bench: Bench; args: string[] }> {
  const bench = await openBench(failingFleet());
  const [first, second, ...others] = bench.world.clusters;
  bench.world.clusters.splice(
    0,
    bench.world.clusters.length,
    ...[second, first, ...others].flatMap((one) => one ?? []),
  );
  const args = ['--scan', scan, '--subscription', ...bench.world.subscriptions.map(({ id }) => id)];
  await bench.firstRun(args);
  return { bench, args };
}

describe('what cannot be read', () => {
  it.each(TROUBLES)('$name: unknown, no event, exit 3, and the next subscriptions are scanned', async (trouble) => {
    const { bench, args } = await benchWithHistory(trouble.scan);
    trouble.change?.(bench.world);
    bench.simulator.faults.push(...(trouble.fault === undefined ? [] : [trouble.fault]));

    const { code, report, stdout } = await bench.publish(args);

    expect(bench.newEvents()).toEqual([]);
    expect(report.events).toEqual([]);
    expect(code).toBe(3);
    expect(stdout).toContain('"lastReadAt": "2026-11-24T09:00:00.000Z"');
    expect(report.subscriptions.map(({ status }) => status)).toEqual([trouble.status, 'completed', 'completed']);
    expect(report.subscriptions.flatMap(({ unread }) => unread.map(({ reason }) => reason))).toContain(trouble.reason);
    const outcomes = report.findings
      .filter(({ checkId, subscriptionId }) => checkId === trouble.check && subscriptionId === firstId)
      .map(({ outcome, reason }) => `${outcome} ${reason ?? ''}`);
    expect(outcomes).toContain(`unknown ${trouble.reason}`);
    expect(outcomes.filter((outcome) => outcome.startsWith('fail'))).toEqual([]);
    expect(bench.newRows('AksMonitorRun_CL').map(({ Status }) => Status)).toContain(trouble.status);
  });

  it.each(BRIEF_TROUBLES)('$name: the stored outcome goes on when it ends', async (trouble) => {
    const { bench, args } = await benchWithHistory(trouble.scan);
    trouble.change?.(bench.world);
    bench.simulator.faults.push(...(trouble.fault === undefined ? [] : [trouble.fault]));
    bench.pass(DAY);
    await bench.publish(args);
    const rows = bench
      .newRows('AksCompliance_CL')
      .filter(({ CheckId, SubscriptionId, Outcome }) =>
        [CheckId === trouble.check, SubscriptionId === firstId, Outcome === 'unknown'].every(Boolean),
      );
    const healthy = failingFleet();
    Object.assign(bench.world, { denied: [], pageSizes: healthy.pageSizes, apiServers: healthy.apiServers });
    bench.simulator.faults.length = 0;
    bench.pass(HOUR);
    const { code, report } = await bench.publish(args);

    // The daily rows of the scan that could not read say what was known.
    expect(rows.map(({ LastOutcome, Reason }) => `${String(LastOutcome)} ${String(Reason)}`)).toContain(
      `fail ${trouble.reason}`,
    );
    expect(bench.newEvents()).toEqual([]);
    expect(code).toBe(0);
    const again = report.findings.filter(
      ({ checkId, outcome, subscriptionId }) =>
        checkId === trouble.check && outcome === 'fail' && subscriptionId === firstId,
    );
    expect(again.map(({ since }) => since)).toContain('2026-11-24T09:00:00.000Z');
  });

  it('tells once of what was put right during the failure', async () => {
    const { bench, args } = await benchWithHistory('configuration');
    deny('Microsoft.ContainerService/managedClusters/read')(bench.world);
    await bench.publish(args);
    const cluster = itemAt(bench.world.clusters, 1);
    cluster.properties.disableLocalAccounts = true;
    await bench.publish(args);
    bench.world.denied.length = 0;
    bench.pass(HOUR);
    await bench.publish(args);
    const told = bench.newEvents();
    await bench.publish(args);

    expect(told).toEqual([`resolved azure local-accounts-disabled ${cluster.name} -`]);
    expect(bench.newEvents()).toEqual([]);
  });

  it('goes on counting as it was read: a monthly maintenance window, without which the image would be too old', async () => {
    const bench = await openBench(fleet());
    const cluster = clusterAt(bench.world, 0);
    poolAt(cluster, 0).nodeImageVersion = 'AKSAzureLinux-V3gen2-202610.12.0';
    const schedule = { absoluteMonthly: { intervalMonths: 1, dayOfMonth: 1 } };
    bench.world.maintenanceConfigurations[cluster.id.toLowerCase()] = weeklyWindows(cluster.id).map((body) => ({
      ...body,
      properties: { maintenanceWindow: { schedule, durationHours: 8, startTime: '00:00' } },
    }));
    const args = ['--scan', 'node-images', '--subscription', subscriptionAt(bench.world, 0)];
    await bench.firstRun(args);
    deny('Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read')(bench.world);
    bench.pass(HOUR);
    const { report } = await bench.publish(args);
    bench.world.denied.length = 0;
    bench.pass(HOUR);
    await bench.publish(args);

    const judged = report.findings.filter(
      ({ clusterId, nodePool }) => clusterId === cluster.id && nodePool === 'system',
    );
    expect(Object.fromEntries(judged.map(({ checkId, outcome }) => [checkId, outcome]))).toMatchObject({
      'node-image-age': 'pass',
      'auto-upgrade-effective': 'pass',
    });
    expect(bench.newEvents()).toEqual([]);
  });

  it('stores nothing until a listing has reached its last page', async () => {
    const bench = await openBench(failingFleet());
    bench.world.pageSizes.list = 1;
    const args = ['--scan', 'configuration', '--subscription', firstId];
    bench.simulator.faults.push({ match: about(/managedClusters\?.*skiptoken/i), status: 403 });
    const { code, report } = await bench.publish(args);
    const before = bench.newEvents();
    bench.simulator.faults.length = 0;
    await bench.publish(args);

    expect([code, before, report.events]).toEqual([3, [], []]);
    expect(bench.newEvents().map((event) => event.replace(/ aks.*/, ''))).toEqual([
      'baseline firstRead local-accounts-disabled',
      'baseline firstRead node-public-ip',
    ]);
  });

  it.each([
    ['403', { status: 403 }],
    ['503', { status: 503, headers: { 'Retry-After': '0' } }],
  ])('ends with 3, a message and no stack when the subscriptions cannot be listed: %s', async (_, fault) => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /^GET \/subscriptions\?/, ...fault });
    const { code, stderr } = await bench.run(['scan', '--format', 'json']);

    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(stderr).toContain('subscriptions');
    expect(code).toBe(3);
  });

  it('ends with 3, a message and no stack when there is no token', async () => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /msi\/token/, status: 400 });
    const { code, stderr } = await bench.run(['scan', '--subscription', subscriptionAt(bench.world, 0)]);

    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(code).toBe(3);
  });
});

describe('AKS_DRIFT_DEADLINE_SECONDS', () => {
  it.each<[string, string, RegExp, 'failed' | 'partial']>([
    ['the list', 'configuration', /managedClusters\?/, 'failed'],
    ['the second page of the list', 'configuration', /managedClusters\?.*skiptoken/i, 'partial'],
    ['what a region offers', 'configuration', /kubernetesVersions/, 'partial'],
    ['an upgrade profile', 'node-images', /upgradeProfiles/, 'partial'],
    ['policy states', 'policy', /policyStates/, 'partial'],
    ['Resource Graph', 'defender', /ResourceGraph/, 'partial'],
  ])('makes a hanging request unknown: %s', async (_, scan, match, status) => {
    const bench = await openBench();
    bench.world.pageSizes.list = 1;
    bench.simulator.faults.push({ match, hang: true });
    const { code, report } = await bench.scan(['--scan', scan], { AKS_DRIFT_DEADLINE_SECONDS: '1' });

    expect(code).toBe(3);
    expect(report.subscriptions.map((subscription) => subscription.status)).toEqual([status]);
    const reasons = report.subscriptions.flatMap(({ unread }) => unread.map(({ reason }) => reason));
    expect([...new Set(reasons)]).toEqual(['timeout']);
  });

  it('also ends a hanging list of subscriptions', async () => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /^GET \/subscriptions\?/, hang: true });
    const { ended, kill } = bench.start(['scan'], { AKS_DRIFT_DEADLINE_SECONDS: '1' });
    const timer = setTimeout(kill, 5000);
    const { code } = await ended;
    clearTimeout(timer);

    expect(code).toBe(3);
  });
});
