import { resourceGroupOf, same, subscriptionOf } from '../arm-id';
import { AzureError } from '../azure-error';
import { textOf } from '../json';
import { kubeconfigOf } from '../kubeconfig';
import { imageFamily } from '../node-image';
import { pageOf } from '../paging';
import { isAllowed } from '../permissions';
import type { ArmRequest, Route } from '../routing';
import type { ArmBody } from '../world';
import { findById, poolsOf } from '../world';

/** What @azure/arm-containerservice 25.3 and 25.5 ask for. */
const API_VERSIONS = ['2026-04-01', '2026-06-01'];
const READ = 'Microsoft.ContainerService/managedClusters/read';
const SUBSCRIPTION = '/subscriptions/{subscriptionId}';
const CLUSTER = `${SUBSCRIPTION}/resourceGroups/{resourceGroup}/providers/Microsoft.ContainerService/managedClusters/{cluster}`;
const AKS_REST = 'https://learn.microsoft.com/rest/api/aks';

function clusterId({ variable }: ArmRequest): string {
  return `/subscriptions/${variable('subscriptionId')}/resourceGroups/${variable('resourceGroup')}/providers/Microsoft.ContainerService/managedClusters/${variable('cluster')}`;
}

function clusterOf(request: ArmRequest): ArmBody {
  const found = findById(request.world.clusters, clusterId(request));
  if (!found) {
    const name = request.variable('cluster');
    const group = request.variable('resourceGroup');
    throw new AzureError(
      404,
      'ResourceNotFound',
      `The Resource 'Microsoft.ContainerService/managedClusters/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    );
  }
  return found;
}

/** AKS limits all but LIST and GET by subscription and region. */
const otherLimit = {
  name: 'aksOther',
  key: (request: ArmRequest) => {
    const location = request.variable('location') || findById(request.world.clusters, clusterId(request))?.location;
    return `${request.variable('subscriptionId')} ${location ?? ''}`;
  },
} as const;

/** Reading a list shows only what the caller may read, as ARM does for a caller with rights on some resource groups. */
function visibleClusters({ world, variable }: ArmRequest): ArmBody[] {
  return world.clusters.filter(
    ({ id }) => same(subscriptionOf(id), variable('subscriptionId')) && isAllowed(world, id, READ),
  );
}

function upgradeProfile(request: ArmRequest): ArmBody {
  const cluster = clusterOf(request);
  const name = request.variable('pool');
  const pool = poolsOf(cluster).find((each) => same(textOf(each, 'name') ?? '', name));
  if (!pool) {
    throw new AzureError(404, 'NotFound', `Could not find the agent pool '${name}' of '${cluster.name}'.`);
  }
  const offered = request.world.latestNodeImages[cluster.location ?? ''];
  const latest = offered?.[imageFamily(textOf(pool, 'nodeImageVersion') ?? '')];
  return {
    id: `${cluster.id}/agentPools/${name}/upgradeProfiles/default`,
    name: 'default',
    type: 'Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles',
    properties: {
      kubernetesVersion: pool.currentOrchestratorVersion ?? pool.orchestratorVersion,
      osType: pool.osType,
      ...(latest && { latestNodeImageVersion: latest }),
    },
  };
}

async function userCredential(request: ArmRequest): Promise<{ kubeconfigs: { name: string; value: string }[] }> {
  const cluster = clusterOf(request);
  const authority = await request.apiServers.authorityOf(cluster.id);
  const served = await request.apiServers.serve(cluster);
  const host = textOf(served.properties, 'fqdn') ?? textOf(served.properties, 'privateFQDN') ?? '';
  if (authority === undefined) {
    throw new AzureError(
      404,
      'NotFound',
      `The control plane of '${cluster.name}' in '${resourceGroupOf(cluster.id)}' was not found.`,
    );
  }
  const value = Buffer.from(kubeconfigOf(cluster, host, authority)).toString('base64');
  return { kubeconfigs: [{ name: 'clusterUser', value }] };
}

const listClusters: Route = {
  source: `${AKS_REST}/managed-clusters/list`,
  method: 'GET',
  path: `${SUBSCRIPTION}/providers/Microsoft.ContainerService/managedClusters`,
  apiVersions: API_VERSIONS,
  action: READ,
  scope: SUBSCRIPTION,
  limit: { name: 'aksList', key: ({ variable }) => variable('subscriptionId') },
  handle: async (request) => {
    const page = pageOf(request, visibleClusters(request));
    const value = await Promise.all(page.value.map((cluster) => request.apiServers.serve(cluster)));
    return { status: 200, body: { ...page, value } };
  },
};

const getCluster: Route = {
  source: `${AKS_REST}/managed-clusters/get`,
  method: 'GET',
  path: CLUSTER,
  apiVersions: API_VERSIONS,
  action: READ,
  scope: CLUSTER,
  limit: { name: 'aksGet', key: clusterId },
  handle: async (request) => ({ status: 200, body: await request.apiServers.serve(clusterOf(request)) }),
};

const getUpgradeProfile: Route = {
  source: `${AKS_REST}/agent-pools/get-upgrade-profile`,
  method: 'GET',
  path: `${CLUSTER}/agentPools/{pool}/upgradeProfiles/default`,
  apiVersions: API_VERSIONS,
  action: 'Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles/read',
  scope: `${CLUSTER}/agentPools/{pool}`,
  limit: otherLimit,
  handle: (request) => ({ status: 200, body: upgradeProfile(request) }),
};

const listMaintenanceConfigurations: Route = {
  source: `${AKS_REST}/maintenance-configurations/list-by-managed-cluster`,
  method: 'GET',
  path: `${CLUSTER}/maintenanceConfigurations`,
  apiVersions: API_VERSIONS,
  action: 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read',
  scope: CLUSTER,
  limit: otherLimit,
  handle: (request) => {
    const found = request.world.maintenanceConfigurations[clusterOf(request).id.toLowerCase()];
    return { status: 200, body: pageOf(request, found ?? []) };
  },
};

const listKubernetesVersions: Route = {
  source: `${AKS_REST}/managed-clusters/list-kubernetes-versions`,
  method: 'GET',
  path: `${SUBSCRIPTION}/providers/Microsoft.ContainerService/locations/{location}/kubernetesVersions`,
  apiVersions: API_VERSIONS,
  action: 'Microsoft.ContainerService/locations/kubernetesversions/read',
  scope: SUBSCRIPTION,
  limit: otherLimit,
  handle: ({ world, variable }) => {
    const body = world.kubernetesVersions[variable('location')];
    if (!body) {
      const locations = Object.keys(world.kubernetesVersions).join(', ');
      throw new AzureError(
        400,
        'NoRegisteredProviderFound',
        `No registered resource provider found for location '${variable('location')}' and type 'locations/kubernetesVersions'. The supported locations are '${locations}'.`,
      );
    }
    return { status: 200, body };
  },
};

const listUserCredentials: Route = {
  source: `${AKS_REST}/managed-clusters/list-cluster-user-credentials`,
  method: 'POST',
  path: `${CLUSTER}/listClusterUserCredential`,
  apiVersions: API_VERSIONS,
  action: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
  scope: CLUSTER,
  limit: otherLimit,
  handle: async (request) => ({ status: 200, body: await userCredential(request) }),
};

export const managedClusterRoutes = [
  listClusters,
  getCluster,
  getUpgradeProfile,
  listMaintenanceConfigurations,
  listKubernetesVersions,
  listUserCredentials,
];
