import { fail, nodePoolCheck, pass, unknown } from '../../model/check';
import type { Json } from '../../model/json';
import { days } from '../../model/params';
import { nodePoolCommand } from '../commands';
import { DAY, isoAfter, wholeDays, stoppedVerdict } from '../facts';
import { parseNodeImage, withImage } from '../node-image';
import { missing } from '../unknowns';

export const nodeImageCurrent = nodePoolCheck({
  id: 'node-image-current',
  title: 'Node pools run the newest node image that their region offers',
  category: 'nodes',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'A node image carries the kernel, the container runtime and the security fixes of the operating system. Nodes on an older image keep the vulnerabilities that the newer one closes.',
  remediation: nodePoolCommand('upgrade', '--node-image-only'),
  references: [
    'https://learn.microsoft.com/azure/aks/node-image-upgrade',
    'https://learn.microsoft.com/azure/aks/node-images',
  ],
  needs: ['upgradeProfiles'],
  // Days; a release takes up to two weeks to reach all regions (https://learn.microsoft.com/azure/aks/release-tracker).
  params: { graceDays: days(14, 'for which a newer image may be on offer', { max: 90 }) },

  evaluate({ cluster, pool, upgradeProfiles, history }, { params: { graceDays }, now }) {
    return (
      stoppedVerdict(cluster, pool) ??
      withImage(pool, (ours, installed) => {
        const { latestNodeImageVersion: offered } = upgradeProfiles;
        if (offered === undefined) {
          return missing('properties.latestNodeImageVersion of the upgrade profile');
        }
        const observed = { nodeImageVersion: installed, latestNodeImageVersion: offered };
        const newest = parseNodeImage(offered);
        if (newest === null) {
          return unknown('invalid', `latestNodeImageVersion holds no date: ${offered}.`, { observed });
        }
        const offer = `the newest image offered in ${cluster.location} for this pool`;
        if (ours.family !== newest.family) {
          const message = `nodeImageVersion ${installed} and ${offer}, ${offered}, are of different families.`;
          return unknown('invalid', message, { observed });
        }
        if (ours.date >= newest.date) {
          const newer = ours.date > newest.date ? `newer than ${offered}, ` : '';
          return pass(`The pool runs ${installed}, ${newer}${offer}.`, { observed });
        }
        // Linux images come weekly: counted from the newest one alone, a pool that never moves would never be late.
        const since = behindSince(newest.date, installed, history);
        const days = wholeDays(since, now);
        const message = `The pool runs ${installed}, but ${offer} is ${offered}; it has been behind for ${days} days, and ${graceDays} are allowed.`;
        const said = { observed, remember: { installed, offeredSince: since.toISOString() } };
        return days > graceDays
          ? fail(message, said)
          : pass(message, { ...said, dueOn: isoAfter(since, (graceDays + 1) * DAY) });
      })
    );
  },
});

/** The day of the oldest newer image that is known to have been offered for this very image. */
function behindSince(newest: Date, installed: string, history: Json): Date {
  const remembered = history as { readonly installed?: string; readonly offeredSince?: string } | null;
  const since = remembered?.installed === installed ? new Date(remembered.offeredSince ?? newest) : newest;
  return since < newest ? since : newest;
}
