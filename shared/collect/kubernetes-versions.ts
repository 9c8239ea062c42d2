import { ContainerServiceClient } from '@azure/arm-containerservice';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Collected, KubernetesVersion } from '../model/snapshot';
import { clientOptions, type Azure } from './azure';
import { oncePer } from './once';
import { attempt } from './unread';

export const KUBERNETES_VERSIONS_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.ContainerService/locations/kubernetesversions/read',
    why: 'Reads which Kubernetes versions a region offers, and with which support.',
  },
];

/** The versions that a cluster's region offers: one request per region. */
export function kubernetesVersions(
  azure: Azure,
  subscriptionId: string,
): (cluster: Cluster) => Promise<Collected<readonly KubernetesVersion[]>> {
  const client = new ContainerServiceClient(azure.credential, subscriptionId, clientOptions(azure));
  const ask = oncePer((location) =>
    attempt('kubernetesVersions', `/subscriptions/${subscriptionId}/locations/${location}`, azure.signal, async () => {
      await azure.limiter.take(subscriptionId, location);
      const { values } = await client.managedClusters.listKubernetesVersions(location);
      if (!Array.isArray(values)) {
        throw new Error('The answer holds no list named "values".');
      }
      return values.flatMap(({ version, isPreview, capabilities }) =>
        version === undefined
          ? []
          : [{ version, isPreview: isPreview === true, supportPlans: capabilities?.supportPlan ?? [] }],
      );
    }),
  );
  return ({ location }) => ask(location);
}
