import { CATALOGUE } from '../../shared/checks';
import { ATTESTABLE_ITEMS } from '../../shared/checks/attestation';
import { readBaseline } from '../../shared/config/baseline';
import type { Baseline } from '../../shared/model/baseline';
import { clusterAt, DAY, fleet, HOUR, itemAt, poolAt, type Row } from '../support/cli';
import { copyOf, Listener, openScanner, type RunOptions, type Scanner } from './scanner';

const CHECK = 'local-accounts-disabled';
const POOL_CHECK = 'node-public-ip';

function file(content: object): Baseline {
  return readBaseline(JSON.stringify({ version: 1, ...content }), 'baseline.json', CATALOGUE, ATTESTABLE_ITEMS);
}

/** Runs under a baseline file, an hour before the next run. @returns the events but those that the file itself changed. */
async function under(scanner: Scanner, content: object, options: RunOptions = {}): Promise<string[]> {
  await scanner.run({ baseline: file(content), ...options });
  scanner.pass(HOUR);
  return scanner.newEvents().filter((event) => !event.startsWith('baselineChanged'));
}

/** Clusters with open local accounts, one of whose pools has public addresses, known from a first run. */
async function failing(clusters = 2): Promise<Scanner> {
  const scanner = await openScanner(fleet({ clusters }));
  for (const cluster of scanner.world.clusters) {
    cluster.properties.disableLocalAccounts = false;
    poolAt(cluster, 1).enableNodePublicIP = true;
  }
  await scanner.firstRun();
  return scanner;
}

const nameAt = ({ world }: Scanner, index: number): string => clusterAt(world, index).name;
const about = (told: string, name: string): string[] => [
  `${told} ${CHECK} ${name} -`,
  `${told} ${POOL_CHECK} ${name} user1`,
];

/** Of the compliance rows since they were last asked for. */
function rowsOf(scanner: Scanner, matches: (row: Row) => boolean): Row[] {
  return scanner.newRows('AksCompliance_CL').filter(matches);
}

const messages = (scanner: Scanner): unknown[] => scanner.newRows('AksMonitorRun_CL').map(({ Message }) => Message);

