import { API_SERVER_CERTIFICATE_ACTIONS } from '../../shared/collect/api-server-certificate';
import { ASSESSMENTS_ACTIONS } from '../../shared/collect/assessments';
import { CLUSTER_CA_ACTIONS } from '../../shared/collect/cluster-ca';
import { CLUSTERS_ACTIONS, listClusters, seekCluster } from '../../shared/collect/clusters';
import { DEFENDER_PLAN_ACTIONS } from '../../shared/collect/defender-plan';
import { KUBERNETES_VERSIONS_ACTIONS } from '../../shared/collect/kubernetes-versions';
import { MAINTENANCE_CONFIGURATIONS_ACTIONS } from '../../shared/collect/maintenance-configurations';
import { OWNERSHIP_TAGS_ACTIONS, resourceGroupTags, subscriptionTags } from '../../shared/collect/ownership-tags';
import { POLICY_STATES_ACTIONS } from '../../shared/collect/policy-states';
import { RESOURCE_GRAPH_ACTIONS } from '../../shared/collect/resource-graph';
import { listSubscriptions, SUBSCRIPTIONS_ACTIONS } from '../../shared/collect/subscriptions';
import { TRUST_BUNDLES_ACTIONS } from '../../shared/collect/trust-bundles';
import { UPGRADE_PROFILES_ACTIONS } from '../../shared/collect/upgrade-profiles';
import { readSettings } from '../../shared/config/settings';
import type { Section } from '../../shared/model/snapshot';
import { azureReaders, collectCluster, collectSubscription } from '../../shared/run/collection';
import { FLEET_MANAGEMENT_GROUP, generatedFleet } from '../../simulator';
import { NOW, at, startLocalAzure } from '../simulator/local-azure';
import { connected, subscriptionIdOf } from './collecting';

const DECLARED = [
  API_SERVER_CERTIFICATE_ACTIONS,
  ASSESSMENTS_ACTIONS,
  CLUSTER_CA_ACTIONS,
  CLUSTERS_ACTIONS,
  DEFENDER_PLAN_ACTIONS,
  KUBERNETES_VERSIONS_ACTIONS,
  MAINTENANCE_CONFIGURATIONS_ACTIONS,
  OWNERSHIP_TAGS_ACTIONS,
  POLICY_STATES_ACTIONS,
  RESOURCE_GRAPH_ACTIONS,
  SUBSCRIPTIONS_ACTIONS,
  TRUST_BUNDLES_ACTIONS,
  UPGRADE_PROFILES_ACTIONS,
].flat();

/** Declared, and asked for by no request below: the action and the reason. */
const NEVER_SEEN: Readonly<Record<string, string>> = {};

const SECTIONS: ReadonlySet<Section> = new Set([
  'kubernetesVersions',
  'apiServerCertificate',
  'clusterCa',
  'policyStates',
  'assessments',
  'maintenanceConfigurations',
  'trustBundles',
  'upgradeProfiles',
  'defenderPlan',
]);

it('the collectors need the actions that they declare, and no others', async () => {
  const world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 2, now: NOW });
  // More than one page of everything that has pages, and one subscription of which Defender says nothing.
  world.pageSizes = { list: 1, policyStates: 5, resourceGraph: 5 };
  world.assessments.length = 12;
  const azure = await startLocalAzure(world);
  const connection = connected(azure);
  const notRead: unknown[] = [];
  for (const settings of [{}, { AKS_DRIFT_MANAGEMENT_GROUP_IDS: FLEET_MANAGEMENT_GROUP }]) {
    await listSubscriptions(connection, readSettings({ ...azure.simulator.environment, ...settings }, 'cli'));
  }
  for (const subscriptionId of [subscriptionIdOf(world, 0), subscriptionIdOf(world, 1)]) {
    const readers = azureReaders(connection, { subscriptionId, now: NOW, readClusterCa: true });
    const { clusters } = await listClusters(connection, subscriptionId);
    expect(clusters).toHaveLength(3);
    expect(await seekCluster(connection, at(clusters, 0).cluster.id)).toMatchObject({ kind: 'found' });
    expect((await resourceGroupTags(connection, subscriptionId)).size).toBeGreaterThan(3);
    expect(await subscriptionTags(connection, subscriptionId)).toEqual({});
    const snapshots = [
      await collectSubscription(readers, SECTIONS),
      ...(await Promise.all(clusters.map(({ cluster }) => collectCluster(readers, SECTIONS, cluster)))),
    ];
    for (const { sections, ...rest } of snapshots) {
      const pools = 'nodePools' in rest ? [...(rest.nodePools as Map<string, object>).values()] : [];
      const collected = [sections, ...pools].flatMap((each) => Object.values(each) as { ok: boolean }[]);
      expect(collected.length).toBeGreaterThan(0);
      notRead.push(...collected.filter(({ ok }) => !ok));
    }
  }
  const requests = azure.simulator.requests.filter(({ path }) => !path.startsWith('/msi/token'));
  await azure.simulator.stop();

  expect(notRead).toEqual([]);
  expect(requests.filter(({ action, status }) => action === null || status !== 200)).toEqual([]);
  expect(connection.counts).toEqual({ armRequests: requests.length, throttled: 0 });
  const seen = new Set(requests.map(({ action }) => action));
  expect([...seen, ...Object.keys(NEVER_SEEN)].sort()).toEqual([...new Set(DECLARED)].sort());
});
