import { clusterCheck } from '../../model/check';
import { newCluster } from '../commands';
import { shown } from '../facts';
import { mustBeEnabled } from '../switches';

export const k8sRbacEnabled = clusterCheck({
  id: 'k8s-rbac-enabled',
  title: 'Kubernetes RBAC is enabled',
  category: 'identity',
  severity: 'high',
  checklistItem: 'S3',
  rationale:
    'Without Kubernetes RBAC everyone and every workload that can authenticate may do everything in the cluster. It can be chosen only when a cluster is created.',
  // It is on in new clusters unless somebody switches it off.
  remediation: newCluster(),
  references: ['https://learn.microsoft.com/azure/aks/concepts-identity'],

  evaluate({ cluster: { enableRbac } }) {
    return mustBeEnabled('Kubernetes RBAC', enableRbac, shown({ enableRBAC: enableRbac }));
  },
});
