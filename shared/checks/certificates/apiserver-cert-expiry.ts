import { clusterCheck } from '../../model/check';
import { days } from '../../model/params';
import { ROTATE_CERTIFICATES } from '../commands';
import { judgeExpiry } from '../expiry';

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
  params: {
    warnDays: days(30, 'fail, medium, when fewer are left', { stricter: 'higher' }),
    highDays: days(7, 'fail, high, when fewer are left', { stricter: 'higher' }),
  },

  evaluate: ({ apiServerCertificate }, { params: { warnDays, highDays }, now }) =>
    judgeExpiry('The certificate of the API server', apiServerCertificate, now, [
      [warnDays, 'medium'],
      [highDays, 'high'],
      [0, 'critical'],
    ]),
});
