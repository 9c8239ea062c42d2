import { ContainerServiceClient } from '@azure/arm-containerservice';

import type { Cluster, NodePool } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Collected, UpgradeProfile } from '../model/snapshot';
import { clientOptions, type Azure } from './azure';
import { attempt } from './unread';

export const UPGRADE_PROFILES_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles/read',
    why: 'Reads the newest node image that the region offers for a node pool.',
  },
];

/**
 * The newest node image for a pool. Pools of one region, image family and Kubernetes minor are offered the same,
 * so that a fleet of a thousand pools costs about ten requests.
 */
export function upgradeProfiles(
  azure: Azure,
  subscriptionId: string,
): (cluster: Cluster, pool: NodePool) => Promise<Collected<UpgradeProfile>> {
  const client = new ContainerServiceClient(azure.credential, subscriptionId, clientOptions(azure));
  const answers = new Map<string, Promise<Collected<UpgradeProfile>>>();
  const ask = (cluster: Cluster, pool: NodePool): Promise<Collected<UpgradeProfile>> =>
    attempt('upgradeProfiles', `${cluster.id}/agentPools/${pool.name}`, azure.signal, async () => {
      await azure.limiter.take(subscriptionId, cluster.location);
      const { resourceGroup, name } = cluster;
      return profileOf(await client.agentPools.getUpgradeProfile(resourceGroup, name, pool.name));
    });
  return async (cluster, pool) => {
    // What a pool shares with others is read from its body, which may be of the wrong kind.
    const shared = await attempt('upgradeProfiles', `${cluster.id}/agentPools/${pool.name}`, azure.signal, () =>
      Promise.resolve(sharedKey(cluster, pool)),
    );
    if (!shared.ok) {
      return shared;
    }
    const answer = answers.get(shared.value) ?? ask(cluster, pool);
    answers.set(shared.value, answer);
    return answer;
  };
}

/** Null is how the service says that it does not know. */
function profileOf({ latestNodeImageVersion: latest }: { latestNodeImageVersion?: unknown }): UpgradeProfile {
  if (latest !== undefined && latest !== null && typeof latest !== 'string') {
    throw new Error(`properties.latestNodeImageVersion: expected a string, got a ${typeof latest}.`);
  }
  return typeof latest === 'string' ? { latestNodeImageVersion: latest } : {};
}

/** The build at the end of an image's name: a date and a revision, a Windows build, or a legacy date; with the date of a patch behind it. */
const BUILD = /-(\d{6}\.\d{2}\.\d+|\d{5}\.\d+\.\d{6}|\d{4}\.\d{2}\.\d{2})(-\d{4}\.\d{2}\.\d{2})?$/;

function sharedKey({ id, location, currentKubernetesVersion, kubernetesVersion }: Cluster, pool: NodePool): string {
  const image = pool.nodeImageVersion;
  const version =
    pool.currentOrchestratorVersion ?? pool.orchestratorVersion ?? currentKubernetesVersion ?? kubernetesVersion;
  const minor = /^\d+\.\d+/.exec(version ?? '')?.[0];
  // What says nothing of itself shares nothing.
  return image === undefined || !BUILD.test(image) || minor === undefined
    ? `${id}/${pool.name}`
    : [location, image.replace(BUILD, ''), minor].join('/').toLowerCase();
}
