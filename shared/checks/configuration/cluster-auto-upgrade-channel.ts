import { clusterCheck, fail, pass, unknown } from '../../model/check';
import { isAutomatic } from '../facts';

export const clusterAutoUpgradeChannel = clusterCheck({
  id: 'cluster-auto-upgrade-channel',
  title: 'Kubernetes is upgraded automatically',
  category: 'lifecycle',
  severity: 'medium',
  checklistItem: 'S10',
  rationale:
    'A channel applies patches of Kubernetes within the maintenance window as soon as the region has them. Upgrades by hand come late, until the version leaves support.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --auto-upgrade-channel patch',
  references: ['https://learn.microsoft.com/azure/aks/auto-upgrade-cluster'],

  evaluate({ cluster }) {
    const { upgradeChannel } = cluster.autoUpgradeProfile ?? {};
    // AKS Automatic presets stable. https://learn.microsoft.com/azure/aks/intro-aks-automatic
    const channel = upgradeChannel ?? (isAutomatic(cluster) ? 'stable' : 'none');
    const said = { observed: { upgradeChannel: upgradeChannel ?? null }, watched: channel.toLowerCase() };
    const found = `The cluster upgrade channel is ${channel}`;
    switch (channel) {
      case 'patch':
      case 'stable':
      case 'rapid':
        return pass(isAutomatic(cluster) ? `${found}; AKS Automatic enforces it.` : `${found}.`, said);
      case 'node-image':
        return pass(`${found}: it renews node images and does not upgrade Kubernetes.`, said);
      case 'none':
        return fail(`${found}: Kubernetes is upgraded only by hand.`, said);
      default:
        return unknown('invalid', `properties.autoUpgradeProfile.upgradeChannel is ${channel}: not known.`, said);
    }
  },
});
