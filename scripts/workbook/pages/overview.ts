import { chart, grid, group, selected, text, tiles } from '../items';
import type { PageOf } from '../page';

/** The score by checklist item, its trend, and the worst clusters. */
export const overview: PageOf = (parts) => ({
  id: 'overview',
  title: 'Overview',
  items: [
    tiles('overview/summary', 'As of {AsOf:label}', parts),
    text(
      'overview-score',
      [
        '**Score** = passed ÷ (passed + failed). **Coverage** = (passed + failed + exempt) ÷ (passed + failed + exempt + unknown).',
        'What could not be read is _unknown_ and never counts as passed; what was failing when it was last read stays failed.',
        'Exempt failures are counted apart. What does not apply counts nowhere. Read the two numbers together: a good score of a poor coverage proves little.',
        'A finding is sent when it changes and once a day; when Azure was last read says Coverage.',
      ].join(' '),
    ),
    chart(
      'overview/trend',
      'Score and coverage, by whole day (UTC)',
      'linechart',
      { xAxis: 'Day', yAxis: ['Score', 'Coverage'] },
      parts,
    ),
    chart(
      'overview/failing',
      'Failing findings by severity',
      'barchart',
      { xAxis: 'Day', yAxis: ['Failing'], group: 'Severity' },
      parts,
    ),
    ...grid(
      'overview/items',
      'Checklist items',
      { sort: 'Position asc', select: { column: 'ChecklistItem', parameter: 'OverviewItem' } },
      parts,
    ),
    group('overview-item', selected('OverviewItem'), [
      ...grid(
        'overview/item-findings',
        'What is not well for {OverviewItem}',
        { sort: 'Position asc, Rank asc, ClusterName asc, CheckId asc' },
        parts,
      ),
    ]),
    ...grid(
      'overview/worst-clusters',
      'Worst clusters',
      {
        sort: 'CriticalOrHigh desc, Failed desc, Unknown desc, ClusterId asc',
        select: { column: 'ClusterId', parameter: 'OverviewCluster' },
        empty: 'No cluster has a failing, exempt or unknown finding.',
      },
      parts,
    ),
    group('overview-cluster', selected('OverviewCluster'), [
      ...grid(
        'overview/cluster-findings',
        'What is not well in the selected cluster',
        { sort: 'Position asc, Rank asc, CheckId asc, NodePool asc' },
        parts,
      ),
    ]),
  ],
});
