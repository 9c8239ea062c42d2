import { clusterCheck, fail, pass, unknown } from '../../model/check';
import { days } from '../../model/params';
import { DAY, dayOf, isoAfter, wholeDays } from '../facts';

export const clusterCaExpiry = clusterCheck({
  id: 'cluster-ca-expiry',
  title: 'The certificate authority of the cluster does not end soon',
  category: 'certificates',
  severity: 'high',
  checklistItem: 'S13',
  rationale:
    'All certificates of a cluster end with its certificate authority, and only a rotation that recreates every node renews it. Clusters from before May 2019 have one that lasts two years.',
  remediation:
    'az aks rotate-certs --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} # recreates all nodes, up to 30 minutes of downtime; fetch every kubeconfig again afterwards',
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],
  needs: ['clusterCa'],
  // Days left at which it fails: time to plan the downtime of a rotation.
  params: { warnDays: days(180, 'fail when fewer are left', { stricter: 'higher' }) },

  evaluate({ clusterCa }, { params: { warnDays }, now }) {
    const [first] = clusterCa.toSorted((one, other) => Date.parse(one.notAfter) - Date.parse(other.notAfter));
    if (first === undefined) {
      return unknown('notVisible', 'certificate-authority-data of the kubeconfig holds no certificate.');
    }
    const end = new Date(first.notAfter);
    const observed = { ...first };
    if (now >= end) {
      return fail(`The certificate authority of the cluster ended on ${dayOf(end)}.`, { observed });
    }
    const message = `The certificate authority of the cluster ends on ${dayOf(end)}, in ${wholeDays(now, end)} days.`;
    const due = isoAfter(end, -warnDays * DAY);
    return now < new Date(due) ? pass(message, { observed, dueOn: due }) : fail(message, { observed });
  },
});