describe('an override', () => {
  it('switches a check off for one cluster only, and on again', async () => {
    const scanner = await failing();
    const [one, other] = [nameAt(scanner, 0), nameAt(scanner, 1)];
    const off = { overrides: [{ match: { cluster: one }, checks: { [CHECK]: { enabled: false } } }] };

    expect(await under(scanner, off)).toEqual([`retired expectation ${CHECK} ${one} -`]);
    expect(rowsOf(scanner, () => true)).toMatchObject([{ CheckId: CHECK, ClusterName: one, Outcome: 'gone' }]);
    expect(await under(scanner, off)).toEqual([]);
    scanner.pass(DAY);
    expect(await under(scanner, off)).toEqual([]);
    expect(rowsOf(scanner, ({ CheckId }) => CheckId === CHECK)).toMatchObject([
      { ClusterName: other, Outcome: 'fail' },
    ]);
    expect(await under(scanner, {})).toEqual([`baseline firstRead ${CHECK} ${one} -`]);
  });

  it('switches a check off for one pool only', async () => {
    const scanner = await failing(1);
    poolAt(clusterAt(scanner.world, 0), 0).enableNodePublicIP = true;
    await scanner.firstRun();
    const off = { overrides: [{ match: { nodePool: 'user*' }, checks: { [POOL_CHECK]: { enabled: false } } }] };
    const name = nameAt(scanner, 0);

    expect(await under(scanner, off)).toEqual([`retired expectation ${POOL_CHECK} ${name} user1`]);
    expect(await under(scanner, {})).toEqual([`baseline firstRead ${POOL_CHECK} ${name} user1`]);
  });

  it('switches on for one cluster what is off for all', async () => {
    const scanner = await openScanner();
    const id = 'required-tags';
    const params = { tags: ['nobody-has-it'] };
    const one = nameAt(scanner, 0);
    await scanner.firstRun();
    const on = { overrides: [{ match: { cluster: one }, checks: { [id]: { enabled: true, params } } }] };

    expect(await under(scanner, on)).toEqual([`baseline firstRead ${id} ${one} -`]);
    expect(rowsOf(scanner, ({ CheckId }) => CheckId === id)).toMatchObject([{ ClusterName: one, Outcome: 'fail' }]);
    expect(await under(scanner, {})).toEqual([`retired expectation ${id} ${one} -`]);
  });

  it('is the cause of what its parameters change, where it matches', async () => {
    const scanner = await openScanner();
    await scanner.firstRun({ scan: 'node-images' });
    const one = nameAt(scanner, 0);
    const match = { cluster: one, nodePool: 'user1' };
    const days = { overrides: [{ match, checks: { 'node-image-age': { params: { linuxDays: 1 } } } }] };

    expect(await under(scanner, days, { scan: 'node-images' })).toEqual([
      `regressed expectation node-image-age ${one} user1`,
    ]);
  });

  describe('that switches off what needs a section', () => {
    const NEEDS = 'node-image-current';
    const SCAN = { scan: 'node-images' } as const;
    const name = clusterAt(fleet(), 0).name;

    it.each<readonly [string, object, object, boolean]>([
      ['for the cluster', { [NEEDS]: { enabled: false } }, { cluster: name }, false],
      ['for all pools of the cluster', { [NEEDS]: { enabled: false } }, { cluster: name, nodePool: '*' }, false],
      ['for some pools of the cluster', { [NEEDS]: { enabled: false } }, { cluster: name, nodePool: 'user*' }, true],
      ['for another cluster', { [NEEDS]: { enabled: false } }, { cluster: 'other' }, true],
      ['for nobody', { 'node-image-age': { enabled: false } }, { cluster: name }, true],
    ])('asks for it where it is on: off %s', async (_, checks, match, isAsked) => {
      const scanner = await openScanner(fleet({ clusters: 1 }));
      await under(scanner, { overrides: [{ match, checks }] }, SCAN);

      expect(scanner.asked(/upgradeProfiles/).length > 0).toBe(isAsked);
    });

    it('does not ask for the subscription’s, and cannot miss it', async () => {
      const scanner = await openScanner();
      scanner.simulator.faults.push({ match: /Microsoft\.Security\/pricings/, status: 403 });
      const match = { subscription: scanner.subscriptionId };
      const off = { overrides: [{ match, checks: { 'defender-plan': { enabled: false } } }] };
      const { status } = await scanner.run({ scan: 'defender', baseline: file(off) });

      expect([status, scanner.asked(/pricings/)]).toEqual(['completed', []]);
    });
  });

  it('by tag still holds for a cluster that cannot be read', async () => {
    const scanner = await failing(1);
    const cluster = clusterAt(scanner.world, 0);
    cluster.tags = { Stage: 'Test' };
    const checks = { [CHECK]: { severity: 'low' }, 'k8s-rbac-enabled': { enabled: false } };
    const content = { overrides: [{ match: { tags: { stage: 'test' } }, checks }] };
    await under(scanner, content);
    scanner.simulator.faults.push({ match: /managedClusters/, status: 403 });
    scanner.skip();
    scanner.pass(DAY);
    const exempt = [{ check: CHECK, reason: 'x', expiresOn: '2027-01-01' }];
    const told = await under(scanner, { ...content, exemptions: exempt });
    const rows = scanner.newRows('AksCompliance_CL');

    expect(told).toEqual([`exemptionStarted expectation ${CHECK} ${cluster.name} -`]);
    expect(scanner.simulator.rows('AksDrift_CL').at(-1)).toMatchObject({ Severity: 'low' });
    expect(rows.filter(({ CheckId }) => CheckId === CHECK)).toMatchObject([
      { Severity: 'low', Outcome: 'unknown', LastOutcome: 'fail', Exempt: true },
    ]);
    expect(rows.filter(({ CheckId }) => CheckId === 'k8s-rbac-enabled')).toEqual([]);
  });
});

