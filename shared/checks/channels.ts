import type { Verdict } from '../model/check';
import type { Cluster } from '../model/cluster';
import { isAutomatic } from './facts';
import { unknownWord } from './unknowns';

/** The channels that upgrade a cluster by themselves, in the words of the API. */
export interface Channels {
  readonly kubernetes: string;
  readonly nodeOs: string;
}

/**
 * The channels at work. Never set is off, but AKS Automatic presets both, and `node-image` brings `NodeImage` with it.
 * https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image
 */
export function channelsOf(cluster: Cluster): Channels {
  const { upgradeChannel, nodeOSUpgradeChannel } = cluster.autoUpgradeProfile ?? {};
  const preset = isAutomatic(cluster)
    ? { kubernetes: 'stable', nodeOs: 'NodeImage' }
    : { kubernetes: 'none', nodeOs: 'None' };
  const kubernetes = upgradeChannel ?? preset.kubernetes;
  return { kubernetes, nodeOs: kubernetes === 'node-image' ? 'NodeImage' : (nodeOSUpgradeChannel ?? preset.nodeOs) };
}

/** Where the node OS channel stands in an ARM body. */
export const NODE_OS_CHANNEL = 'properties.autoUpgradeProfile.nodeOSUpgradeChannel';

/** The channels that upgrade Kubernetes; `node-image` renews images only. https://learn.microsoft.com/azure/aks/auto-upgrade-cluster */
const KUBERNETES_UPGRADES = ['patch', 'stable', 'rapid'];
const NODE_OS_CHANNELS = ['None', 'Unmanaged', 'NodeImage', 'SecurityPatch'];

/** Judges by the channels at work, unless one of them has a name that is not known. */
export function withChannels(cluster: Cluster, judge: (channels: Channels) => Verdict): Verdict {
  const channels = channelsOf(cluster);
  const { kubernetes, nodeOs } = channels;
  if (!upgradesKubernetes(channels) && !['node-image', 'none'].includes(kubernetes)) {
    return unknownWord('properties.autoUpgradeProfile.upgradeChannel', kubernetes);
  }
  return NODE_OS_CHANNELS.includes(nodeOs) ? judge(channels) : unknownWord(NODE_OS_CHANNEL, nodeOs);
}

export function upgradesKubernetes({ kubernetes }: Channels): boolean {
  return KUBERNETES_UPGRADES.includes(kubernetes);
}
