import { clusterCheck } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { mustBeOff } from '../switches';

export const apiRunCommandDisabled = clusterCheck({
  id: 'api-run-command-disabled',
  title: 'Commands cannot be run in the cluster through Azure Resource Manager',
  category: 'apiServer',
  severity: 'medium',
  checklistItem: 'S7',
  rationale:
    'Run command starts a pod with commands of your choice and needs no way to the API server: whoever holds the right in Azure gets past private endpoints and authorized IP ranges, from anywhere. Before you switch it off, make sure that somebody can still reach the API server of a private cluster.',
  remediation: update('--disable-run-command'),
  references: ['https://learn.microsoft.com/azure/aks/access-private-cluster'],

  evaluate({ cluster }) {
    const { disableRunCommand } = cluster.apiServerAccessProfile ?? {};
    // It is on unless somebody switched it off, on AKS Automatic too.
    return mustBeOff('Run command', disableRunCommand !== true, shown({ disableRunCommand }));
  },
});
