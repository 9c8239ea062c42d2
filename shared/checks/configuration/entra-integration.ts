import { clusterCheck, fail, pass } from '../../model/check';
import { hasLegacyEntra, hasManagedEntra, isAutomatic } from '../facts';

export const entraIntegration = clusterCheck({
  id: 'entra-integration',
  title: 'Microsoft Entra ID is integrated in the managed way',
  category: 'identity',
  severity: 'high',
  checklistItem: 'S4',
  rationale:
    'With Microsoft Entra ID people sign in to the cluster as themselves: groups, conditional access and the removal of leavers apply. The legacy integration hangs on application secrets of its own and is no longer developed.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --enable-aad --aad-admin-group-object-ids "<group id>"',
  references: [
    'https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id',
    'https://learn.microsoft.com/azure/aks/concepts-identity',
  ],

  evaluate({ cluster }) {
    const { managed, clientAppID, serverAppID } = cluster.aadProfile ?? {};
    const observed = {
      managed: managed ?? null,
      clientAppID: clientAppID ?? null,
      serverAppID: serverAppID ?? null,
    };
    if (hasLegacyEntra(cluster)) {
      return fail('Microsoft Entra ID is integrated in the legacy way, with applications of its own.', { observed });
    }
    if (isAutomatic(cluster) && managed !== false) {
      return pass('Microsoft Entra ID is integrated; AKS Automatic enforces it.', { observed });
    }
    return hasManagedEntra(cluster)
      ? pass('Microsoft Entra ID is integrated in the managed way.', { observed })
      : fail('Microsoft Entra ID is not integrated.', { observed });
  },
});
