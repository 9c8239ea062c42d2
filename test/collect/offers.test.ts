import { kubernetesVersions } from '../../shared/collect/kubernetes-versions';
import { normaliseCluster } from '../../shared/collect/normalise';
import { upgradeProfiles } from '../../shared/collect/upgrade-profiles';
import type { Cluster } from '../../shared/model/cluster';
import { emptyWorld, generatedFleet, type ArmBody, type Fault, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { armBody, asked, clustersOf, connected, poolOf, subscriptionIdOf, unread, valueOf } from './collecting';

const VERSIONS = 'Microsoft.ContainerService/locations/kubernetesversions/read';
const PROFILES = 'Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles/read';
const SUBSCRIPTION_ID = at(armBody().id.split('/'), 2);

let azure: LocalAzure;

async function start(world: World): Promise<void> {
  azure = await startLocalAzure({ ...world, throttling: false });
}

afterEach(() => azure.simulator.stop());

function worldOf(clusters: ArmBody[], rest: Partial<World> = {}): World {
  const subscriptions = [{ id: SUBSCRIPTION_ID, displayName: 'one', state: 'Enabled' as const }];
  return { ...emptyWorld(), subscriptions, clusters, ...rest };
}

describe('kubernetesVersions', () => {
  it('asks once per region for many clusters', async () => {
    const world = generatedFleet({ subscriptions: 1, clustersPerSubscription: 30, poolsPerCluster: 1, now: NOW });
    await start(world);
    const clusters = await clustersOf(azure, subscriptionIdOf(world));
    const versions = kubernetesVersions(connected(azure), subscriptionIdOf(world));
    const answers = await Promise.all(clusters.map(async (cluster) => valueOf(await versions(cluster))));
    expect(new Set(answers.map((answer) => answer.map(({ version }) => version).join()))).toEqual(
      new Set(['1.37,1.36,1.35,1.34']),
    );
    const regions = new Set(world.clusters.map(({ location }) => location));
    expect(asked(azure, VERSIONS)).toHaveLength(regions.size);
    expect(regions.size).toBeGreaterThan(1);
  });

  const ask = async (values: unknown) => {
    await start(worldOf([armBody()], { kubernetesVersions: { westeurope: { values } } }));
    return kubernetesVersions(connected(azure), SUBSCRIPTION_ID)(normaliseCluster(armBody()).cluster);
  };

  it.each([
    ['preview', { version: '1.38', isPreview: true }, { version: '1.38', isPreview: true, supportPlans: [] }],
    ['isPreview null', { version: '1.36', isPreview: null }, { version: '1.36', isPreview: false, supportPlans: [] }],
    [
      'support plans in the words of the API',
      { version: '1.36', capabilities: { supportPlan: ['KubernetesOfficial', 'New'] } },
      { version: '1.36', isPreview: false, supportPlans: ['KubernetesOfficial', 'New'] },
    ],
  ])('%s', async (_, value, expected) => {
    expect(valueOf(await ask([value]))).toEqual([expected]);
  });

  it('a region that the service does not know is unread, in the words of Azure', async () => {
    await start(worldOf([armBody()]));
    const answer = await kubernetesVersions(connected(azure), SUBSCRIPTION_ID)(normaliseCluster(armBody()).cluster);
    expect(answer).toMatchObject(unread('unavailable', 'NoRegisteredProviderFound'));
    expect(answer).toMatchObject({
      unread: { source: 'kubernetesVersions', scope: `/subscriptions/${SUBSCRIPTION_ID}/locations/westeurope` },
    });
  });
});

describe('upgradeProfiles', () => {
  const UBUNTU = 'AKSUbuntu-2404gen2containerd-202611.01.0';

  function cluster(name: string, location: string, pools: object[], more: Record<string, unknown> = {}): ArmBody {
    const id = armBody().id.replace('c-One', name);
    const agentPoolProfiles = pools.map((pool) => ({ mode: 'User', currentOrchestratorVersion: '1.36.4', ...pool }));
    return armBody({ agentPoolProfiles, ...more }, { id, name, location });
  }

  async function askFor(bodies: ArmBody[]): Promise<unknown[]> {
    await start(worldOf(bodies));
    const profiles = upgradeProfiles(connected(azure), SUBSCRIPTION_ID);
    const clusters = bodies.map((body) => normaliseCluster(body).cluster);
    const answers = clusters.flatMap((each) => (each.nodePools ?? []).map((pool) => profiles(each, pool)));
    return Promise.all(answers);
  }

  const image = (nodeImageVersion: string | null, more: object = {}) => ({ nodeImageVersion, ...more });

  it.each<[what: string, bodies: ArmBody[], requests: number]>([
    [
      'pools of one family, region and minor share one answer, whatever build and patch they run',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image(UBUNTU) },
          { name: 'q', ...image('AKSUbuntu-2404gen2containerd-202610.27.3'), currentOrchestratorVersion: '1.36.1' },
        ]),
        cluster('b', 'West Europe', [{ name: 'p', ...image('AKSUbuntu-2404gen2containerd-202610.27.0-2024.12.01') }]),
      ],
      1,
    ],
    [
      'another region',
      [
        cluster('a', 'westeurope', [{ name: 'p', ...image(UBUNTU) }]),
        cluster('b', 'eastus2', [{ name: 'p', ...image(UBUNTU) }]),
      ],
      2,
    ],
    [
      'another minor',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image(UBUNTU) },
          { name: 'q', ...image(UBUNTU), currentOrchestratorVersion: '1.35.9' },
        ]),
      ],
      2,
    ],
    [
      '1.3 is not 1.36',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image(UBUNTU) },
          { name: 'q', ...image(UBUNTU), currentOrchestratorVersion: '1.3.6' },
        ]),
      ],
      2,
    ],
    [
      'another family',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image(UBUNTU) },
          { name: 'q', ...image('AKSUbuntu-2404gen2fipscontainerd-202611.01.0') },
        ]),
      ],
      2,
    ],
    [
      'a family without a sku',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image('AKSAzureContainerLinux-202606.01.0') },
          { name: 'q', ...image('AKSAzureContainerLinux-202607.01.0') },
        ]),
      ],
      1,
    ],
    [
      'Windows of one year',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image('AKSWindows-2022-containerd-20348.1787.230614') },
          { name: 'q', ...image('AKSWindows-2022-containerd-20348.4529.251212') },
        ]),
      ],
      1,
    ],
    [
      'Windows of two years',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image('AKSWindows-2019-containerd-17763.4499.230614') },
          { name: 'q', ...image('AKSWindows-2022-containerd-20348.1787.230614') },
        ]),
      ],
      2,
    ],
    [
      'Windows of two years, without a container runtime in the name',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image('AKSWindows-2019-17763.4499.230614') },
          { name: 'q', ...image('AKSWindows-2022-20348.1787.230614') },
        ]),
      ],
      2,
    ],
    [
      'dates of the old form',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image('AKSUbuntu-1804gen2containerd-2021.10.12') },
          { name: 'q', ...image('AKSUbuntu-1804gen2containerd-2021.11.02') },
        ]),
      ],
      1,
    ],
    [
      'two releases of Ubuntu with a date of the old form',
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image('AKSUbuntu-1604-2021.10.12') },
          { name: 'q', ...image('AKSUbuntu-1804-2021.10.12') },
        ]),
      ],
      2,
    ],
    [
      'pools that name no image are asked one by one',
      [cluster('a', 'westeurope', [{ name: 'p' }, { name: 'q', ...image(null) }])],
      2,
    ],
    [
      'pools without a version are asked one by one',
      [
        cluster(
          'a',
          'westeurope',
          [
            { name: 'p', ...image(UBUNTU), currentOrchestratorVersion: null },
            { name: 'q', ...image(UBUNTU), currentOrchestratorVersion: null },
          ],
          { kubernetesVersion: null },
        ),
      ],
      2,
    ],
    [
      "a pool without a version of its own has the cluster's",
      [
        cluster('a', 'westeurope', [
          { name: 'p', ...image(UBUNTU), currentOrchestratorVersion: null },
          { name: 'q', ...image(UBUNTU) },
        ]),
      ],
      1,
    ],
  ])('%s', async (_, bodies, requests) => {
    await askFor(bodies);
    expect(asked(azure, PROFILES)).toHaveLength(requests);
  });

  it('a thousand pools of a fleet cost one request per region and family', async () => {
    const world = generatedFleet({ subscriptions: 1, clustersPerSubscription: 100, poolsPerCluster: 10, now: NOW });
    world.pageSizes.list = 100;
    await start(world);
    const clusters = await clustersOf(azure, subscriptionIdOf(world));
    const profiles = upgradeProfiles(connected(azure), subscriptionIdOf(world));
    const answers = await Promise.all(
      clusters.flatMap((each) =>
        (each.nodePools ?? []).map(async (pool) => ({
          family: pool.nodeImageVersion?.split('-').slice(0, 2).join('-'),
          ...valueOf(await profiles(each, pool)),
        })),
      ),
    );
    expect(asked(azure, PROFILES)).toHaveLength(8);
    expect(answers).toHaveLength(1000);
    expect(
      answers.filter(({ family = '?', latestNodeImageVersion = '' }) => !latestNodeImageVersion.startsWith(family)),
    ).toEqual([]);
  });

  async function askOnce(fault: Omit<Fault, 'match'>): Promise<unknown> {
    const bodies = [cluster('a', 'westeurope', [{ name: 'p', ...image(UBUNTU) }])];
    await start(worldOf(bodies));
    azure.simulator.faults.push({ ...fault, match: /upgradeProfiles/ });
    const found: Cluster = normaliseCluster(at(bodies, 0)).cluster;
    return upgradeProfiles(connected(azure), SUBSCRIPTION_ID)(found, poolOf(found));
  }

  it.each<[when: string, fault: Omit<Fault, 'match'>, expected: object]>([
    [
      'the service names no image',
      { body: '{"properties":{"kubernetesVersion":"1.36.4","osType":"Linux"}}' },
      { ok: true, value: {} },
    ],
    [
      'the service names null',
      { body: '{"properties":{"osType":"Linux","latestNodeImageVersion":null}}' },
      { ok: true, value: {} },
    ],
    [
      'the name is a number',
      { body: '{"properties":{"osType":"Linux","latestNodeImageVersion":5}}' },
      unread('invalid'),
    ],
    ['404', { status: 404 }, unread('notFound', 'HTTP 404 ResourceNotFound: Simulated fault.')],
    ['429', { status: 429, headers: { 'Retry-After': '0' } }, unread('throttled', 'HTTP 429 TooManyRequests')],
  ])('%s', async (_, fault, expected) => {
    const answer = await askOnce(fault);
    expect(answer).toMatchObject(expected);
    // Absent, not null.
    expect(JSON.stringify(answer)).not.toContain('null');
  });

  it('names the pool that was asked', async () => {
    expect(await askOnce({ status: 403 })).toMatchObject({
      unread: { source: 'upgradeProfiles', scope: `${armBody().id.replace('c-One', 'a')}/agentPools/p` },
    });
  });

  it.each([
    ['image', { nodeImageVersion: 5 }],
    ['version', { nodeImageVersion: UBUNTU, currentOrchestratorVersion: 5 }],
  ])('a pool whose %s is of the wrong kind is invalid, never an exception', async (_, pool) => {
    const bodies = [cluster('a', 'westeurope', [{ name: 'p', ...pool }])];
    await start(worldOf(bodies));
    const { cluster: found } = normaliseCluster(at(bodies, 0));
    const ask = async () => upgradeProfiles(connected(azure), SUBSCRIPTION_ID)(found, poolOf(found));
    await expect(ask()).resolves.toMatchObject(unread('invalid', 'expected a string, got a number'));
  });

  it('a deadline while the limiter makes it wait is a timeout, and nothing is asked', async () => {
    const bodies = [cluster('a', 'westeurope', [{ name: 'p', ...image(UBUNTU) }])];
    await start(worldOf(bodies));
    const connection = connected(azure, AbortSignal.abort());
    for (let taken = 0; taken < 60; taken += 1) {
      await connection.limiter.take(SUBSCRIPTION_ID, 'westeurope');
    }
    const { cluster: found } = normaliseCluster(at(bodies, 0));
    const answer = await upgradeProfiles(connection, SUBSCRIPTION_ID)(found, poolOf(found));
    expect(answer).toMatchObject(unread('timeout'));
    expect(asked(azure, PROFILES)).toEqual([]);
  });
});
