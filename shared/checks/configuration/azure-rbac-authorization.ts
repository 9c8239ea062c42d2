import { clusterCheck, fail } from '../../model/check';
import { update } from '../commands';
import { updateEntra } from '../entra';
import { hasManagedEntra, shown } from '../facts';
import { mustBeOnUnlessPreset } from '../switches';

const FLAG = '--enable-azure-rbac';

export const azureRbacAuthorization = clusterCheck({
  id: 'azure-rbac-authorization',
  title: 'Azure RBAC decides who may do what in Kubernetes',
  category: 'identity',
  severity: 'medium',
  checklistItem: 'S4',
  rationale:
    'With Azure RBAC access to Kubernetes is granted, reviewed and withdrawn where all other access to Azure is, for many clusters at once, and it can be tied to conditions and to a time. Without it every cluster has role bindings of its own, which nobody sees from outside.',
  remediation: update(FLAG),
  references: ['https://learn.microsoft.com/azure/aks/manage-azure-rbac'],

  evaluate({ cluster }) {
    const { managed, enableAzureRbac } = cluster.aadProfile ?? {};
    const observed = shown({ managed, enableAzureRBAC: enableAzureRbac });
    if (!hasManagedEntra(cluster)) {
      const message = 'Azure RBAC cannot be on: Microsoft Entra ID is not integrated in the managed way.';
      return fail(message, { observed, remediation: updateEntra(cluster, FLAG) });
    }
    return mustBeOnUnlessPreset(cluster, 'Azure RBAC', enableAzureRbac, observed);
  },
});
