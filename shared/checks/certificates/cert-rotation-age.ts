import { clusterCheck, fail, pass } from '../../model/check';
import { DAY, dayOf, isoAfter, wholeDays } from '../facts';

export const certRotationAge = clusterCheck({
  id: 'cert-rotation-age',
  title: 'The certificates of the cluster are rotated regularly',
  category: 'certificates',
  severity: 'medium',
  checklistItem: 'S13',
  rationale:
    'Only a rotation makes kubeconfig files and keys useless that were copied or leaked since the last one. Nothing in AKS does it on a schedule.',
  remediation:
    'az aks rotate-certs --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} # recreates all nodes, up to 30 minutes of downtime; fetch every kubeconfig again afterwards',
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],
  needs: ['apiServerCertificate'],
  uses: ['clusterCa'],
  // Days; a policy of one's own, AKS demands none.
  params: { maxAgeDays: 365 },

  evaluate({ apiServerCertificate, clusterCa }, { params: { maxAgeDays }, now }) {
    const authorities = clusterCa.ok ? clusterCa.value : [];
    const [newest] = authorities.toSorted((one, other) => Date.parse(other.notBefore) - Date.parse(one.notBefore));
    // A rotation makes a new authority; a serving certificate may also be renewed without one.
    const source = newest === undefined ? 'serving certificate, as the cluster CA was not read' : 'cluster CA';
    const rotated = new Date((newest ?? apiServerCertificate).notBefore);
    const days = wholeDays(rotated, now);
    const message = `The certificates were last rotated on ${dayOf(rotated)}, ${days} days ago; the limit is ${maxAgeDays} days (judged by the ${source}).`;
    const observed = {
      rotatedOn: dayOf(rotated),
      judgedBy: newest === undefined ? 'apiServerCertificate' : 'clusterCa',
    };
    return days > maxAgeDays
      ? fail(message, { observed })
      : pass(message, { observed, dueOn: isoAfter(rotated, (maxAgeDays + 1) * DAY) });
  },
});
