import { fail, nodePoolCheck, pass, stopped, unknown } from '../../model/check';
import type { Cluster } from '../../model/cluster';
import { days } from '../../model/params';
import { DAY, dayOf, isoAfter, whatIsStopped, wholeDays } from '../facts';
import { parseNodeImage } from '../node-image';

export const nodeImageAge = nodePoolCheck({
  id: 'node-image-age',
  title: 'Node images are not older than their limit',
  category: 'nodes',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'Every vulnerability that was published after an image was built is open on the nodes that run it. The age says so even where the region does not tell what it offers.',
  remediation:
    'az aks nodepool upgrade --subscription {subscriptionId} --resource-group {resourceGroup} --cluster-name {cluster} --name {nodePool} --node-image-only',
  references: [
    'https://learn.microsoft.com/azure/aks/node-images',
    'https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image',
  ],
  params: {
    // Linux images come weekly.
    linuxDays: days(30, 'the greatest age of a Linux image', { min: 1 }),
    linuxHighDays: days(60, 'the age of a Linux image above which the failure is high', { min: 1 }),
    // Windows images come monthly.
    windowsDays: days(45, 'the greatest age of a Windows image', { min: 1 }),
    windowsHighDays: days(75, 'the age of a Windows image above which the failure is high', { min: 1 }),
    // The channel SecurityPatch patches Linux nodes for part of the time without a new image.
    securityPatchDays: days(60, 'the greatest age of a Linux image under the channel SecurityPatch', { min: 1 }),
    securityPatchHighDays: days(90, 'its age under SecurityPatch above which the failure is high', { min: 1 }),
  },

  evaluate({ cluster, pool }, { params, now }) {
    const halted = whatIsStopped(cluster, pool);
    if (halted !== null) {
      return stopped(`The ${halted} is stopped.`);
    }
    const { nodeImageVersion } = pool;
    if (nodeImageVersion === undefined) {
      return unknown('notVisible', 'properties.agentPoolProfiles[].nodeImageVersion is missing.');
    }
    const image = parseNodeImage(nodeImageVersion);
    if (image === null) {
      return unknown('invalid', `nodeImageVersion holds no date: ${nodeImageVersion}.`, { observed: nodeImageVersion });
    }
    const kind = kindOf(cluster, pool.osType ?? image.os);
    const limit = params[`${kind}Days`];
    const highLimit = params[`${kind}HighDays`];
    const days = wholeDays(image.date, now);
    const patched = image.patchedTo === null ? '' : `, patched to ${dayOf(image.patchedTo)}`;
    const why = kind === 'securityPatch' ? ': the channel SecurityPatch also patches without a new image' : '';
    const message = `The image ${nodeImageVersion} is ${days} days old${patched}; the limit is ${limit} days${why}.`;
    const observed = { nodeImageVersion, date: dayOf(image.date) };
    if (days > highLimit) {
      return fail(message, { observed, severity: 'high' });
    }
    return days > limit
      ? fail(message, { observed, severity: 'medium', dueOn: isoAfter(image.date, (highLimit + 1) * DAY) })
      : pass(message, { observed, dueOn: isoAfter(image.date, (Math.min(limit, highLimit) + 1) * DAY) });
  },
});

/** Which limits hold. With `node-image` as the cluster's channel the other channel has no effect. */
function kindOf({ autoUpgradeProfile }: Cluster, os: string): 'linux' | 'windows' | 'securityPatch' {
  if (os === 'Windows') {
    return 'windows';
  }
  const { nodeOSUpgradeChannel, upgradeChannel } = autoUpgradeProfile ?? {};
  return nodeOSUpgradeChannel === 'SecurityPatch' && upgradeChannel !== 'node-image' ? 'securityPatch' : 'linux';
}
