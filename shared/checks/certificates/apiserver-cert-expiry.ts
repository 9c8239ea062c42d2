import { clusterCheck } from '../../model/check';
import { EXPIRY_PARAMS, judgeExpiry } from '../expiry';

export const apiserverCertExpiry = clusterCheck({
  id: 'apiserver-cert-expiry',
  title: 'The certificate of the API server does not end soon',
  category: 'certificates',
  severity: 'high',
  checklistItem: 'S13',
  rationale:
    'When the certificate of the API server ends, nodes, pipelines and people can no longer reach the cluster. AKS gives no warning before.',
  remediation:
    'az aks rotate-certs --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} # recreates all nodes, up to 30 minutes of downtime; fetch every kubeconfig again afterwards',
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],
  needs: ['apiServerCertificate'],
  params: EXPIRY_PARAMS,

  evaluate({ apiServerCertificate: certificate }, { params, now }) {
    const end = new Date(certificate.notAfter);
    const limits = { ...params, ended: 'critical' } as const;
    return judgeExpiry('The certificate of the API server', end, limits, now, { ...certificate });
  },
});
