import { clusterCheck } from '../../model/check';
import { clusterCommand } from '../commands';
import { shown } from '../facts';
import { mustBeEnabled } from '../switches';

export const policyAddon = clusterCheck({
  id: 'policy-addon',
  title: 'The Azure Policy add-on is enabled',
  category: 'governance',
  severity: 'high',
  checklistItem: 'S12',
  rationale:
    'Without the add-on no Azure Policy reaches the pods and namespaces of the cluster. Assigned policies then neither audit nor deny anything there.',
  remediation: clusterCommand('enable-addons', '--addons azure-policy'),
  references: [
    'https://learn.microsoft.com/azure/aks/use-azure-policy',
    'https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes',
  ],

  evaluate({ cluster }) {
    const enabled = cluster.addonProfiles?.azurepolicy?.enabled;
    return mustBeEnabled('The Azure Policy add-on', enabled, shown({ enabled }));
  },
});
