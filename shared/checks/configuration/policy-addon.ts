import { clusterCheck, fail, pass } from '../../model/check';

export const policyAddon = clusterCheck({
  id: 'policy-addon',
  title: 'The Azure Policy add-on is enabled',
  category: 'governance',
  severity: 'high',
  checklistItem: 'S12',
  rationale:
    'Without the add-on no Azure Policy reaches the pods and namespaces of the cluster. Assigned policies then neither audit nor deny anything there.',
  remediation:
    'az aks enable-addons --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --addons azure-policy',
  references: [
    'https://learn.microsoft.com/azure/aks/use-azure-policy',
    'https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes',
  ],

  evaluate({ cluster }) {
    const enabled = cluster.addonProfiles?.azurepolicy?.enabled;
    const observed = { enabled: enabled ?? null };
    return enabled === true
      ? pass('The Azure Policy add-on is enabled.', { observed })
      : fail(`The Azure Policy add-on ${enabled === false ? 'is disabled' : 'was never enabled'}.`, { observed });
  },
});
