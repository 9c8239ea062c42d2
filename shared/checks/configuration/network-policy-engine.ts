import { clusterCheck, fail, pass, unknown } from '../../model/check';
import { choice } from '../../model/params';
import { update } from '../commands';
import { isAutomatic, shown } from '../facts';
import { POLICY_ENGINES, policyEngineOf } from '../network';
import { sayPreset } from '../switches';
import { missing, unknownWord } from '../unknowns';

/** The plug-ins of the platform; absent in the bodies of old api-versions. */
const PLUGINS: readonly (string | undefined)[] = ['azure', 'kubenet', undefined];

export const networkPolicyEngine = clusterCheck({
  id: 'network-policy-engine',
  title: 'A network policy engine is installed',
  category: 'network',
  severity: 'high',
  checklistItem: 'S6',
  rationale:
    'Without an engine every pod reaches every other pod, and NetworkPolicy objects are accepted and then ignored. An engine by itself denies nothing: the policies are still to be written, and ARM does not show them.',
  remediation: update('--network-policy cilium --network-dataplane cilium'),
  references: ['https://learn.microsoft.com/azure/aks/use-network-policies'],
  params: {
    ownEngine: choice('', 'The engine that came with a CNI of your own, which ARM cannot see', POLICY_ENGINES),
  },

  evaluate({ cluster }, { params: { ownEngine } }) {
    const { networkPlugin, networkPolicy, networkDataplane } = cluster.networkProfile ?? {};
    const observed = shown({ networkPlugin, networkPolicy, networkDataplane });
    if (networkPlugin === 'none') {
      const found = 'The cluster brings its own CNI (properties.networkProfile.networkPlugin is none)';
      return ownEngine === ''
        ? unknown('notVisible', `${found}, whose engine ARM does not show.`, { observed })
        : pass(`${found}; the baseline declares the engine ${ownEngine}.`, { observed });
    }
    if (!PLUGINS.includes(networkPlugin)) {
      return unknownWord('properties.networkProfile.networkPlugin', networkPlugin, { observed });
    }
    const engine = policyEngineOf(cluster);
    if (POLICY_ENGINES.includes(engine)) {
      return pass(sayPreset(cluster, `The network policy engine is ${engine}`), { observed });
    }
    if (engine !== 'none') {
      return unknown('invalid', `properties.networkProfile.networkPolicy is ${engine}: no known engine.`, { observed });
    }
    // Where the plug-in is not shown it may be a CNI of the cluster's own, with an engine of its own.
    return networkPlugin === undefined && !isAutomatic(cluster)
      ? missing('properties.networkProfile.networkPlugin', { observed })
      : fail('No network policy engine is installed.', { observed });
  },
});
