import { readdirSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { healthyApiServer, weeklyWindows, type World } from '../../simulator';
import {
  clusterAt,
  eventLine,
  HOUR,
  itemAt,
  openBench,
  poolAt,
  START,
  subscriptionAt,
  type Table,
} from '../support/cli';

const SCHEMA_FOLDER = join(__dirname, '..', '..', 'infra', 'schema');

function columnsOf(table: Table): string[] {
  const schema = JSON.parse(readFileSync(join(SCHEMA_FOLDER, `${table}.json`), 'utf8')) as {
    columns: { name: string }[];
  };
  return schema.columns.map(({ name }) => name).sort();
}

const TABLES: Table[] = ['AksDrift_CL', 'AksCompliance_CL', 'AksMonitorRun_CL'];

interface Change {
  readonly name: string;
  readonly apply: (world: World) => void;
  /** With {a} for the first cluster. */
  readonly events: readonly string[];
}

const CHANGES: readonly Change[] = [
  {
    name: 'a setting of a cluster',
    apply: (world) => (clusterAt(world, 0).properties.disableLocalAccounts = false),
    events: ['regressed azure local-accounts-disabled {a} -'],
  },
  {
    name: 'a setting of one node pool',
    apply: (world) => (poolAt(clusterAt(world, 0), 1).enableNodePublicIP = true),
    events: ['regressed azure node-public-ip {a} user1'],
  },
  {
    name: 'watched values of what passes, letter case aside',
    apply: ({ clusters }) => {
      for (const { properties } of clusters.slice(0, 1)) {
        const authorizedIPRanges = ['203.0.113.0/24', '198.51.100.0/24'];
        Object.assign(properties.apiServerAccessProfile as object, { authorizedIPRanges });
        properties.nodeResourceGroup = String(properties.nodeResourceGroup).toUpperCase();
      }
    },
    events: ['changed azure api-authorized-ip-ranges {a} -'],
  },
  {
    name: 'the certificate of an API server',
    apply: (world) => {
      for (const apiServer of Object.values(world.apiServers).slice(0, 1)) {
        apiServer.certificate = { notBefore: new Date('2026-10-01'), notAfter: new Date('2026-11-28') };
      }
    },
    events: ['regressed azure apiserver-cert-expiry {a} -'],
  },
  {
    name: 'a verdict of Azure Policy',
    apply: (world) => {
      itemAt(world.policyStates, 0).complianceState = 'NonCompliant';
    },
    events: ['regressed azure policy-compliance {a} -'],
  },
  {
    name: 'the Defender plan of the subscription',
    apply: (world) => {
      itemAt(world.pricings, 0).properties.pricingTier = 'Free';
    },
    events: ['regressed azure defender-plan - -'],
  },
  {
    name: 'a new cluster that fails',
    apply: (world) => {
      const copy = structuredClone(clusterAt(world, 0));
      copy.id = `${copy.id}-b`;
      copy.name = `${copy.name}-b`;
      copy.properties.resourceUID = '0123456789abcdef01234567';
      copy.properties.disableLocalAccounts = false;
      world.clusters.push(copy);
      world.apiServers[copy.id.toLowerCase()] = healthyApiServer(START);
      world.maintenanceConfigurations[copy.id.toLowerCase()] = weeklyWindows(copy.id);
    },
    events: ['baseline newSubject local-accounts-disabled {a}-b -', 'clusterAppeared azure - {a}-b -'],
  },
  {
    name: 'a new node pool that fails',
    apply: (world) => {
      const cluster = clusterAt(world, 0);
      cluster.properties.agentPoolProfiles = [
        poolAt(cluster, 0),
        poolAt(cluster, 1),
        { ...poolAt(cluster, 1), name: 'user9', enableNodePublicIP: true },
      ];
    },
    events: ['baseline newSubject node-public-ip {a} user9', 'nodePoolAppeared azure - {a} user9'],
  },
  {
    name: 'noise: counts (arm-template-whatif #128), order, letter case of ids, tags of AKS, another eTag',
    apply: (world) => {
      world.clusters.reverse();
      for (const cluster of world.clusters) {
        cluster.id = cluster.id.replace('/resourceGroups/', '/resourcegroups/');
        cluster.tags = { 'aks-managed-cluster-name': 'x' };
        cluster.properties.agentPoolProfiles = [poolAt(cluster, 1), poolAt(cluster, 0)];
        Object.assign(poolAt(cluster, 0), { count: 9, eTag: 'another' });
      }
    },
    events: [],
  },
];

describe('scan --publish --state', () => {
  it('tells at the first run only of what fails, and never of a cluster that appeared', async () => {
    const bench = await openBench();
    const cluster = clusterAt(bench.world, 0);
    cluster.properties.disableLocalAccounts = false;
    poolAt(cluster, 1).enableNodePublicIP = true;

    const { code, report } = await bench.publish();

    expect(code).toBe(0);
    expect(bench.newEvents()).toEqual([
      `baseline firstRead local-accounts-disabled ${cluster.name} -`,
      `baseline firstRead node-public-ip ${cluster.name} user1`,
    ]);
    expect(report.events.map(({ transition, checkId }) => `${transition} ${checkId ?? ''}`).sort()).toEqual([
      'baseline local-accounts-disabled',
      'baseline node-public-ip',
    ]);
    expect(report.subscriptions.map(({ scan, status, clusters }) => `${scan} ${status} ${clusters}`)).toEqual([
      'configuration completed 2',
      'node-images completed 2',
      'certificates completed 2',
      'policy completed 2',
      'defender completed 2',
    ]);
    expect(report.clusters.map(({ name, nodePools }) => `${name} ${nodePools.join(' ')}`).sort()).toEqual(
      bench.world.clusters.map(({ name }) => `${name} system user1`).sort(),
    );
  });

  it.each(CHANGES)('tells of $name once', async ({ apply, events }) => {
    const bench = await openBench();
    await bench.firstRun();
    const name = clusterAt(bench.world, 0).name;

    apply(bench.world);
    const second = await bench.publish();
    const told = bench.newEvents();
    const keys = told.length;
    bench.pass(HOUR);
    const third = await bench.publish();

    expect(told).toEqual(events.map((event) => event.replaceAll('{a}', name)).sort());
    expect(second.report.events).toHaveLength(keys);
    expect([second.code, third.code]).toEqual([0, 0]);
    expect(bench.newEvents()).toEqual([]);
    expect(third.report.events).toEqual([]);
  });

  it('resolves what is put right, with both sides and the moment', async () => {
    const bench = await openBench();
    const cluster = clusterAt(bench.world, 0);
    cluster.properties.disableLocalAccounts = false;
    await bench.firstRun();

    cluster.properties.disableLocalAccounts = true;
    const { report } = await bench.publish();

    expect(report.events).toEqual([
      expect.objectContaining({
        transition: 'resolved',
        cause: 'azure',
        clusterId: cluster.id,
        before: { outcome: 'fail', observed: { disableLocalAccounts: false } },
        now: { outcome: 'pass', observed: { disableLocalAccounts: true } },
        since: bench.now.toISOString(),
      }),
    ]);
  });

  it('fills exactly the columns of the schema in all three tables, each event with an id of its own', async () => {
    const bench = await openBench();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    clusterAt(bench.world, 1).properties.disableLocalAccounts = false;
    await bench.firstRun();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = true;
    clusterAt(bench.world, 1).properties.disableLocalAccounts = true;
    await bench.publish();

    expect(readdirSync(SCHEMA_FOLDER).sort()).toEqual(TABLES.map((table) => `${table}.json`).sort());
    for (const table of TABLES) {
      const shapes = new Set(bench.simulator.rows(table).map((row) => Object.keys(row).sort().join()));
      expect([...shapes]).toEqual([columnsOf(table).join()]);
    }
    const ids = bench.simulator.rows('AksDrift_CL').map(({ EventId }) => EventId);
    expect(new Set(ids).size).toBe(4);
    expect(ids).toHaveLength(4);
  });

  it('writes one run row per scan and subscription, and compliance rows once a day', async () => {
    const bench = await openBench();
    await bench.firstRun();
    await bench.publish();
    const sameDay = bench.newRows('AksCompliance_CL');
    const runs = bench.newRows('AksMonitorRun_CL');
    bench.pass(24 * HOUR);
    const { report } = await bench.publish();

    expect(sameDay).toEqual([]);
    expect(runs.map(({ Scan, SubscriptionId, Status }) => [Scan, SubscriptionId, Status]).sort()).toEqual(
      ['certificates', 'configuration', 'defender', 'node-images', 'policy'].map((scan) => [
        scan,
        subscriptionAt(bench.world, 0),
        'completed',
      ]),
    );
    expect(bench.newRows('AksCompliance_CL')).toHaveLength(report.findings.length);
  });

  it('sends a compliance row when its outcome changes, with the stored outcome and the last change', async () => {
    const bench = await openBench();
    await bench.firstRun();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    await bench.publish();

    const [event] = bench.newRows('AksDrift_CL');
    expect(bench.newRows('AksCompliance_CL')).toEqual([
      expect.objectContaining({
        CheckId: 'local-accounts-disabled',
        Outcome: 'fail',
        LastOutcome: 'fail',
        ClusterId: clusterAt(bench.world, 0).id.toLowerCase(),
        LastChange: expect.objectContaining({ eventId: event?.EventId, transition: 'regressed' }) as unknown,
      }),
    ]);
  });

  it('says in the row what opened a failure that fails otherwise now; version 1 of the report does not', async () => {
    const bench = await openBench();
    const setChannel = (channel: string): void => {
      clusterAt(bench.world, 0).properties.autoUpgradeProfile = { nodeOSUpgradeChannel: channel };
    };
    setChannel('None');
    await bench.firstRun(['--scan', 'configuration']);
    setChannel('Unmanaged');
    const { report } = await bench.publish(['--scan', 'configuration']);

    const rows = bench.newRows('AksCompliance_CL').filter(({ CheckId }) => CheckId === 'node-os-upgrade-channel');
    const opened = { transition: 'baseline', cause: 'firstRead' };
    expect(rows).toMatchObject([{ LastChange: { transition: 'changed', cause: 'azure', opened } }]);
    const finding = report.findings.find(({ findingId }) => findingId === rows[0]?.FindingId);
    expect(finding?.lastChange).toMatchObject({ transition: 'changed', cause: 'azure' });
    expect(finding?.lastChange).not.toHaveProperty('opened');
  });

  it('gives the same findings in the same order at the same clock, whichever source answers first', async () => {
    const bench = await openBench();
    const first = await bench.scan();
    bench.simulator.faults.push({ match: /kubernetesVersions/, delayMs: 400 });
    const second = await bench.scan();

    expect(second.report.findings.map(({ findingId }) => findingId)).toEqual(
      first.report.findings.map(({ findingId }) => findingId),
    );
    expect(second.report.findings).toEqual(first.report.findings);
    expect(new Set(first.report.findings.map(({ findingId }) => findingId)).size).toBe(first.report.findings.length);
  });

  it('reports drift once without publishing, and says nothing of the past without a state', async () => {
    const bench = await openBench();
    await bench.scan(['--state', bench.state]);
    bench.pass(HOUR);
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    const drifted = await bench.scan(['--state', bench.state]);
    const quiet = await bench.scan(['--state', bench.state]);
    const stateless = await bench.scan();

    expect(drifted.report.events.map(({ transition }) => transition)).toEqual(['regressed']);
    expect(quiet.report.events).toEqual([]);
    expect(stateless.report.events).toEqual([]);
    expect(stateless.report.findings.filter(({ since, lastChange }) => since !== null || lastChange !== null)).toEqual(
      [],
    );
    expect(TABLES.flatMap((table) => bench.simulator.rows(table))).toEqual([]);
  });

  it('publishes the events that runs without --publish have told only to people: none twice', async () => {
    const bench = await openBench();
    await bench.scan(['--state', bench.state]);
    bench.pass(HOUR);
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    await bench.scan(['--state', bench.state]);
    bench.pass(HOUR);
    const { report } = await bench.publish();

    expect(report.events).toEqual([]);
    expect(bench.newRows('AksDrift_CL').map(eventLine)).toEqual([]);
    expect(bench.newRows('AksCompliance_CL').filter(({ Outcome }) => Outcome === 'fail')).toHaveLength(1);
  });

  it('leaves no temporary file behind', async () => {
    const bench = await openBench();
    await bench.publish();
    await bench.scan();

    expect(await readdir(bench.temporary)).toEqual([]);
    expect((await readdir(bench.state, { recursive: true })).filter((file) => !file.endsWith('.gz'))).toEqual([
      subscriptionAt(bench.world, 0),
    ]);
  });
});