describe('a cluster that leaves the scope', () => {
  const without = (name: string): object => ({ scope: { exclude: [{ cluster: name }] } });

  it('is retired once per finding that failed, with a last row for every finding, and the run row counts it', async () => {
    const scanner = await failing();
    const [one, other] = [nameAt(scanner, 0), nameAt(scanner, 1)];
    const known = scanner.simulator.rows('AksCompliance_CL').filter(({ ClusterName }) => ClusterName === one);

    expect(await under(scanner, without(one))).toEqual(about('retired expectation', one));
    const rows = scanner.newRows('AksCompliance_CL');
    expect(rows.map(({ FindingId }) => FindingId).sort()).toEqual(known.map(({ FindingId }) => FindingId).sort());
    expect(new Set(rows.map(({ Outcome }) => Outcome))).toEqual(new Set(['gone']));
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([{ Clusters: 1, Message: 'Clusters out of scope: 1.' }]);
    scanner.pass(DAY);
    expect(await under(scanner, without(one))).toEqual([]);
    expect(new Set(scanner.newRows('AksCompliance_CL').map(({ ClusterName }) => ClusterName))).toEqual(
      new Set([other]),
    );
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([{ Clusters: 1, Message: 'Clusters out of scope: 1.' }]);
  });

  it.each(['configuration', 'node-images', 'policy', 'defender', 'certificates'] as const)(
    'has no more requests: %s',
    async (scan) => {
      const scanner = await openScanner(fleet({ clusters: 1 }));
      const name = nameAt(scanner, 0);
      await scanner.run({ scan, baseline: file(without(name)) });

      expect(scanner.asked(/managedClusters\/|kubernetesVersions|policyStates|Microsoft\.ResourceGraph/)).toEqual([]);
      expect(rowsOf(scanner, ({ ClusterName }) => ClusterName === name)).toEqual([]);
    },
  );

  it('tells nobody of its own, and says so in no report', async () => {
    const scanner = await failing();
    await under(scanner, without(nameAt(scanner, 0)));
    const observer = new Listener();
    await under(scanner, without(nameAt(scanner, 0)), { observer });

    expect(observer.clusters).toEqual([nameAt(scanner, 1)]);
  });

  it('and is deleted, is gone without a word', async () => {
    const scanner = await failing();
    const name = nameAt(scanner, 0);
    await under(scanner, without(name));
    scanner.world.clusters.shift();

    expect(await under(scanner, without(name))).toEqual([]);
    expect(await under(scanner, {})).toEqual([]);
    scanner.pass(DAY);
    await under(scanner, {});
    expect((await scanner.state())?.lines.map(({ key }) => key.split('/').at(-1))).toEqual(['', nameAt(scanner, 0)]);
  });

  it('and is deleted while it cannot be read, is gone without a word', async () => {
    const scanner = await failing();
    const name = nameAt(scanner, 0);
    await under(scanner, without(name));
    scanner.simulator.faults.push({ match: /managedClusters/, status: 403 });
    expect(await under(scanner, without(name))).toEqual([]);
    expect(messages(scanner).at(-1)).toMatch(/Clusters out of scope: 1\.$/);
    scanner.simulator.faults.length = 0;
    scanner.world.clusters.shift();

    expect(await under(scanner, without(name))).toEqual([]);
  });

  it('and comes back, is read for the first time', async () => {
    const scanner = await failing();
    const cluster = clusterAt(scanner.world, 0);
    await under(scanner, without(cluster.name));
    // A pool that came meanwhile, and one that went.
    const pools = cluster.properties.agentPoolProfiles as Row[];
    pools.push({ ...copyOf(itemAt(pools, 1)), name: 'user2' });
    await under(scanner, without(cluster.name));
    pools.splice(1, 1);
    scanner.skip();

    expect(await under(scanner, {})).toEqual([
      `baseline firstRead ${CHECK} ${cluster.name} -`,
      `baseline firstRead ${POOL_CHECK} ${cluster.name} user2`,
    ]);
    expect(messages(scanner)).toEqual([null]);
    expect(await under(scanner, {})).toEqual([]);
  });

  it('and comes back after it could not be read, is read for the first time', async () => {
    const scanner = await failing();
    const cluster = clusterAt(scanner.world, 0);
    await under(scanner, without(cluster.name));
    scanner.simulator.faults.push({ match: /managedClusters/, status: 403 });
    await under(scanner, without(cluster.name));
    scanner.simulator.faults.length = 0;
    const pools = cluster.properties.agentPoolProfiles as Row[];
    pools.push({ ...copyOf(itemAt(pools, 1)), name: 'user2' });

    expect(await under(scanner, {})).toEqual([
      ...about('baseline firstRead', cluster.name),
      `baseline firstRead ${POOL_CHECK} ${cluster.name} user2`,
    ]);
  });

  it('leaves it also while it cannot be read', async () => {
    const scanner = await failing();
    const one = nameAt(scanner, 0);
    scanner.simulator.faults.push({ match: /managedClusters/, status: 403 });

    expect(await under(scanner, without(one))).toEqual(about('retired expectation', one));
    expect(await under(scanner, without(one))).toEqual([]);
    scanner.simulator.faults.length = 0;
    expect(await under(scanner, {})).toEqual(about('baseline firstRead', one));
  });

  it('by its tags, and comes back when they change', async () => {
    const scanner = await failing();
    const cluster = clusterAt(scanner.world, 0);
    const content = { scope: { exclude: [{ tags: { stage: 'lab' } }] } };
    expect(await under(scanner, content)).toEqual([]);
    cluster.tags = { Stage: 'Lab' };
    expect(await under(scanner, content)).toEqual(about('retired expectation', cluster.name));
    cluster.tags = {};

    expect(await under(scanner, content)).toEqual(about('baseline firstRead', cluster.name));
  });

  it('keeps its last words while they are refused', async () => {
    const scanner = await failing(1);
    const name = nameAt(scanner, 0);
    const allow = scanner.refuseUploads();
    await under(scanner, without(name));
    allow();
    scanner.world.clusters.length = 0;

    expect(await under(scanner, without(name))).toEqual(about('retired expectation', name));
    expect((await scanner.state())?.lines.map(({ key }) => key)).toEqual(['']);
  });
});

