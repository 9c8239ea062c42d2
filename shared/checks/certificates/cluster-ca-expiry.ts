import { clusterCheck, unknown } from '../../model/check';
import { days } from '../../model/params';
import { ROTATE_CERTIFICATES } from '../commands';
import { judgeExpiry } from '../expiry';

export const clusterCaExpiry = clusterCheck({
  id: 'cluster-ca-expiry',
  title: 'The certificate authority of the cluster does not end soon',
  category: 'certificates',
  severity: 'high',
  checklistItem: 'S13',
  rationale:
    'All certificates of a cluster end with its certificate authority, and only a rotation that recreates every node renews it. Clusters from before May 2019 have one that lasts two years.',
  remediation: ROTATE_CERTIFICATES,
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],
  needs: ['clusterCa'],
  // Time to plan the downtime of a rotation.
  params: { warnDays: days(180, 'fail when fewer are left', { stricter: 'higher' }) },

  evaluate({ clusterCa }, { params: { warnDays }, now }) {
    const [first] = clusterCa.toSorted((one, other) => Date.parse(one.notAfter) - Date.parse(other.notAfter));
    return first === undefined
      ? unknown('notVisible', 'certificate-authority-data of the kubeconfig holds no certificate.')
      : judgeExpiry('The certificate authority of the cluster', first, now, [
          [warnDays, 'high'],
          [0, 'high'],
        ]);
  },
});
