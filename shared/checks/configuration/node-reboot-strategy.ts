import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { choice } from '../../model/params';
import { withChannels } from '../channels';
import { update } from '../commands';
import { isWindowsOnly, shown } from '../facts';
import { missing } from '../unknowns';

export const nodeRebootStrategy = clusterCheck({
  id: 'node-reboot-strategy',
  title: 'Nodes are rebooted after kernel updates',
  category: 'nodes',
  severity: 'medium',
  checklistItem: 'S10',
  rationale:
    'The channel Unmanaged installs a new kernel every night and never boots it. Without something that drains and reboots the nodes they run the vulnerable kernel until they are replaced.',
  remediation: update('--node-os-upgrade-channel NodeImage'),
  references: [
    'https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image',
    'https://learn.microsoft.com/azure/aks/node-updates-kured',
  ],
  params: {
    rebootManagedBy: choice('', 'What reboots the nodes of clusters with the channel Unmanaged, which ARM cannot see', [
      'kured',
      'other',
    ]),
  },

  evaluate({ cluster }, { params: { rebootManagedBy } }) {
    const windowsOnly = isWindowsOnly(cluster);
    if (windowsOnly === true) {
      return notApplicable('All node pools run Windows, which Unmanaged does not update.');
    }
    return withChannels(cluster, ({ nodeOs }) => {
      const observed = shown({ nodeOSUpgradeChannel: nodeOs, rebootManagedBy });
      if (nodeOs !== 'Unmanaged') {
        return pass(`The node OS upgrade channel is ${nodeOs}, which leaves no reboot to you.`, { observed });
      }
      if (rebootManagedBy !== '') {
        return pass(
          `The node OS upgrade channel is Unmanaged; the baseline declares that ${rebootManagedBy} reboots the nodes.`,
          { observed },
        );
      }
      return windowsOnly === undefined
        ? missing('properties.agentPoolProfiles', { observed })
        : fail('The node OS upgrade channel is Unmanaged, and nothing is declared that reboots the nodes.', {
            observed,
          });
    });
  },
});
