import { describeQuery, idOf, only } from './cases';
import { answerOf, compliance, days, drift, run, type Chosen, type Tables } from './rows';

const CHECK = { ChecklistCheck: 'k8s-rbac-enabled' };
const YESTERDAY = '2026-11-23T01:00:00Z';

/** What a person chooses on every page, and what makes a row one of those that are chosen. */
const PARAMETERS = [
  { parameter: 'Subscription', value: 's-2', differs: { SubscriptionId: 's-2' } },
  { parameter: 'Cluster', value: idOf('aks-2'), differs: { ClusterName: 'aks-2' } },
  { parameter: 'Owner', value: 'data', differs: { Owner: 'data' } },
  { parameter: 'Scan', value: 'policy', differs: { Scan: 'policy' } },
  { parameter: 'Severity', value: 'low', differs: { Severity: 'low' } },
] as const;

type Differs = Partial<(typeof PARAMETERS)[number]['differs']>;

/** Two rows that differ in nothing else, and the pools of those that a query answers. */
const current = (differs: Differs, chosen: Chosen): unknown[] =>
  answerOf(
    'checklist-findings',
    only(compliance({ NodePool: 'other' }), compliance({ NodePool: 'chosen', ...differs })),
    { ...CHECK, ...chosen },
  ).rows.map(({ NodePool }) => NodePool);

const events = (differs: Differs, chosen: Chosen): unknown[] =>
  answerOf(
    'drift-events',
    {
      AksDrift_CL: [
        drift({ EventId: 'e1', NodePool: 'other' }),
        drift({ EventId: 'e2', NodePool: 'chosen', ...differs }),
      ],
    },
    chosen,
  ).rows.map(({ NodePool }) => NodePool);

/** The score of a day on which one of two findings fails, and the chosen one passes. */
const daily = (differs: Differs, chosen: Chosen): unknown[] =>
  answerOf(
    'overview-trend',
    only(
      compliance({ NodePool: 'other', Outcome: 'fail', ObservedAt: YESTERDAY }),
      compliance({ NodePool: 'chosen', ObservedAt: YESTERDAY, ...differs }),
    ),
    chosen,
  ).rows.map(({ Score }) => Score);

describe.each(PARAMETERS)('the parameter $parameter', ({ parameter, value, differs }) => {
  const chosen = { [parameter]: [value] };

  it('narrows what is current', () => {
    expect(current(differs, chosen)).toEqual(['chosen']);
    expect(current(differs, {})).toHaveLength(2);
  });

  it('narrows events', () => {
    expect(events(differs, chosen)).toEqual(['chosen']);
    expect(events(differs, {})).toHaveLength(2);
  });

  it('narrows what was on a day', () => {
    expect(daily(differs, chosen)).toEqual([100]);
    expect(daily(differs, {})).toEqual([50]);
  });
});

it.each([
  { parameter: 'Subscription', value: 's-2', differs: { SubscriptionId: 's-2' } },
  { parameter: 'Scan', value: 'policy', differs: { Scan: 'policy' } },
])('the parameter $parameter narrows runs', ({ parameter, value, differs }) => {
  const tables = { AksMonitorRun_CL: [run({}), run({ Status: 'failed', ...differs })] };
  expect(answerOf('coverage-runs', tables, { [parameter]: [value] }).rows).toMatchObject([{ Status: 'failed' }]);
  expect(answerOf('coverage-runs', tables).rows).toHaveLength(2);
});

/** Findings of one cluster, one of each standing. */
const standings = (ClusterName: string): Record<string, unknown>[] => [
  compliance({ ClusterName, NodePool: 'a', Outcome: 'fail' }),
  compliance({ ClusterName, NodePool: 'b', Outcome: 'unknown' }),
  compliance({ ClusterName, NodePool: 'c', Outcome: 'fail', Exempt: true }),
  compliance({ ClusterName, NodePool: 'd' }),
  compliance({ ClusterName, NodePool: 'e', Outcome: 'notApplicable' }),
];

