import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { hasEntra, isAutomatic } from '../facts';

export const localAccountsDisabled = clusterCheck({
  id: 'local-accounts-disabled',
  title: 'Local accounts are disabled',
  category: 'identity',
  severity: 'high',
  checklistItem: 'S4',
  rationale:
    'The certificate of a local account makes whoever holds it cluster administrator: Entra ID and conditional access are bypassed, and the audit log names nobody.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --disable-local-accounts',
  references: ['https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad'],

  evaluate({ cluster }) {
    const observed = { disableLocalAccounts: cluster.disableLocalAccounts ?? null };
    if (!hasEntra(cluster)) {
      return notApplicable('Entra ID must be integrated first: without it local accounts are the only way in.', {
        observed,
      });
    }
    if (cluster.disableLocalAccounts === true) {
      return pass(
        isAutomatic(cluster)
          ? 'Local accounts are disabled; AKS Automatic enforces it.'
          : 'Local accounts are disabled.',
        { observed },
      );
    }
    if (isAutomatic(cluster) && cluster.disableLocalAccounts === undefined) {
      return pass('AKS Automatic enforces it.', { observed });
    }
    // Absent means enabled: the service leaves the property out unless it was set.
    return fail('Local accounts are enabled.', { observed });
  },
});
