import { clusterCheck, fail, pass } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';

export const managedIdentity = clusterCheck({
  id: 'managed-identity',
  title: 'The cluster uses a managed identity',
  category: 'identity',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'A service principal has a secret that must be kept, renewed and revoked, and the cluster fails on the day on which it expires. The platform renews the credentials of a managed identity, and nobody can read them.',
  remediation: update('--enable-managed-identity'),
  references: ['https://learn.microsoft.com/azure/aks/use-managed-identity'],

  evaluate({ cluster: { identity, servicePrincipalProfile } }) {
    const type = identity?.type;
    const observed = shown({ type, clientId: servicePrincipalProfile?.clientId });
    return type === 'SystemAssigned' || type === 'UserAssigned'
      ? pass(`The cluster uses a managed identity (${type}).`, { observed })
      : fail(`The cluster has no managed identity: its identity type is ${type ?? 'not set'}.`, { observed });
  },
});
