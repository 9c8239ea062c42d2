import { clusterCheck } from '../../model/check';
import { ROTATE_CERTIFICATES } from '../commands';
import { EXPIRY_PARAMS, expirySteps, judgeExpiry } from '../expiry';

export const apiserverCertExpiry = clusterCheck({
  id: 'apiserver-cert-expiry',
  title: 'The certificate of the API server does not end soon',
  category: 'certificates',
  severity: 'high',
  checklistItem: 'S13',
  rationale:
    'When the certificate of the API server ends, nodes, pipelines and people can no longer reach the cluster. AKS gives no warning before.',
  remediation: ROTATE_CERTIFICATES,
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],
  needs: ['apiServerCertificate'],
  params: EXPIRY_PARAMS,

  evaluate: ({ apiServerCertificate }, { params, now }) =>
    judgeExpiry('The certificate of the API server', apiServerCertificate, now, expirySteps(params)),
});
