import { ContainerServiceClient } from '@azure/arm-containerservice';
import { parse } from 'yaml';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Certificate, Collected } from '../model/snapshot';
import { clientOptions, type Azure } from './azure';
import { certificatesIn } from './certificate';
import { attempt, unreadSection } from './unread';

/** Reader does not hold it: opt-in. https://learn.microsoft.com/azure/aks/control-kubeconfig-access */
export const CLUSTER_CA_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action',
    why: "Reads the certificates of the cluster's CA from the user kubeconfig of Entra clusters, with AKS_DRIFT_READ_CLUSTER_CA.",
    optional: true,
  },
];

/**
 * The certificates of the cluster's own CA, out of the user kubeconfig.
 * Asked only of Entra clusters, whose user kubeconfig holds no secret; of any other it would be a cluster administrator's key.
 */
export function clusterCa(
  azure: Azure,
  subscriptionId: string,
  optedIn: boolean,
): (cluster: Cluster) => Promise<Collected<readonly Certificate[]>> {
  const client = new ContainerServiceClient(azure.credential, subscriptionId, clientOptions(azure));
  return async (cluster) => {
    if (!optedIn) {
      return unreadSection(
        'clusterCa',
        `/subscriptions/${subscriptionId}`,
        'disabled',
        'AKS_DRIFT_READ_CLUSTER_CA is not true.',
      );
    }
    const result = await attempt('clusterCa', cluster.id, azure.signal, async () => {
      if (cluster.aadProfile?.managed !== true) {
        return null;
      }
      await azure.limiter.take(subscriptionId, cluster.location);
      const { resourceGroup, name } = cluster;
      const { kubeconfigs } = await client.managedClusters.listClusterUserCredentials(resourceGroup, name);
      return certificatesOf(kubeconfigs?.[0]?.value);
    });
    return result.ok && result.value === null
      ? unreadSection('clusterCa', cluster.id, 'disabled', 'Without Entra ID the kubeconfig would hold a secret.')
      : (result as Collected<readonly Certificate[]>);
  };
}

/** Its errors never quote the kubeconfig. */
function certificatesOf(kubeconfig: Uint8Array | undefined): Certificate[] {
  const found = certificatesIn(authorityPem(kubeconfig));
  const certificates = found.filter((certificate) => certificate !== null);
  if (certificates.length === 0 || certificates.length < found.length) {
    throw new Error('The kubeconfig holds no certificate-authority-data, or some that cannot be read.');
  }
  return certificates;
}

interface Kubeconfig {
  readonly clusters?: readonly { readonly cluster?: { readonly 'certificate-authority-data'?: unknown } }[];
}

function authorityPem(kubeconfig: Uint8Array | undefined): string {
  let parsed: Kubeconfig | null;
  try {
    // A warning would quote the line that it is about.
    parsed = parse(Buffer.from(kubeconfig ?? []).toString('utf8'), { logLevel: 'silent' }) as Kubeconfig | null;
  } catch {
    throw new Error('The kubeconfig is not YAML.');
  }
  const data = parsed?.clusters?.[0]?.cluster?.['certificate-authority-data'];
  return typeof data === 'string' ? Buffer.from(data, 'base64').toString('utf8') : '';
}
