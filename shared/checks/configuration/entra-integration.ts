import { clusterCheck, fail, pass } from '../../model/check';
import { update } from '../commands';
import { hasLegacyEntra, hasManagedEntra, isAutomatic, shown } from '../facts';

export const entraIntegration = clusterCheck({
  id: 'entra-integration',
  title: 'Microsoft Entra ID is integrated in the managed way',
  category: 'identity',
  severity: 'high',
  checklistItem: 'S4',
  rationale:
    'With Microsoft Entra ID people sign in to the cluster as themselves: groups, conditional access and the removal of leavers apply. The legacy integration hangs on application secrets of its own and is no longer developed.',
  remediation: update('--enable-aad --aad-admin-group-object-ids "<group id>"'),
  references: [
    'https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id',
    'https://learn.microsoft.com/azure/aks/concepts-identity',
  ],

  evaluate({ cluster }) {
    const { managed, clientAppID, serverAppID } = cluster.aadProfile ?? {};
    const observed = shown({ managed, clientAppID, serverAppID });
    if (hasLegacyEntra(cluster)) {
      return fail('Microsoft Entra ID is integrated in the legacy way, with applications of its own.', { observed });
    }
    if (!hasManagedEntra(cluster)) {
      return fail('Microsoft Entra ID is not integrated.', { observed });
    }
    const how = isAutomatic(cluster) ? '; AKS Automatic enforces it' : ' in the managed way';
    return pass(`Microsoft Entra ID is integrated${how}.`, { observed });
  },
});