describe('a cluster that is new', () => {
  const young = { scope: { exclude: [{ youngerThanDays: 2 }] } };

  it('is left out until it is old enough', async () => {
    const scanner = await failing(2);
    const cluster = itemAt(scanner.world.clusters.splice(0, 1), 0);
    expect(await under(scanner, young)).toEqual([`clusterRemoved azure - ${cluster.name} -`]);
    cluster.systemData = { createdAt: scanner.now };
    Object.assign(cluster.properties, { resourceUID: 'another' });
    scanner.world.clusters.unshift(cluster);
    expect(await under(scanner, young)).toEqual([]);
    scanner.pass(2 * DAY - 2 * HOUR);
    expect(await under(scanner, young)).toEqual([]);

    expect(await under(scanner, young)).toEqual(about('baseline firstRead', cluster.name));
  });

  it('and was made again in the place of a watched one ends that one', async () => {
    const scanner = await failing(1);
    const cluster = clusterAt(scanner.world, 0);
    Object.assign(cluster.properties, { resourceUID: 'another' });
    cluster.systemData = { createdAt: scanner.now };

    expect(await under(scanner, young)).toEqual([`clusterRemoved azure - ${cluster.name} -`]);
    expect(await under(scanner, young)).toEqual([]);
  });

  it('is watched where nobody knows its age', async () => {
    const scanner = await openScanner(fleet({ clusters: 1 }));
    clusterAt(scanner.world, 0).systemData = { createdAt: 'yesterday' };
    await scanner.run({ baseline: file(young) });

    expect(rowsOf(scanner, ({ ClusterName }) => ClusterName === nameAt(scanner, 0)).length).toBeGreaterThan(0);
  });

  it('is left out of the first run too', async () => {
    const scanner = await openScanner();
    clusterAt(scanner.world, 0).systemData = { createdAt: scanner.now };
    await scanner.run({ baseline: file(young) });
    scanner.pass(3 * DAY);
    scanner.skip();

    expect(await under(scanner, young)).toEqual([]);
  });
});

