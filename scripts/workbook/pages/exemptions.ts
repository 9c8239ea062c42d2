import { grid, tiles } from '../items';
import type { PageOf } from '../page';

/** What is accepted, why, until when and by whose approval. */
export const exemptions: PageOf = (parts) => ({
  id: 'exemptions',
  title: 'Exemptions',
  items: [
    tiles('exemptions/summary', 'Exemptions as of {AsOf:label}', parts),
    ...grid(
      'exemptions/current',
      'Exempt findings, first to end first',
      { sort: 'ExpiresOn asc, CheckId asc, ClusterId asc, NodePool asc', empty: 'Nothing is exempt.' },
      parts,
    ),
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
