import { clusterCheck, pass } from '../../model/check';
import { CALENDAR, judgeRetirement } from '../calendar';
import { update } from '../commands';
import { shown } from '../facts';
import { unknownWord } from '../unknowns';

export const networkPluginSupported = clusterCheck({
  id: 'network-plugin-supported',
  title: 'The network plugin is not retired soon',
  category: 'network',
  severity: 'low',
  checklistItem: null,
  rationale:
    'kubenet is no weakness by itself, but it gets no fixes after its end. The move to Azure CNI overlay replaces every node and wants to be planned.',
  remediation: update('--network-plugin azure --network-plugin-mode overlay'),
  references: [CALENDAR.kubenet.source],

  evaluate({ cluster }, { now }) {
    const { networkPlugin, networkPluginMode } = cluster.networkProfile ?? {};
    const observed = shown({ networkPlugin, networkPluginMode });
    switch (networkPlugin) {
      case 'kubenet':
        return judgeRetirement(CALENDAR.kubenet, now, observed);
      case 'azure':
        return pass('The network plugin is Azure CNI.', { observed });
      case 'none':
        return pass('The cluster brings its own network plugin.', { observed });
      case undefined:
      default:
        return unknownWord('properties.networkProfile.networkPlugin', networkPlugin, { observed });
    }
  },
});