describe('a muting window', () => {
  const WHY = { reason: 'Maintenance', by: 'Platform team' };

  /** A window over the next run of an hour from now. */
  const next = ({ now }: Scanner, more: object = {}): object => ({
    mute: [{ ...WHY, once: { from: now, until: new Date(Date.parse(now) + HOUR).toISOString() }, ...more }],
  });

  it('marks rows and events while it is open; a row is sent again when it ends', async () => {
    const scanner = await failing(1);
    const content = next(scanner);
    clusterAt(scanner.world, 0).properties.enableRBAC = false;
    await under(scanner, content);
    const event = scanner.simulator.rows('AksDrift_CL').find(({ CheckId }) => CheckId === 'k8s-rbac-enabled');
    const during = scanner.newRows('AksCompliance_CL');
    await under(scanner, content);
    const after = scanner.newRows('AksCompliance_CL');

    expect(event).toMatchObject({ Transition: 'regressed', Muted: true });
    expect(new Set(during.map(({ Muted }) => Muted))).toEqual(new Set([true]));
    expect(new Set(after.map(({ Muted }) => Muted))).toEqual(new Set([false]));
    expect(after.map(({ FindingId }) => FindingId).sort()).toEqual(during.map(({ FindingId }) => FindingId).sort());
    await under(scanner, content);
    expect(scanner.newRows('AksCompliance_CL')).toEqual([]);
  });

  it('is about what it names', async () => {
    const scanner = await failing(2);
    await under(
      scanner,
      next(scanner, { match: { cluster: nameAt(scanner, 0), nodePool: 'user1' }, checks: [POOL_CHECK] }),
    );

    expect(
      scanner
        .newRows('AksCompliance_CL')
        .map(({ ClusterName, CheckId, NodePool, Muted }) => [...[ClusterName, CheckId, NodePool, Muted]]),
    ).toEqual([[nameAt(scanner, 0), POOL_CHECK, 'user1', true]]);
  });

  it('changes no event', async () => {
    const scanner = await failing(1);
    scanner.world.clusters.length = 0;

    expect(await under(scanner, next(scanner))).toHaveLength(1);
    expect(scanner.simulator.rows('AksDrift_CL').at(-1)).toMatchObject({ Transition: 'clusterRemoved', Muted: true });
  });

  it('is open or not as of the moment as of which all is judged', async () => {
    const scanner = await failing(1);
    const content = next(scanner);
    scanner.pass(DAY);
    await scanner.run({ baseline: file(content), asOf: new Date(Date.parse(scanner.now) - DAY) });

    expect(new Set(scanner.newRows('AksCompliance_CL').map(({ Muted }) => Muted))).toEqual(new Set([true]));
  });

  it('does not mute the change that opens it', async () => {
    const scanner = await failing(1);
    await scanner.run({ baseline: file(next(scanner)) });

    expect(scanner.newRows('AksDrift_CL')).toMatchObject([{ Transition: 'baselineChanged', Muted: false }]);
  });
});

