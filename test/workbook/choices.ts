import { compliance, drift, run, type Chosen, type Tables } from './rows';

const CLUSTER = '/subscriptions/s/resourcegroups/rg_(x).1/providers/microsoft.containerservice/managedclusters/aks-1';

/** What a person may choose. */
export const CHOICES: Readonly<Record<string, Chosen>> = {
  'all of everything': {},
  'one of each, as of a past day': {
    Subscription: ['s'],
    Cluster: [CLUSTER],
    Owner: ['web'],
    Scan: ['policy'],
    Severity: ['high'],
    AsOf: '2026-11-01',
    ShowExempt: 'no',
  },
};

/** Names of owners that would break a query if they stood in it as they are. */
export const HOSTILE_OWNERS = ["O'Brien", 'a\\', "'); drop", '{Cluster}', 'line\nbreak', 'x" or 1 == 1 //', 'Zoë', ''];

/** What the parameter makes of them. */
export const HOSTILE_KEYS = [
  'O_Brien',
  'a_',
  '_); drop',
  '_Cluster_',
  'line_break',
  'x" or 1 == 1 //',
  'Zoë',
  '(none)',
];

/** Rows as a version wrote them that knew no more than what it takes to name a finding, an event or a run. */
export const OLD: Tables = {
  AksCompliance_CL: [
    keep(compliance({ Outcome: 'fail' }), ['FindingId', 'ClusterId', 'CheckId', 'Outcome', 'ObservedAt']),
  ],
  AksDrift_CL: [keep(drift({}), ['ClusterId', 'CheckId', 'EventId', 'Transition', 'ObservedAt'])],
  AksMonitorRun_CL: [keep(run({}), ['StartedAt', 'FinishedAt', 'Status'])],
};

function keep(row: Record<string, unknown>, columns: readonly string[]): Record<string, unknown> {
  const known = [...columns, 'TimeGenerated', 'SubscriptionId', 'Scan'];
  return Object.fromEntries(Object.entries(row).filter(([name]) => known.includes(name)));
}