/** Findings of which half is asked for. */
const TWO: Tables = only(...standings('aks-1'), ...standings('aks-2'));

const listed = (ClusterName: string, ...shown: string[]): Record<string, unknown>[] =>
  shown.map((Standing) => ({ ClusterName, Standing }));

const NOT_WELL = ['fail', 'unknown', 'exempt'];

describeQuery('overview-cluster-findings', [
  {
    name: 'lists what is not well on the cluster, and of no other',
    chosen: { OverviewCluster: idOf('aks-2') },
    tables: TWO,
    expected: listed('aks-2', ...NOT_WELL),
  },
]);

describeQuery('overview-item-findings', [
  {
    name: 'lists what is not well for the item, and for no other',
    chosen: { OverviewItem: 'S4' },
    tables: only(...standings('aks-1'), ...standings('aks-2').map((row) => ({ ...row, ChecklistItem: 'S4' }))),
    expected: listed('aks-2', ...NOT_WELL),
  },
]);

describeQuery('clusters-findings-S7', [
  {
    name: 'lists everything of the cluster, and nothing of another',
    chosen: { MatrixCluster: idOf('aks-2') },
    tables: TWO,
    expected: listed('aks-2', ...NOT_WELL, 'pass', 'notApplicable'),
  },
]);

describeQuery('checklist-findings', [
  {
    name: 'lists the findings of the check, and of no other',
    chosen: CHECK,
    tables: only(compliance({}), compliance({ CheckId: 'local-accounts-disabled' })),
    expected: [{ CheckId: 'k8s-rbac-enabled' }],
  },
]);

describeQuery('checklist-checks', [
  {
    name: 'lists the checks of the item, and of no other',
    chosen: { ChecklistItem: 'S3' },
    tables: only(compliance({}), compliance({ CheckId: 'local-accounts-disabled', ChecklistItem: 'S4' })),
    expected: [{ CheckId: 'k8s-rbac-enabled' }],
  },
]);

describeQuery('checklist-attestations', [
  {
    name: 'lists what people attest, and not what is checked',
    tables: only(compliance({}), compliance({ CheckId: 'attestation-s1', ClusterName: '' })),
    expected: [{ CheckId: 'attestation-s1' }],
  },
]);

describeQuery('frameworks-findings', [
  {
    name: 'lists what answers the control of the framework',
    chosen: { Framework: 'mcsb', FrameworkControl: 'PA-1' },
    tables: only(
      compliance({ Controls: { mcsb: ['PA-7', 'PA-1'] } }),
      compliance({ ClusterName: 'aks-2', Controls: { mcsb: ['PA-7'] } }),
      compliance({ ClusterName: 'aks-3', Controls: { other: ['PA-1'] } }),
    ),
    expected: [{ ClusterName: 'aks-1' }],
  },
]);

describeQuery('frameworks-controls', [
  {
    name: 'lists no control of another framework',
    chosen: { Framework: 'mcsb' },
    tables: only(compliance({ Controls: { other: ['Y-1'] } })),
    among: { Control: 'Y-1' },
    expected: [],
  },
]);

const OWNED = only(...standings('aks-1'), ...standings('aks-2').map((row) => ({ ...row, Owner: 'data' })));

describeQuery('owners-findings', [
  {
    name: 'lists what the owner has to mend, and what is exempt of it',
    chosen: { OwnersOwner: 'data' },
    tables: OWNED,
    expected: listed('aks-2', 'fail', 'exempt'),
  },
  {
    name: 'lists the most urgent day first, and what has no day last',
    chosen: { OwnersOwner: 'web' },
    tables: only(
      compliance({ ClusterName: 'none', Outcome: 'fail', Severity: 'critical' }),
      compliance({ ClusterName: 'soon', Outcome: 'fail', Severity: 'low', RemediateBy: days(3) }),
      compliance({ ClusterName: 'overdue', Outcome: 'fail', Severity: 'low', RemediateBy: days(-3) }),
    ),
    expected: [{ ClusterName: 'overdue' }, { ClusterName: 'soon' }, { ClusterName: 'none' }],
  },
  {
    name: 'leaves out what is exempt when nobody wants to see it',
    chosen: { OwnersOwner: 'data', ShowExempt: 'no' },
    tables: OWNED,
    expected: listed('aks-2', 'fail'),
  },
]);