describe('owner and environment', () => {
  const content = {
    ownership: {
      owner: { cluster: ['squad'], resourceGroup: ['owner'], subscription: ['owner'] },
      environment: { subscription: ['stage'] },
    },
  };
  const groupOf = ({ world }: Scanner, index: number): string =>
    clusterAt(world, index).id.toLowerCase().split('/').slice(0, 5).join('/');
  const pairsIn = (rows: readonly Row[], name: string | null): unknown[] => [
    ...new Set(
      rows
        .filter(({ ClusterName }) => ClusterName === name)
        .map(({ Owner, Environment }) => `${String(Owner)} ${String(Environment)}`),
    ),
  ];

  /** One cluster with a tag of its own, one in a group with a tag, in a subscription with tags. */
  async function tagged(): Promise<Scanner> {
    const world = fleet();
    const scanner = await openScanner(world);
    clusterAt(world, 0).tags = { Squad: 'blue' };
    clusterAt(world, 0).properties.disableLocalAccounts = false;
    world.resourceGroupTags = { [groupOf(scanner, 0)]: { owner: 'group' }, [groupOf(scanner, 1)]: { owner: 'group' } };
    itemAt(world.subscriptions, 0).tags = { owner: 'platform', stage: 'prod' };
    await scanner.run({ baseline: file(content) });
    scanner.pass(DAY);
    return scanner;
  }

  it('stand in both tables, by the nearest tag', async () => {
    const scanner = await tagged();
    const rows = scanner.newRows('AksCompliance_CL');

    expect(pairsIn(scanner.newRows('AksDrift_CL'), nameAt(scanner, 0))).toEqual(['blue prod']);
    expect(pairsIn(rows, nameAt(scanner, 0))).toEqual(['blue prod']);
    expect(pairsIn(rows, nameAt(scanner, 1))).toEqual(['group prod']);
  });

  it('are the subscription’s own for what is about it', async () => {
    const scanner = await openScanner(fleet({ clusters: 0 }));
    itemAt(scanner.world.subscriptions, 0).tags = { owner: 'platform', stage: 'prod' };
    await scanner.run({ scan: 'defender', baseline: file(content) });

    expect(pairsIn(scanner.newRows('AksCompliance_CL'), null)).toEqual(['platform prod']);
  });

  it('stay what they were while the groups cannot be read, and the run row says why', async () => {
    const scanner = await tagged();
    scanner.simulator.faults.push({ match: /resourcegroups\?/, status: 403 });
    scanner.skip();
    await under(scanner, content);
    const rows = scanner.newRows('AksCompliance_CL');

    expect(pairsIn(rows, nameAt(scanner, 0))).toEqual(['blue prod']);
    expect(pairsIn(rows, nameAt(scanner, 1))).toEqual(['group prod']);
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([
      {
        Status: 'completed',
        Message:
          'The tags of resource groups could not be read (forbidden): HTTP 403 AuthorizationFailed: Simulated fault.',
      },
    ]);
  });

  it('stay what they were while a group is not shown, and while the cluster cannot be read', async () => {
    const scanner = await tagged();
    scanner.world.denied.push({ scope: groupOf(scanner, 1), action: '*' });
    await under(scanner, content);
    scanner.world.denied.push({ scope: '/', action: 'Microsoft.ContainerService/managedClusters/read' });
    scanner.skip();
    scanner.pass(DAY);
    await under(scanner, content);

    expect(pairsIn(scanner.newRows('AksCompliance_CL'), nameAt(scanner, 1))).toEqual(['group prod']);
  });

  it('change with the tags', async () => {
    const scanner = await tagged();
    clusterAt(scanner.world, 0).tags = {};
    scanner.world.resourceGroupTags[groupOf(scanner, 0)] = {};
    scanner.skip();
    await under(scanner, content);

    expect(pairsIn(scanner.newRows('AksCompliance_CL'), nameAt(scanner, 0))).toEqual(['platform prod']);
  });

  it('cost no request where nobody names a tag of a group or a subscription', async () => {
    const scanner = await openScanner();
    await scanner.firstRun({ baseline: file({ ownership: { owner: { cluster: ['owner'] } } }) });
    await under(scanner, { ownership: { owner: { cluster: ['owner'] } } });

    expect(scanner.asked(/resourcegroups\?|subscriptions\/[^/]*\?/i)).toEqual([]);
  });
});

