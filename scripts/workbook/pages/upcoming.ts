import { chart, grid, text } from '../items';
import type { PageOf } from '../page';

/** Everything that has a date in the next 180 days. */
export const upcoming: PageOf = (parts) => ({
  id: 'upcoming',
  title: 'Upcoming',
  items: [
    text(
      'upcoming-about',
      'The next 180 days: certificates that end, Kubernetes and operating system versions that leave support, retirements, attestations to renew and exemptions that run out. Of a failing finding it is the day on which it gets worse. What does not fail in the scans of node images and of policy is left out: its date moves with the next image or evaluation.',
    ),
    chart(
      'upcoming/per-month',
      'Dates by month',
      'barchart',
      { xAxis: 'Month', yAxis: ['Dates'], group: 'Kind' },
      parts,
    ),
    ...grid(
      'upcoming/per-kind',
      'By kind and check',
      {
        sort: 'NextDueOn asc, CheckId asc, Kind asc',
        select: { column: 'CheckId', parameter: 'UpcomingCheck' },
        empty: 'Nothing has a date in the next 180 days.',
      },
      parts,
    ),
    ...grid(
      'upcoming/dates',
      'Dates, next first (of the selected check, or of all)',
      {
        sort: 'DueOn asc, CheckId asc, ClusterId asc, NodePool asc',
        empty: 'Nothing has a date in the next 180 days.',
      },
      parts,
    ),
  ],
});
