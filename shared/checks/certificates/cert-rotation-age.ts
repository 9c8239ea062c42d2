import { clusterCheck, fail, pass } from '../../model/check';
import type { Json } from '../../model/json';
import { days } from '../../model/params';
import { ROTATE_CERTIFICATES } from '../commands';
import { DAY, dayOf, isoAfter, wholeDays } from '../facts';

export const certRotationAge = clusterCheck({
  id: 'cert-rotation-age',
  title: 'The certificates of the cluster are rotated regularly',
  category: 'certificates',
  severity: 'medium',
  checklistItem: 'S13',
  rationale:
    'Only a rotation makes kubeconfig files and keys useless that were copied or leaked since the last one. Nothing in AKS does it on a schedule.',
  remediation: ROTATE_CERTIFICATES,
  references: ['https://learn.microsoft.com/azure/aks/certificate-rotation'],
  needs: ['apiServerCertificate'],
  uses: ['clusterCa'],
  // A policy of one's own: AKS demands none.
  params: { maxAgeDays: days(365, 'the longest time without a rotation', { min: 1 }) },

  evaluate({ apiServerCertificate, clusterCa, history }, { params: { maxAgeDays }, now }) {
    // A rotation makes a new authority; a serving certificate may also be renewed without one.
    const authority = newest(clusterCa.ok ? clusterCa.value.map(({ notBefore }) => notBefore) : [], history);
    const [judgedBy, source] =
      authority === null
        ? ['apiServerCertificate', 'serving certificate, as the cluster CA was not read']
        : ['clusterCa', 'cluster CA'];
    const rotated = new Date(authority ?? apiServerCertificate.notBefore);
    const days = wholeDays(rotated, now);
    const message = `The certificates were last rotated on ${dayOf(rotated)}, ${days} days ago; the limit is ${maxAgeDays} days (judged by the ${source}).`;
    const said = { observed: { rotatedOn: dayOf(rotated), judgedBy }, remember: { authority } };
    return days > maxAgeDays
      ? fail(message, said)
      : pass(message, { ...said, dueOn: isoAfter(rotated, (maxAgeDays + 1) * DAY) });
  },
});

/** The newest authority that was ever seen: a day on which it cannot be read must not change the verdict. */
function newest(seen: readonly string[], history: Json): string | null {
  const { authority } = (history ?? {}) as { readonly authority?: Json };
  return (
    [...seen, ...(typeof authority === 'string' ? [authority] : [])]
      .sort((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1) ?? null
  );
}
