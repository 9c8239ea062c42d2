import { grid, group, selected, text } from '../items';
import type { PageOf } from '../page';

/** Every item of the checklist, the checks that answer it, and what people attested. */
export const checklist: PageOf = (parts) => ({
  id: 'checklist',
  title: 'Checklist',
  items: [
    text(
      'checklist-about',
      [
        'Counted are clusters (and subscriptions, for what concerns them as a whole): one **meets** an item when everything of it passes;',
        '**by exemption** when what fails is exempt; it is **unclear** when nothing fails and something could not be read.',
        'What no check can answer is attested by people, in the baseline file.',
      ].join(' '),
    ),
    ...grid(
      'checklist/items',
      'Items S1 to S13',
      { sort: 'Position asc', select: { column: 'ChecklistItem', parameter: 'ChecklistItem' } },
      parts,
    ),
    group('checklist-item', selected('ChecklistItem'), [
      ...grid(
        'checklist/checks',
        'Checks of {ChecklistItem}',
        { sort: 'Failed desc, Rank asc, CheckId asc', select: { column: 'CheckId', parameter: 'ChecklistCheck' } },
        parts,
      ),
      group('checklist-check', selected('ChecklistCheck'), [
        ...grid(
          'checklist/findings',
          'Findings of {ChecklistCheck}',
          { sort: 'Position asc, Rank asc, ClusterName asc, NodePool asc' },
          parts,
        ),
      ]),
    ]),
    ...grid(
      'checklist/attestations',
      'Attestations',
      {
        // What has run out has no date any more.
        sort: 'DueOn asc nulls first, CheckId asc, SubscriptionName asc',
        empty: 'Nothing is attested: see "attestations" in docs/baseline.md.',
      },
      parts,
    ),
  ],
});
