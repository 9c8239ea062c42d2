import { clusterCheck, fail, pass, unknown, type Verdict } from '../../model/check';
import type { Cluster } from '../../model/cluster';
import { channelsOf, NODE_OS_CHANNEL } from '../channels';
import { update } from '../commands';
import { isAutomatic, isWindowsOnly, shown } from '../facts';
import { unknownWord } from '../unknowns';

export const nodeOsUpgradeChannel = clusterCheck({
  id: 'node-os-upgrade-channel',
  title: 'Nodes receive security updates of their operating system automatically',
  category: 'nodes',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'Without a channel the nodes keep the kernel that they were created with until somebody upgrades them by hand. The channel Unmanaged installs updates on Linux and leaves the reboot, without which a new kernel does not run, to you.',
  remediation: update('--node-os-upgrade-channel NodeImage'),
  references: ['https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image'],

  evaluate({ cluster }) {
    const { upgradeChannel, nodeOSUpgradeChannel } = cluster.autoUpgradeProfile ?? {};
    const { kubernetes, nodeOs } = channelsOf(cluster);
    const said = { observed: shown({ upgradeChannel, nodeOSUpgradeChannel }), watched: nodeOs.toLowerCase() };
    return kubernetes === 'node-image'
      ? pass('The cluster upgrade channel is node-image, which keeps the node images current by itself.', said)
      : judge(nodeOs, cluster, said);
  },
});

function judge(channel: string, cluster: Cluster, said: Pick<Verdict, 'observed' | 'watched'>): Verdict {
  const found = `The node OS upgrade channel is ${channel}`;
  switch (channel) {
    case 'NodeImage':
      return pass(isAutomatic(cluster) ? `${found}; AKS Automatic enforces it.` : `${found}.`, said);
    case 'SecurityPatch':
      return judgeSecurityPatch(found, cluster, said);
    case 'Unmanaged':
      return isWindowsOnly(cluster) === true
        ? fail(`${found}, which does nothing on Windows.`, said)
        : fail(`${found}: updates take effect only when somebody reboots the nodes.`, said);
    case 'None':
      return fail(`${found}: the nodes are not updated automatically.`, said);
    default:
      return unknownWord(NODE_OS_CHANNEL, channel, said);
  }
}

function judgeSecurityPatch(found: string, cluster: Cluster, said: Pick<Verdict, 'observed' | 'watched'>): Verdict {
  const windowsOnly = isWindowsOnly(cluster);
  if (windowsOnly === undefined) {
    const what = cluster.nodePools === undefined ? ' is missing' : '[].osType names neither Linux nor Windows';
    return unknown('notVisible', `${found}, but properties.agentPoolProfiles${what}.`, said);
  }
  return windowsOnly ? fail(`${found}, which Windows does not support.`, said) : pass(`${found}.`, said);
}
