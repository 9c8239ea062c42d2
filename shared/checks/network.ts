import type { Cluster } from '../model/cluster';
import { isAutomatic } from './facts';

/** What can enforce a NetworkPolicy. https://learn.microsoft.com/azure/aks/use-network-policies */
export const POLICY_ENGINES = ['azure', 'calico', 'cilium'];

/** One of the engines, `none`, or a word that nobody knows. The data plane cilium enforces policies whatever engine is named. */
export function policyEngineOf(cluster: Cluster): string {
  const { networkPolicy, networkDataplane } = cluster.networkProfile ?? {};
  const preset = isAutomatic(cluster) ? 'cilium' : 'none';
  return networkDataplane === 'cilium' ? 'cilium' : (networkPolicy ?? preset) || 'none';
}

/** Outbound types, in lower case, under which the cluster has no way out of its own. https://learn.microsoft.com/azure/aks/egress-outboundtype */
export const CLOSED_OUTBOUND_TYPES = ['block', 'none', 'userdefinedrouting'];
