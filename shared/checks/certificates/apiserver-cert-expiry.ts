import { clusterCheck, fail, pass } from '../../model/check';
import { days } from '../../model/params';
import { DAY, dayOf, isoAfter, wholeDays } from '../facts';

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
  // Days left at which it fails, and at which the failure is high.
  params: {
    warnDays: days(30, 'fail, medium, when fewer are left', { stricter: 'higher' }),
    highDays: days(7, 'fail, high, when fewer are left', { stricter: 'higher' }),
  },

  evaluate({ apiServerCertificate: certificate }, { params: { warnDays, highDays }, now }) {
    const end = new Date(certificate.notAfter);
    const observed = { ...certificate };
    if (now >= end) {
      return fail(`The certificate of the API server ended on ${dayOf(end)}.`, { observed, severity: 'critical' });
    }
    const message = `The certificate of the API server ends on ${dayOf(end)}, in ${wholeDays(now, end)} days.`;
    const left = end.getTime() - now.getTime();
    if (left <= highDays * DAY) {
      return fail(message, { observed, severity: 'high', dueOn: isoAfter(end, 0) });
    }
    return left <= warnDays * DAY
      ? fail(message, { observed, severity: 'medium', dueOn: isoAfter(end, -highDays * DAY) })
      : pass(message, { observed, dueOn: isoAfter(end, -Math.max(warnDays, highDays) * DAY) });
  },
});
