import { grid, group, selected, tiles } from '../items';
import type { PageOf } from '../page';

/** What is accepted, why, until when and by whose approval. */
export const exemptions: PageOf = (parts) => ({
  id: 'exemptions',
  title: 'Exemptions',
  items: [
    tiles('exemptions/summary', 'Exemptions as of {AsOf:label}', parts),
    ...grid(
      'exemptions/current',
      'Exemptions, first to end first',
      {
        sort: 'ExpiresOn asc, CheckId asc, ExemptionReason asc, ApprovedBy asc',
        select: { column: 'FindingId', parameter: 'ExemptFinding' },
        empty: 'Nothing is exempt.',
      },
      parts,
    ),
    group('exemptions-selected', selected('ExemptFinding'), [
      ...grid(
        'exemptions/findings',
        'Findings of the selected exemption',
        { sort: 'Position asc, Rank asc, ClusterName asc, NodePool asc' },
        parts,
      ),
    ]),
    ...grid(
      'exemptions/events',
      'Exemptions that began or ended in the time range',
      {
        sort: 'ObservedAt desc, EventId asc',
        empty: 'None began or ended in the time range, of a finding that fails.',
      },
      parts,
    ),
  ],
});
