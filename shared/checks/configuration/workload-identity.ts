import { clusterCheck, fail, pass } from '../../model/check';
import { update } from '../commands';
import { isAutomatic, shown } from '../facts';
import { sayPreset } from '../switches';

export const workloadIdentity = clusterCheck({
  id: 'workload-identity',
  title: 'Workloads can sign in to Azure with Microsoft Entra Workload ID',
  category: 'identity',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'With workload identity a pod exchanges the token of its service account for one of Microsoft Entra ID, and no secret exists that could leak. Without it teams put passwords into Kubernetes secrets, or share the identity of the nodes with every pod.',
  remediation: update('--enable-oidc-issuer --enable-workload-identity'),
  references: [
    'https://learn.microsoft.com/azure/aks/workload-identity-overview',
    'https://learn.microsoft.com/azure/aks/workload-identity-deploy-cluster',
  ],

  evaluate({ cluster }) {
    const issuer = cluster.oidcIssuerProfile?.enabled;
    const identity = cluster.securityProfile?.workloadIdentity?.enabled;
    const observed = shown({ oidcIssuer: issuer, workloadIdentity: identity });
    // AKS Automatic presets both, so that only an explicit "off" counts there.
    const off = Object.entries({ 'The OIDC issuer': issuer, 'Workload Identity': identity })
      .filter(([, enabled]) => !(enabled ?? isAutomatic(cluster)))
      .map(([name]) => name);
    return off.length === 0
      ? pass(sayPreset(cluster, 'The OIDC issuer and Workload Identity are on'), { observed })
      : fail(`${off.join(' and ')} ${off.length > 1 ? 'are' : 'is'} off.`, { observed });
  },
});