describe('the day by which a failure must be mended', () => {
  it('is counted from the first failure, by the severity in effect', async () => {
    const scanner = await failing(1);
    const since = scanner.simulator.rows('AksCompliance_CL').find(({ CheckId }) => CheckId === CHECK)?.Since;
    const daysAfter = (days: number): string => new Date(Date.parse(String(since)) + days * DAY).toISOString();
    const days = { remediationDays: { critical: 1, high: 14 } };
    const dueDays = (): unknown[] =>
      rowsOf(scanner, ({ CheckId }) => CheckId === CHECK).map(({ RemediateBy }) => RemediateBy);
    scanner.pass(DAY);
    await under(scanner, days);
    const standard = dueDays();
    await under(scanner, { ...days, checks: { [CHECK]: { severity: 'critical' } } });
    const critical = dueDays();
    await under(scanner, { ...days, checks: { [CHECK]: { severity: 'low' } } });
    const low = dueDays();
    clusterAt(scanner.world, 0).properties.disableLocalAccounts = true;
    await under(scanner, days);

    expect([standard, critical, low, dueDays()]).toEqual([[daysAfter(14)], [daysAfter(1)], [null], [null]]);
  });

  it('is none for what leaves', async () => {
    const scanner = await failing(1);
    await under(scanner, { remediationDays: { high: 14 }, checks: { [CHECK]: { enabled: false } } });

    expect(rowsOf(scanner, ({ Outcome }) => Outcome === 'gone')).toMatchObject([{ CheckId: CHECK, RemediateBy: null }]);
  });
});

describe('another baseline file', () => {
  const SCOPE = { scope: { exclude: [{ cluster: 'nobody' }] } };
  const told = (scanner: Scanner): Row[] =>
    scanner.newRows('AksDrift_CL').filter(({ Transition }) => Transition === 'baselineChanged');

  it('is told once, with what differs and the severity of the strictest check that it weakens', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    const checks = { [CHECK]: { enabled: false }, 'required-tags': { severity: 'critical' } };
    await scanner.run({ baseline: file({ checks, remediationDays: { low: 90 } }) });
    await scanner.run({ baseline: file({ checks, remediationDays: { low: 90 } }) });

    expect(scanner.simulator.rows('AksDrift_CL')).toMatchObject([
      {
        ...{ Transition: 'baselineChanged', Cause: 'expectation', Severity: 'high', Scan: 'configuration' },
        ...{ ClusterId: '', ClusterName: null, CheckId: null, NodePool: null, OutcomeBefore: null, OutcomeNow: null },
        ValueBefore: { [`checks.${CHECK}.enabled`]: true, 'checks.required-tags.severity': 'low' },
        ValueNow: {
          ...{ [`checks.${CHECK}.enabled`]: false, 'checks.required-tags.severity': 'critical' },
          'remediationDays.low': 90,
        },
        Message: `The baseline file changed in 3 places; less is asked of ${CHECK}.`,
        ...{ Exempt: false, Muted: false },
      },
    ]);
  });

  it('is not told by the first run, nor by the other scans', async () => {
    const scanner = await openScanner();
    await scanner.run({ baseline: file(SCOPE) });
    for (const scan of ['node-images', 'policy', 'defender', 'certificates'] as const) {
      await scanner.run({ scan });
      await scanner.run({ scan, baseline: file(SCOPE) });
    }

    expect(told(scanner)).toEqual([]);
  });

  it('is not told when it means the same', async () => {
    const scanner = await openScanner();
    await scanner.firstRun({ baseline: file({ checks: { [CHECK]: { severity: 'low' } }, ...SCOPE }) });
    await under(scanner, {
      scope: { exclude: [{ cluster: 'NOBODY' }] },
      checks: { 'k8s-rbac-enabled': { enabled: true }, [CHECK]: { severity: 'low', enabled: true } },
    });

    expect(told(scanner)).toEqual([]);
  });

  it('is told when it cannot be told at once', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    const allow = scanner.refuseUploads();
    await under(scanner, SCOPE);
    await under(scanner, SCOPE);
    allow();
    await under(scanner, SCOPE);

    expect(
      scanner.simulator.rows('AksDrift_CL').filter(({ Transition }) => Transition === 'baselineChanged'),
    ).toMatchObject([{ Severity: 'critical', ValueBefore: {}, ValueNow: { 'scope.exclude[cluster nobody]': true } }]);
  });

  it('is told when nothing could be read', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    scanner.simulator.faults.push({ match: /managedClusters/, status: 403 });
    await scanner.run({ baseline: file(SCOPE) });
    await scanner.run({ baseline: file(SCOPE) });

    expect(told(scanner)).toHaveLength(1);
  });

  it('is told once for each subscription', async () => {
    const scanner = await openScanner(fleet({ subscriptions: 2, clusters: 1 }));
    const ids = scanner.world.subscriptions.map(({ id }) => id);
    const runAll = async (content: object): Promise<void> => {
      for (const subscriptionId of ids) {
        await scanner.run({ baseline: file(content), subscriptionId });
      }
    };
    await runAll({});
    await runAll(SCOPE);
    await runAll(SCOPE);

    expect(told(scanner).map(({ SubscriptionId }) => SubscriptionId)).toEqual(ids);
  });
});

