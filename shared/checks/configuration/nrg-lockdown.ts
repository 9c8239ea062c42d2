import { clusterCheck, unknown } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { mustBeOnUnlessPreset } from '../switches';

export const nrgLockdown = clusterCheck({
  id: 'nrg-lockdown',
  title: 'The node resource group is read-only',
  category: 'governance',
  severity: 'low',
  checklistItem: 'S12',
  rationale:
    'AKS owns what is in the node resource group. A change by hand to its machines, load balancers or network security groups opens ways that no setting of the cluster shows, is undone without notice, or breaks the next upgrade.',
  remediation: update('--nrg-lockdown-restriction-level ReadOnly'),
  references: ['https://learn.microsoft.com/azure/aks/node-resource-group-lockdown'],

  evaluate({ cluster }) {
    const { restrictionLevel: level } = cluster.nodeResourceGroupProfile ?? {};
    const observed = shown({ restrictionLevel: level });
    if (level !== undefined && level !== 'ReadOnly' && level !== 'Unrestricted') {
      const message = `properties.nodeResourceGroupProfile.restrictionLevel is ${level}: not known.`;
      return unknown('invalid', message, { observed });
    }
    const isLocked = level === undefined ? undefined : level === 'ReadOnly';
    return mustBeOnUnlessPreset(cluster, 'Lockdown of the node resource group', isLocked, observed);
  },
});
