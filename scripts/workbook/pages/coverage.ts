import { grid, group, selected, text, tiles } from '../items';
import type { PageOf } from '../page';

/** What could not be read and which permission is missing, whether the scans run, and the last drill. */
export const coverage: PageOf = (parts) => ({
  id: 'coverage',
  title: 'Coverage',
  items: [
    tiles('coverage/summary', 'Runs, as of {AsOf:label}', parts),
    text(
      'coverage-about',
      [
        'What could not be read is neither passed nor failed nor resolved. **Last read at** is when the same source could last be read: with it, coverage was **lost**; without it, it never was there.',
        'What is _disabled_ is switched off on purpose, or the setting that allows it is not set: it counts nowhere, as long as it never had an answer.',
      ].join(' '),
    ),
    ...grid(
      'coverage/unread',
      'What the last runs could not read',
      {
        sort: 'Position asc, Scopes desc, UnreadKey asc',
        select: { column: 'UnreadKey', parameter: 'CoverageUnread' },
        empty: 'The last run of every scan read everything.',
      },
      parts,
    ),
    group('coverage-unread-selected', selected('CoverageUnread'), [
      ...grid(
        'coverage/scopes',
        'Where the selected source could not be read',
        { sort: 'Position asc, SubscriptionId asc, Scope asc' },
        parts,
      ),
    ]),
    ...grid(
      'coverage/runs',
      'Last run of each scan of each subscription',
      {
        sort: 'Position asc, Scan asc, SubscriptionId asc',
        empty:
          'No run in two weeks before this moment, or its rows are kept no longer. Does the function app run? See "When something is wrong" in docs/deploy.md.',
      },
      parts,
    ),
    ...grid(
      'coverage/unknown',
      'Checks without an answer',
      {
        sort: 'Findings desc, CheckId asc, Reason asc',
        select: { column: 'CheckId', parameter: 'CoverageCheck' },
        empty: 'Every finding has an answer.',
      },
      parts,
    ),
    group('coverage-selected', selected('CoverageCheck'), [
      ...grid(
        'coverage/findings',
        'Findings of {CoverageCheck} without an answer',
        { sort: 'Position asc, Rank asc, ClusterName asc, NodePool asc' },
        parts,
      ),
    ]),
    ...grid(
      'coverage/drill',
      'Drills, newest first',
      {
        sort: 'SentAt desc',
        empty: 'No drill yet: the command "aks-drift drill" proves the way from a row to a person.',
      },
      parts,
    ),
  ],
});