describe('an attestation', () => {
  const ID = 'attestation-s1';
  const by = (reviewedOn: string, validForDays: number, more: object = {}): object => ({
    attestations: [{ item: 'S1', reviewedOn, by: 'CISO', validForDays }],
    ...more,
  });
  const line = (told: string): string[] => [`${told} ${ID} - -`];

  it('passes until its day, turns by time, is mended by a review, and retires with its entry', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    const old = by('2026-11-20', 5);
    expect(await under(scanner, old)).toEqual([]);
    expect(rowsOf(scanner, ({ CheckId }) => CheckId === ID)).toMatchObject([
      {
        ...{ Outcome: 'pass', ClusterId: '', ClusterName: null, NodePool: null, ChecklistItem: 'S1' },
        ...{ Scan: 'configuration', Severity: 'medium', DueOn: '2026-11-26T00:00:00.000Z' },
        Message: 'Reviewed on 2026-11-20 by CISO; holds to the end of 2026-11-25.',
      },
    ]);
    scanner.at('2026-11-25T23:59:59.999Z');
    expect(await under(scanner, old)).toEqual([]);
    scanner.at('2026-11-26T00:00:00.000Z');
    expect(await under(scanner, old)).toEqual(line('regressed time'));
    expect(await under(scanner, by('2026-11-26', 365))).toEqual(line('resolved expectation'));
    scanner.pass(400 * DAY);
    expect((await under(scanner, by('2026-11-26', 365))).filter((event) => event.includes(ID))).toEqual(
      line('regressed time'),
    );
    scanner.skip();
    expect(await under(scanner, {})).toEqual(line('retired expectation'));
    expect(rowsOf(scanner, ({ CheckId }) => CheckId === ID)).toMatchObject([{ Outcome: 'gone' }]);
    expect(await under(scanner, {})).toEqual([]);
  });

  it('that is too old fails when it is first seen', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();

    expect(await under(scanner, by('2020-01-01', 365))).toEqual(line('baseline firstRead'));
  });

  it('that is dated ahead fails until its day, which is nobody’s doing', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    expect(await under(scanner, by('2026-11-26', 5))).toEqual(line('baseline firstRead'));
    scanner.at('2026-11-26T00:00:00.000Z');

    expect(await under(scanner, by('2026-11-26', 5))).toEqual(line('resolved time'));
  });

  it('of a requirement that no check answers names it', async () => {
    const scanner = await openScanner();
    const item = ATTESTABLE_ITEMS.find((each) => each.includes(':')) ?? '';
    await scanner.run({ baseline: file({ attestations: [{ item, reviewedOn: '2026-11-20', by: 'CISO' }] }) });
    const [framework = '', requirement = ''] = item.split(':');

    expect(rowsOf(scanner, ({ CheckId }) => String(CheckId).startsWith('attestation-'))).toMatchObject([
      { Outcome: 'pass', ChecklistItem: null, Controls: { [framework]: [requirement] }, ClusterId: '' },
    ]);
  });

  it('comes once, from the configuration scan only, and in no report as one of a cluster’s', async () => {
    const scanner = await openScanner();
    for (const scan of ['configuration', 'policy', 'defender'] as const) {
      await scanner.run({ scan, baseline: file(by('2026-11-20', 30)) });
    }

    expect(rowsOf(scanner, ({ CheckId }) => CheckId === ID)).toHaveLength(1);
  });
});
