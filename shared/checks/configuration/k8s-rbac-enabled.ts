import { clusterCheck, fail, pass } from '../../model/check';

export const k8sRbacEnabled = clusterCheck({
  id: 'k8s-rbac-enabled',
  title: 'Kubernetes RBAC is enabled',
  category: 'identity',
  severity: 'high',
  checklistItem: 'S3',
  rationale:
    'Without Kubernetes RBAC everyone and every workload that can authenticate may do everything in the cluster. It can be chosen only when a cluster is created.',
  remediation:
    'az aks create --subscription {subscriptionId} --resource-group {resourceGroup} --name "<new cluster>" # Kubernetes RBAC is on in new clusters and cannot be switched on in {cluster}: move its workloads, then delete it',
  references: ['https://learn.microsoft.com/azure/aks/concepts-identity'],

  evaluate({ cluster: { enableRbac } }) {
    const observed = { enableRBAC: enableRbac ?? null };
    if (enableRbac === true) {
      return pass('Kubernetes RBAC is enabled.', { observed });
    }
    return fail(`Kubernetes RBAC ${enableRbac === false ? 'is disabled' : 'was never enabled'}.`, { observed });
  },
});
