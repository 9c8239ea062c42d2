import { clusterCheck, fail, pass } from '../../model/check';
import { channelsOf } from '../channels';
import { update } from '../commands';
import { shown } from '../facts';
import { sayPreset } from '../switches';
import { unknownWord } from '../unknowns';

export const clusterAutoUpgradeChannel = clusterCheck({
  id: 'cluster-auto-upgrade-channel',
  title: 'Kubernetes is upgraded automatically',
  category: 'lifecycle',
  severity: 'medium',
  checklistItem: 'S10',
  rationale:
    'A channel applies patches of Kubernetes within the maintenance window as soon as the region has them. Upgrades by hand come late, until the version leaves support.',
  remediation: update('--auto-upgrade-channel patch'),
  references: ['https://learn.microsoft.com/azure/aks/auto-upgrade-cluster'],

  evaluate({ cluster }) {
    const { kubernetes: channel } = channelsOf(cluster);
    const said = {
      observed: shown({ upgradeChannel: cluster.autoUpgradeProfile?.upgradeChannel }),
      watched: channel.toLowerCase(),
    };
    const found = `The cluster upgrade channel is ${channel}`;
    switch (channel) {
      case 'patch':
      case 'stable':
      case 'rapid':
        return pass(sayPreset(cluster, found), said);
      case 'node-image':
        return pass(`${found}: it renews node images and does not upgrade Kubernetes.`, said);
      case 'none':
        return fail(`${found}: Kubernetes is upgraded only by hand.`, said);
      default:
        return { ...unknownWord('properties.autoUpgradeProfile.upgradeChannel', channel), ...said };
    }
  },
});
