import { ContainerServiceClient } from '@azure/arm-containerservice';

import type { Cluster, NodePool } from '../model/cluster';
import type { Collected, UpgradeProfile } from '../model/snapshot';
import { clientOptions, type Azure } from './azure';
import { attempt } from './unread';

export const UPGRADE_PROFILES_ACTIONS = ['Microsoft.ContainerService/managedClusters/agentPools/upgradeProfiles/read'];

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
  return (cluster, pool) => {
    const key = sharedKey(cluster, pool);
    const known = answers.get(key);
    if (known !== undefined) {
      return known;
    }
    const scope = `${cluster.id}/agentPools/${pool.name}`;
    const answer = attempt('upgradeProfiles', scope, azure.signal, async () => {
      await azure.limiter.take(subscriptionId, cluster.location);
      const profile = await client.agentPools.getUpgradeProfile(cluster.resourceGroup, cluster.name, pool.name);
      const { latestNodeImageVersion } = profile;
      return latestNodeImageVersion === undefined ? {} : { latestNodeImageVersion };
    });
    answers.set(key, answer);
    return answer;
  };
}

function sharedKey({ id, location, currentKubernetesVersion, kubernetesVersion }: Cluster, pool: NodePool): string {
  const family = pool.nodeImageVersion?.replace(/-\d{4,}[\d.]*(-[\d.]+)?$/, '');
  const version =
    pool.currentOrchestratorVersion ?? pool.orchestratorVersion ?? currentKubernetesVersion ?? kubernetesVersion;
  const minor = /^\d+\.\d+/.exec(version ?? '')?.[0];
  // What says nothing of itself shares nothing.
  return family === undefined || minor === undefined
    ? `${id}/${pool.name}`
    : [location, family, minor].join('/').toLowerCase();
}
