import { clusterCheck, fail, pass, unknown } from '../../model/check';
import type { Cluster } from '../../model/cluster';
import { choice } from '../../model/params';
import { isAutomatic } from '../facts';

const ENGINES = ['azure', 'calico', 'cilium'];

export const networkPolicyEngine = clusterCheck({
  id: 'network-policy-engine',
  title: 'A network policy engine is installed',
  category: 'network',
  severity: 'high',
  checklistItem: 'S6',
  rationale:
    'Without an engine every pod reaches every other pod, and NetworkPolicy objects are accepted and then ignored. An engine by itself denies nothing: the policies are still to be written, and ARM does not show them.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --network-policy cilium --network-dataplane cilium',
  references: ['https://learn.microsoft.com/azure/aks/use-network-policies'],
  params: {
    ownEngine: choice('', 'The engine that came with a CNI of your own, which ARM cannot see', ENGINES),
  },

  evaluate({ cluster }, { params: { ownEngine } }) {
    const { networkPlugin, networkPolicy, networkDataplane } = cluster.networkProfile ?? {};
    const said = {
      observed: {
        networkPlugin: networkPlugin ?? null,
        networkPolicy: networkPolicy ?? null,
        networkDataplane: networkDataplane ?? null,
      },
    };
    if (networkPlugin === 'none') {
      const found = 'The cluster brings its own CNI (properties.networkProfile.networkPlugin is none)';
      return ownEngine === ''
        ? unknown('notVisible', `${found}, whose engine ARM does not show.`, said)
        : pass(`${found}; the baseline declares the engine ${ownEngine}.`, said);
    }
    const engine = engineOf(cluster);
    if (ENGINES.includes(engine)) {
      const found = `The network policy engine is ${engine}`;
      return pass(isAutomatic(cluster) ? `${found}; AKS Automatic enforces it.` : `${found}.`, said);
    }
    if (engine !== 'none') {
      return unknown('invalid', `properties.networkProfile.networkPolicy is ${engine}: no known engine.`, said);
    }
    // Where the plug-in is not shown it may be a CNI of the cluster's own, with an engine of its own.
    return networkPlugin === undefined
      ? unknown('notVisible', 'properties.networkProfile.networkPlugin is missing.', said)
      : fail('No network policy engine is installed.', said);
  },
});

/** The data plane cilium enforces policies whatever engine is named. */
function engineOf(cluster: Cluster): string {
  const { networkPolicy, networkDataplane } = cluster.networkProfile ?? {};
  const preset = isAutomatic(cluster) ? 'cilium' : 'none';
  return networkDataplane === 'cilium' ? 'cilium' : (networkPolicy ?? preset) || 'none';
}
