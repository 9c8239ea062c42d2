import { fail, nodePoolCheck, pass } from '../../model/check';
import type { Cluster, NodePool } from '../../model/cluster';
import { days } from '../../model/params';
import { channelsOf } from '../channels';
import { nodePoolCommand } from '../commands';
import { DAY, dayOf, isoAfter, wholeDays, stoppedVerdict } from '../facts';
import { imageWindowDays, lastOpenings, unreadWindowDays, windowsNeverRead } from '../maintenance';
import { isWindows, withImage } from '../node-image';

/** Days between two openings from which a window is a monthly one: it makes the weekly images wait longer than the limits allow for. */
const MONTHLY = 28;

export const nodeImageAge = nodePoolCheck({
  id: 'node-image-age',
  title: 'Node images are not older than their limit',
  category: 'nodes',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'Every vulnerability that was published after an image was built is open on the nodes that run it. The age says so even where the region does not tell what it offers.',
  remediation: nodePoolCommand('upgrade', '--node-image-only'),
  references: [
    'https://learn.microsoft.com/azure/aks/node-images',
    'https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image',
    'https://learn.microsoft.com/azure/aks/planned-maintenance',
  ],
  revision: 2, // A monthly maintenance window raises the limits.
  uses: ['maintenanceConfigurations'],
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

  evaluate({ cluster, pool, maintenanceConfigurations, history }, { params, now }) {
    return (
      stoppedVerdict(cluster, pool) ??
      withImage(pool, (image, nodeImageVersion) => {
        const kind = kindOf(cluster, pool);
        const openings = lastOpenings(maintenanceConfigurations, history);
        const window = imageWindowDays(cluster, openings ?? {});
        const extra = window >= MONTHLY ? window : 0;
        const limit = params[`${kind}Days`] + extra;
        const highLimit = params[`${kind}HighDays`] + extra;
        const days = wholeDays(image.date, now);
        const patched = image.patchedTo === null ? '' : `, patched to ${dayOf(image.patchedTo)}`;
        const waits = extra === 0 ? '' : `, ${extra} of them until the maintenance window opens again`;
        const why = kind === 'securityPatch' ? ': the channel SecurityPatch also patches without a new image' : '';
        const message = `The image ${nodeImageVersion} is ${days} days old${patched}; the limit is ${limit} days${waits}${why}.`;
        const said = { observed: { nodeImageVersion, date: dayOf(image.date) }, remember: { openings } };
        if (days > limit && days <= limit + unreadWindowDays(cluster, maintenanceConfigurations, openings)) {
          return windowsNeverRead(nodeImageVersion, days, said.observed);
        }
        if (days <= limit) {
          return pass(message, { ...said, dueOn: isoAfter(image.date, (limit + 1) * DAY) });
        }
        return days > highLimit
          ? fail(message, { ...said, severity: 'high' })
          : fail(message, { ...said, severity: 'medium', dueOn: isoAfter(image.date, (highLimit + 1) * DAY) });
      })
    );
  },
});

/** Which limits hold. */
function kindOf(cluster: Cluster, pool: NodePool): 'linux' | 'windows' | 'securityPatch' {
  if (isWindows(pool)) {
    return 'windows';
  }
  return channelsOf(cluster).nodeOs === 'SecurityPatch' ? 'securityPatch' : 'linux';
}
