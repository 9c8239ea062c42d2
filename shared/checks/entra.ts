import type { Cluster } from '../model/cluster';
import { update } from './commands';
import { hasManagedEntra, isAutomatic } from './facts';

/** Azure RBAC decides on access to Kubernetes. It needs the managed integration. https://learn.microsoft.com/azure/aks/manage-azure-rbac */
export function hasAzureRbac(cluster: Cluster): boolean {
  return hasManagedEntra(cluster) && (cluster.aadProfile?.enableAzureRbac ?? isAutomatic(cluster));
}

/** Changes what belongs to the managed integration, and switches that on where it is missing. */
export function updateEntra(cluster: Cluster, flags: string): string {
  return update(hasManagedEntra(cluster) ? flags : `--enable-aad ${flags}`);
}
