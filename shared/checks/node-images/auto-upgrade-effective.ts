import { fail, nodePoolCheck, notApplicable, pass } from '../../model/check';
import type { NodePool } from '../../model/cluster';
import { days } from '../../model/params';
import { withChannels } from '../channels';
import { clusterCommand, nodePoolCommand } from '../commands';
import { DAY, isoAfter, stoppedVerdict, wholeDays } from '../facts';
import { imageWindowDays, lastOpenings, LONGEST_WINDOW, windowsNeverRead } from '../maintenance';
import { isWindows, withImage } from '../node-image';

export const autoUpgradeEffective = nodePoolCheck({
  id: 'auto-upgrade-effective',
  title: 'The node OS channel keeps the images of the nodes current',
  category: 'nodes',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'A channel that is on and does nothing looks like protection: everybody relies on it, and nobody upgrades by hand. Disruption budgets, quotas and failed states stop upgrades without a word.',
  remediation: `${clusterCommand('show', '--query "[provisioningState, agentPoolProfiles[].provisioningState]"')} && ${nodePoolCommand('upgrade', '--node-image-only')} # the error that it ends with is what stopped the channel; see also disruption budgets and quotas`,
  references: [
    'https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image',
    'https://learn.microsoft.com/azure/aks/planned-maintenance',
    'https://github.com/Azure/AKS/issues/4115',
  ],
  uses: ['maintenanceConfigurations'],
  params: {
    // NodeImage brings images as they are made: weekly on Linux, monthly on Windows.
    linuxDays: days(7, 'between two Linux images', { min: 1 }),
    windowsDays: days(31, 'between two Windows images', { min: 1 }),
    // SecurityPatch patches in place for part of the time.
    securityPatchDays: days(60, 'between two Linux images under SecurityPatch', { min: 1 }),
    graceDays: days(14, 'that a release takes to reach all regions'),
  },

  evaluate({ cluster, pool, maintenanceConfigurations, history }, { params, now }) {
    return (
      stoppedVerdict(cluster, pool) ??
      withChannels(cluster, ({ nodeOs }) => {
        const openings = lastOpenings(maintenanceConfigurations, history);
        const kind = kindOf(nodeOs, pool);
        if (kind === null) {
          return notApplicable(`The node OS channel ${nodeOs} brings this pool no new images.`, {
            remember: { openings },
          });
        }
        return withImage(pool, ({ date, patchedTo }, nodeImageVersion) => {
          const renewed = patchedTo ?? date;
          const age = wholeDays(renewed, now);
          const known = params[`${kind}Days`] + params.graceDays;
          const allowed = known + (openings === null ? LONGEST_WINDOW : imageWindowDays(cluster, openings));
          const observed = { nodeImageVersion, nodeOSUpgradeChannel: nodeOs, daysBetweenOpenings: openings };
          if (openings === null && age > known && age <= allowed) {
            return windowsNeverRead(nodeImageVersion, age, observed);
          }
          const message = `Under the channel ${nodeOs} the nodes were last renewed ${age} days ago (${nodeImageVersion}); up to ${allowed} days are normal.`;
          const said = { observed, remember: { openings } };
          return age > allowed
            ? fail(message, said)
            : pass(message, { ...said, dueOn: isoAfter(renewed, (allowed + 1) * DAY) });
        });
      })
    );
  },
});

/** A Kubernetes channel alone renews images only together with Kubernetes (Azure/AKS#2429), and Unmanaged none at all. */
function kindOf(nodeOs: string, pool: NodePool): 'linux' | 'windows' | 'securityPatch' | null {
  if (nodeOs === 'NodeImage') {
    return isWindows(pool) ? 'windows' : 'linux';
  }
  return nodeOs === 'SecurityPatch' && !isWindows(pool) ? 'securityPatch' : null;
}
