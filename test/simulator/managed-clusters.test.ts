import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FAKE_CLUSTER_TOKEN, generatedFleet, poolsOf, worldFromBodies } from '../../simulator';
import type { World } from '../../simulator';
import type { LocalAzure } from './local-azure';
import { NOW, at, collect, startLocalAzure } from './local-azure';

const SAMPLES = join(__dirname, '../../../shared/azure-samples/clusters');

let azure: LocalAzure;
let world: World;
let subscriptionId: string;

const list = () => collect(azure.containerService(subscriptionId).managedClusters.list());
const paths = () => azure.simulator.requests.filter(({ action }) => action !== null).map(({ path }) => path);

/** Names with which the SDK asks for a cluster. */
function namesOf(index: number): [group: string, name: string] {
  const cluster = at(world.clusters, index);
  return [cluster.id.split('/')[4] ?? '', cluster.name];
}

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 25, poolsPerCluster: 2, now: NOW });
  subscriptionId = at(world.subscriptions, 0).id;
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

describe('listing clusters', () => {
  it('follows the next link and returns each cluster of the subscription once', async () => {
    const clusters = await list();
    expect(new Set(clusters.map(({ id }) => id)).size).toBe(25);
    expect(paths()).toHaveLength(2);
    expect(azure.simulator.requests.filter(({ action }) => action !== null)).toEqual([
      expect.objectContaining({ action: 'Microsoft.ContainerService/managedClusters/read', status: 200 }),
      expect.objectContaining({ action: 'Microsoft.ContainerService/managedClusters/read', status: 200 }),
    ]);
  });

  it('shows a change of the world in the next answer', async () => {
    at(world.clusters, 0).properties.disableLocalAccounts = false;
    expect((await list()).filter(({ disableLocalAccounts }) => !disableLocalAccounts)).toHaveLength(1);
  });

  it('answers 403 to a caller who lacks the action', async () => {
    const action = 'Microsoft.ContainerService/managedClusters/read';
    world.denied.push({ scope: `/subscriptions/${subscriptionId}`, action });
    await expect(list()).rejects.toMatchObject({ statusCode: 403, code: 'AuthorizationFailed' });
    await expect(
      collect(azure.containerService(at(world.subscriptions, 1).id).managedClusters.list()),
    ).resolves.toHaveLength(25);
  });

  it('leaves out a cluster that the caller may not read, and answers 403 to its GET', async () => {
    world.denied.push({ scope: at(world.clusters, 3).id, action: '*' });
    expect(await list()).toHaveLength(24);
    await expect(azure.containerService(subscriptionId).managedClusters.get(...namesOf(3))).rejects.toMatchObject({
      statusCode: 403,
    });
  });

  it('answers 404 for a subscription that does not exist', async () => {
    const client = azure.containerService('00000000-0000-0000-0000-000000000000');
    await expect(collect(client.managedClusters.list())).rejects.toMatchObject({
      statusCode: 404,
      code: 'SubscriptionNotFound',
    });
  });

  it('breaks on the page that a fault names, as often as it says', async () => {
    azure.simulator.faults.push({ match: /skiptoken/i, status: 503, times: 1 });
    await expect(list()).rejects.toMatchObject({ statusCode: 503 });
    expect(await list()).toHaveLength(25);
  });

  it.each([{ reset: true } as const, { hang: true } as const])('can fail below HTTP: %p', async (failure) => {
    azure.simulator.faults.push({ match: /managedClusters\?/, ...failure });
    const client = azure.containerService(subscriptionId);
    const listing = collect(client.managedClusters.list({ abortSignal: AbortSignal.timeout(300) }));
    await expect(listing).rejects.toThrow(/ECONNRESET|hang up|aborted/i);
    expect(azure.simulator.requests.at(-1)?.status).toBe(0);
  });

  it('serves the recorded bodies as a fleet', async () => {
    if (!existsSync(SAMPLES)) {
      process.stderr.write(`skipped: there are no recorded bodies in ../shared/azure-samples\n`);
      return;
    }
    await azure.simulator.stop();
    const recorded = worldFromBodies(SAMPLES, NOW);
    azure = await startLocalAzure(recorded);
    const perSubscription = await Promise.all(
      recorded.subscriptions.map(({ id }) => collect(azure.containerService(id).managedClusters.list())),
    );
    const ids = perSubscription.flat().map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(25);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('one cluster', () => {
  it('is answered by id in any letter case', async () => {
    const id = at(world.clusters, 0).id.toUpperCase().replace('/SUBSCRIPTIONS', '/subscriptions');
    const response = await azure.arm(`${id}?api-version=2026-06-01`);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-ms-ratelimit-remaining-subscription-reads')).toBe('249');
  });

  it('is 404 when it does not exist', async () => {
    const client = azure.containerService(subscriptionId);
    await expect(client.managedClusters.get('rg-web', 'nope')).rejects.toMatchObject({
      statusCode: 404,
      code: 'ResourceNotFound',
    });
  });

  it('is throttled after 60 reads, with the time to wait', async () => {
    const { id } = at(world.clusters, 0);
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let count = 0; count < 61; count += 1) {
      last = await azure.arm(`${id}?api-version=2026-06-01`);
      statuses.push(last.status);
    }
    expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200));
    expect(last?.status).toBe(429);
    expect(last?.headers.get('retry-after')).toBe('1');
    await expect(last?.json()).resolves.toMatchObject({ error: { code: 'Throttled' } });
  });

  it('is not throttled in a world without throttling', async () => {
    world.throttling = false;
    const { id } = at(world.clusters, 0);
    const responses = await Promise.all(Array.from({ length: 70 }, () => azure.arm(`${id}?api-version=2026-06-01`)));
    expect(responses.every(({ status }) => status === 200)).toBe(true);
  });
});

describe('what belongs to a cluster', () => {
  it('names the newest image of the family and region', async () => {
    const cluster = at(world.clusters, 0);
    const profile = await azure.containerService(subscriptionId).agentPools.getUpgradeProfile(...namesOf(0), 'system');
    expect(profile.latestNodeImageVersion).toBe(at(poolsOf(cluster), 0).nodeImageVersion);
    world.latestNodeImages[cluster.location ?? ''] = { 'AKSAzureLinux-V3gen2': 'AKSAzureLinux-V3gen2-202612.01.0' };
    const later = await azure.containerService(subscriptionId).agentPools.getUpgradeProfile(...namesOf(0), 'system');
    expect(later.latestNodeImageVersion).toBe('AKSAzureLinux-V3gen2-202612.01.0');
  });

  it('has a weekly window for each kind of upgrade', async () => {
    world.pageSizes.list = 1;
    const read = (index: number) =>
      collect(azure.containerService(subscriptionId).maintenanceConfigurations.listByManagedCluster(...namesOf(index)));
    expect((await read(0)).map(({ name, maintenanceWindow }) => [name, maintenanceWindow?.schedule])).toEqual([
      ['aksManagedAutoUpgradeSchedule', { weekly: { intervalWeeks: 1, dayOfWeek: 'Saturday' } }],
      ['aksManagedNodeOSUpgradeSchedule', { weekly: { intervalWeeks: 1, dayOfWeek: 'Sunday' } }],
    ]);
    expect(paths()).toHaveLength(2);
    world.maintenanceConfigurations = {};
    expect(await read(0)).toEqual([]);
    world.clusters.shift();
    await expect(azure.arm(at(paths(), 0))).resolves.toMatchObject({ status: 404 });
  });

  it('offers the version that the fleet runs', async () => {
    const { location = '', properties } = at(world.clusters, 0);
    const { values = [] } = await azure
      .containerService(subscriptionId)
      .managedClusters.listKubernetesVersions(location);
    expect(values.flatMap(({ patchVersions = {} }) => Object.keys(patchVersions))).toContain(
      properties.kubernetesVersion,
    );
  });

  it('gives an Entra cluster a kubeconfig without a secret, any other one with a token', async () => {
    delete at(world.clusters, 1).properties.aadProfile;
    const read = async (index: number): Promise<string> => {
      const { managedClusters } = azure.containerService(subscriptionId);
      const { kubeconfigs = [] } = await managedClusters.listClusterUserCredentials(...namesOf(index));
      return Buffer.from(kubeconfigs[0]?.value ?? []).toString();
    };
    expect(await read(0)).toContain('kubelogin');
    expect(await read(0)).not.toContain(FAKE_CLUSTER_TOKEN);
    expect(await read(1)).toContain(FAKE_CLUSTER_TOKEN);
  });
});
