import { grid, group, selected, text } from '../items';
import type { PageOf } from '../page';

/** Who has to mend what, and what is overdue. */
export const owners: PageOf = (parts) => ({
  id: 'owners',
  title: 'Owners',
  items: [
    text(
      'owners-about',
      'Owners come from tags (`ownership` in the baseline file), the day by which to remediate from `remediationDays`. **Overdue**: that day has passed, and the finding fails and is not exempt.',
    ),
    ...grid(
      'owners/owners',
      'Owners',
      { sort: 'Overdue desc, Failed desc, OwnerKey asc', select: { column: 'OwnerKey', parameter: 'OwnersOwner' } },
      parts,
    ),
    group('owners-selected', selected('OwnersOwner'), [
      ...grid(
        'owners/findings',
        'What {OwnersOwner} has to mend, most urgent day first',
        { sort: 'Position asc, RemediateBy asc nulls last, Rank asc, CheckId asc, ClusterId asc' },
        parts,
      ),
    ]),
  ],
});