describeQuery('upcoming-dates', [
  {
    name: 'lists the dates of the check that was clicked',
    chosen: { UpcomingCheck: 'cluster-ca-expiry' },
    tables: only(compliance({ DueOn: days(5) }), compliance({ CheckId: 'cluster-ca-expiry', DueOn: days(6) })),
    expected: [{ CheckId: 'cluster-ca-expiry', DaysLeft: 6 }],
  },
]);

describeQuery('overview-trend', [
  {
    name: 'has no point for a day on which all was gone, nor for the drill',
    tables: only(
      compliance({ Outcome: 'fail', ObservedAt: '2026-11-22T01:00:00Z' }),
      compliance({ Outcome: 'gone', LastOutcome: 'fail', ObservedAt: YESTERDAY }),
      compliance({ Outcome: 'fail', ObservedAt: YESTERDAY, ClusterName: 'aks-drift-drill' }),
    ),
    expected: [{ Day: '2026-11-22T00:00:00Z', Score: 0 }],
  },
]);

const OFFERED = only(
  compliance({}),
  compliance({ ClusterName: 'aks-2', SubscriptionId: 's-2', SubscriptionName: 'test', Owner: 'data' }),
  compliance({ ClusterName: '', SubscriptionId: 's-2', SubscriptionName: 'test', Owner: null }),
  compliance({ ClusterName: 'aks-drift-drill', SubscriptionId: 's-3', Owner: 'drill' }),
  compliance({ ClusterName: 'aks-4', SubscriptionId: 's-4', Owner: 'old', ObservedAt: days(-2.1) }),
);

describeQuery('parameters: Cluster', [
  {
    name: 'offers clusters of all subscriptions, and neither a drill nor what was not told for two days',
    tables: OFFERED,
    expected: [
      { value: idOf('aks-1'), label: 'aks-1 (prod)' },
      { value: idOf('aks-2'), label: 'aks-2 (test)' },
    ],
  },
  {
    name: 'offers those of the subscription that is chosen',
    chosen: { Subscription: ['s-2'] },
    tables: OFFERED,
    expected: [{ label: 'aks-2 (test)' }],
  },
]);

describeQuery('parameters: Subscription', [
  {
    name: 'offers as of a past day what was read then and sent later, and not what was read too early',
    chosen: { AsOf: '2026-11-20' },
    tables: only(
      compliance({ SubscriptionId: 's-1', ObservedAt: '2026-11-20T23:00:00Z', TimeGenerated: '2026-11-22T20:00:00Z' }),
      compliance({ SubscriptionId: 's-2', ObservedAt: '2026-11-18T23:00:00Z', TimeGenerated: '2026-11-20T20:00:00Z' }),
    ),
    expected: [{ value: 's-1' }],
  },
  {
    name: 'offers each by its newest name, or by its id',
    tables: only(
      compliance({ SubscriptionId: 's-1', ObservedAt: days(-1), SubscriptionName: 'before' }),
      compliance({ SubscriptionId: 's-1', SubscriptionName: 'after' }),
      compliance({ SubscriptionId: 's-2', SubscriptionName: null }),
    ),
    expected: [
      { value: 's-1', label: 'after' },
      { value: 's-2', label: 's-2' },
    ],
  },
]);

describeQuery('parameters: Owner', [
  {
    name: 'offers those who own something, and nobody',
    tables: OFFERED,
    expected: [{ value: '(none)' }, { value: 'data' }, { value: 'web' }],
  },
]);
