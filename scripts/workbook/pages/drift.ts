import { chart, grid, group, selected } from '../items';
import type { PageOf } from '../page';

/** What changed: old and new value, who did it, and since when. */
export const drift: PageOf = (parts) => ({
  id: 'drift',
  title: 'Drift timeline',
  items: [
    chart(
      'drift/per-day',
      'Drift events by transition',
      'barchart',
      { xAxis: 'Day', yAxis: ['Events'], group: 'Transition' },
      parts,
    ),
    chart(
      'drift/per-cause',
      'Drift events by cause',
      'barchart',
      { xAxis: 'Day', yAxis: ['Events'], group: 'Cause' },
      parts,
    ),
    ...grid(
      'drift/events',
      'Drift events, newest first',
      {
        sort: 'ObservedAt desc, EventId asc',
        select: { column: 'EventId', parameter: 'DriftEvent' },
        empty: 'Nothing drifted in the time range.',
      },
      parts,
    ),
    group('drift-selected', selected('DriftEvent'), [
      ...grid('drift/event', 'The selected event', { sort: 'Position asc' }, parts),
      ...grid('drift/history', 'Events of the same finding in the time range', { sort: 'ObservedAt desc' }, parts),
    ]),
  ],
});
