import { SEVERITIES } from '../../shared/model/check';
import { SWITCHED_OFF } from '../../shared/run/look';
import { describeQuery, only } from './cases';
import { compliance, days, drift, run } from './rows';

type Row = Record<string, unknown>;
type Given = Parameters<typeof compliance>[0];

const upTo = (count: number): number[] => [...Array(count).keys()];
const literal = (date: string): string => date.replace('.000', '');

/** As many findings of each standing, no two alike: numbers that are mixed up show. One more applies to nothing. */
const counted = (given: Given = {}): Row[] =>
  [
    ...upTo(4).map((): Given => ({ Outcome: 'pass' })),
    ...upTo(1).map((): Given => ({ Outcome: 'fail' })),
    ...upTo(2).map((): Given => ({ Outcome: 'fail', Exempt: true })),
    ...upTo(3).map((): Given => ({ Outcome: 'unknown' })),
    { Outcome: 'notApplicable' },
  ].map((each, index) => compliance({ NodePool: `pool${index}`, ...each, ...given }));

/** One failure of each severity, and what is critical or high and does not count as one. */
const BY_SEVERITY = only(
  ...SEVERITIES.map((Severity) => compliance({ NodePool: Severity, Severity, Outcome: 'fail' })),
  ...(['critical', 'high'] as const).flatMap((Severity) => [
    compliance({ NodePool: `${Severity} pass`, Severity }),
    compliance({ NodePool: `${Severity} unknown`, Severity, Outcome: 'unknown' }),
    compliance({ NodePool: `${Severity} exempt`, Severity, Outcome: 'fail', Exempt: true }),
  ]),
);

/** 4 of 5 that are judged pass, and 7 of 10 are known. */
const COUNTED = { Passed: 4, Failed: 1, Exempt: 2, Unknown: 3, Score: 80, Coverage: 70 };
const NOTHING = { Passed: 0, Failed: 0, Exempt: 0, Unknown: 0, Score: null, Coverage: null };

describeQuery('overview-items', [
  { name: 'counts by item', tables: only(...counted()), among: { ChecklistItem: 'S3' }, expected: [COUNTED] },
  {
    name: 'an item of which nothing is told counts nothing',
    tables: only(...counted()),
    among: { ChecklistItem: 'S4' },
    expected: [NOTHING],
  },
]);

describeQuery('overview-worst-clusters', [
  {
    name: 'counts by cluster',
    tables: only(...counted()),
    expected: [{ Failed: 1, Exempt: 2, Unknown: 3, Score: 80, Coverage: 70 }],
  },
  {
    name: 'counts what fails and is critical or high',
    tables: BY_SEVERITY,
    expected: [{ CriticalOrHigh: 2, Failed: 5 }],
  },
]);

describeQuery('overview-trend', [
  {
    name: 'counts by day',
    tables: only(...counted({ ObservedAt: '2026-11-23T01:00:00Z' })),
    expected: [{ Day: '2026-11-23T00:00:00Z', Score: 80, Coverage: 70 }],
  },
]);

describeQuery('checklist-checks', [
  {
    name: 'counts by check',
    chosen: { ChecklistItem: 'S3' },
    tables: only(...counted()),
    expected: [{ CheckId: 'k8s-rbac-enabled', ...COUNTED }],
  },
]);

describeQuery('frameworks-controls', [
  {
    name: 'counts by control, and its checks',
    chosen: { Framework: 'mcsb' },
    tables: only(...counted(), compliance({ CheckId: 'local-accounts-disabled', Outcome: 'notApplicable' })),
    among: { Control: 'PA-7' },
    expected: [{ ...COUNTED, Checks: 2 }],
  },
]);

describeQuery('owners-owners', [
  {
    name: 'counts what fails and is critical or high',
    tables: BY_SEVERITY,
    expected: [{ CriticalOrHigh: 2, Failed: 5 }],
  },
  {
    name: 'counts by owner',
    tables: only(...counted()),
    expected: [{ Owner: 'web', Failed: 1, Exempt: 2, Unknown: 3, Score: 80, Coverage: 70, Clusters: 1 }],
  },
  {
    name: 'what is due in 14 days, and the next day of what fails and is not overdue',
    tables: only(
      ...[-3, 13, 15, 16].map((day) => compliance({ Outcome: 'fail', NodePool: `pool${day}`, RemediateBy: days(day) })),
      compliance({ RemediateBy: days(1) }),
    ),
    expected: [{ Overdue: 1, DueIn14Days: 1, NextDueOn: literal(days(13)), Failed: 4 }],
  },
]);

const pass = (given: Given): Row => compliance({ ...given, CheckId: 'a' });
const fail = (given: Given): Row => compliance({ ...given, CheckId: 'b', Outcome: 'fail' });
const unknown = (given: Given): Row => compliance({ ...given, CheckId: 'c', Outcome: 'unknown' });
const exempt = (given: Given): Row => compliance({ ...given, CheckId: 'd', Outcome: 'fail', Exempt: true });
const notApplicable = (given: Given): Row => compliance({ ...given, CheckId: 'e', Outcome: 'notApplicable' });

/** The findings of clusters, each of which has the given ones. */
const clusters = (name: string, count: number, findings: readonly ((given: Given) => Row)[]): Row[] =>
  upTo(count).flatMap((index) => findings.map((finding) => finding({ ClusterName: `${name}-${index}` })));

const attestation = (SubscriptionId: string, Outcome: string, DueOn: string): Row =>
  compliance({ CheckId: 'attestation-s3', ClusterName: '', SubscriptionId, Outcome, DueOn });

describeQuery('checklist-items', [
  {
    name: 'a cluster counts once, by the worst of its findings',
    tables: only(
      ...clusters('meets', 1, [pass, notApplicable]),
      ...clusters('meets-by-exemption', 2, [pass, exempt]),
      ...clusters('fails', 3, [pass, fail, unknown, exempt]),
      ...clusters('unclear', 4, [pass, unknown, exempt]),
      ...clusters('outside', 5, [notApplicable]),
    ),
    among: { ChecklistItem: 'S3' },
    expected: [{ Meet: 1, MeetByExemption: 2, Fail: 3, Unclear: 4 }],
  },
  {
    name: 'an item of which nothing is told counts nothing',
    tables: only(...clusters('fails', 3, [fail])),
    among: { ChecklistItem: 'S4' },
    expected: [{ Meet: 0, MeetByExemption: 0, Fail: 0, Unclear: 0, NextDueOn: null }],
  },
  {
    name: 'what holds is attested, and the next date is the first; subscriptions count as clusters do',
    tables: only(
      attestation('s-1', 'pass', days(40)),
      attestation('s-2', 'pass', days(30)),
      attestation('s-3', 'fail', days(20)),
      compliance({ CheckId: 'defender-plan', ClusterName: '', SubscriptionId: 's-4' }),
    ),
    among: { ChecklistItem: 'S3' },
    expected: [{ Attested: '2 of 3 subscriptions', NextDueOn: literal(days(20)), Meet: 3, Fail: 1 }],
  },
]);

/** Runs that end alike, each of a subscription of its own. */
const runs = (count: number, given: Parameters<typeof run>[0]): Row[] =>
  upTo(count).map((index) => run({ SubscriptionId: `${JSON.stringify(given)} ${index}`, ...given }));

describeQuery('coverage-summary', [
  {
    name: 'counts the last runs by how they ended, and as overdue what is silent too',
    tables: {
      AksMonitorRun_CL: [
        ...runs(4, {}),
        ...runs(1, { Status: 'partial' }),
        ...runs(3, { Status: 'failed' }),
        ...runs(4, { Status: 'overdue' }),
        ...runs(2, { FinishedAt: days(-3) }),
        run({ SubscriptionId: '{} 0', FinishedAt: days(-1), Status: 'failed' }),
      ],
    },
    expected: [
      { Name: 'Complete', Value: '6 of 14' },
      { Name: 'Partial', Value: '1' },
      { Name: 'Failed', Value: '3' },
      { Name: 'Overdue', Value: '6' },
      { Name: 'Last read', Value: expect.stringMatching(/11-24 11:00$/) },
    ],
  },
  {
    name: 'what was switched off is not expected',
    tables: {
      AksMonitorRun_CL: [...runs(2, {}), ...runs(1, { FinishedAt: days(-3), Message: SWITCHED_OFF })],
    },
    expected: [
      { Name: 'Complete', Value: '2 of 2' },
      { Name: 'Partial', Value: '0' },
      { Name: 'Failed', Value: '0' },
      { Name: 'Overdue', Value: '0' },
      { Name: 'Last read', Value: expect.any(String) },
    ],
  },
  {
    name: 'what failed or is overdue has read nothing',
    tables: { AksMonitorRun_CL: [...runs(1, { Status: 'failed' }), ...runs(1, { Status: 'overdue' })] },
    among: { Name: 'Last read' },
    expected: [{ Value: 'never' }],
  },
]);

const accepted = (ClusterName: string, day: number, given: Given = {}): Row =>
  compliance({ ClusterName, Exempt: true, ExemptionExpiresOn: days(day), ExemptionApprovedBy: 'Head', ...given });

describeQuery('exemptions-summary', [
  {
    name: 'what is exempt, what of it fails, what ends soon, and what nobody approved',
    tables: only(
      accepted('aks-1', 13, { Outcome: 'fail' }),
      accepted('aks-2', 13, { Outcome: 'fail', ExemptionApprovedBy: null }),
      accepted('aks-3', 15, { Outcome: 'fail' }),
      accepted('aks-4', 100),
      compliance({ ClusterName: 'aks-5', Outcome: 'fail', ExemptionExpiresOn: days(1) }),
    ),
    expected: [
      { Name: 'Exempt findings', Value: '4', Detail: '3 of them fail' },
      { Name: 'End within 14 days', Value: '2', Detail: 'then they count as failed again' },
      { Name: 'No approver named', Value: '1', Detail: 'set approvedBy in the baseline file' },
    ],
  },
]);

describeQuery('upcoming-per-kind', [
  {
    name: 'counts what is due in 30, 90 and 180 days, by check and kind',
    tables: only(
      ...[29, 31, 89, 91, 179, 181].map((day) => compliance({ NodePool: `pool${day}`, DueOn: days(day) })),
      compliance({ CheckId: 'cluster-ca-expiry', Scan: 'certificates', DueOn: days(40) }),
    ),
    expected: [
      {
        CheckId: 'k8s-rbac-enabled',
        Kind: 'configuration',
        NextDueOn: literal(days(29)),
        Within30: 1,
        Within90: 3,
        Within180: 5,
      },
      {
        CheckId: 'cluster-ca-expiry',
        Kind: 'certificates',
        NextDueOn: literal(days(40)),
        Within30: 0,
        Within90: 1,
        Within180: 1,
      },
    ],
  },
]);

describeQuery('drift-per-cause', [
  {
    name: 'counts events and not deliveries, by day and cause',
    tables: {
      AksDrift_CL: [
        drift({}),
        drift({ TimeGenerated: days(0) }),
        drift({ EventId: 'e2' }),
        drift({ EventId: 'e3', Cause: 'time' }),
        drift({ EventId: 'e4', ObservedAt: days(-1) }),
      ],
    },
    expected: [
      { Day: '2026-11-23T00:00:00Z', Cause: 'azure', Events: 1 },
      { Day: '2026-11-24T00:00:00Z', Cause: 'azure', Events: 2 },
      { Day: '2026-11-24T00:00:00Z', Cause: 'time', Events: 1 },
    ],
  },
]);

describe.each([
  { place: 'clusters-S2', item: 'S2', check: 'node-fips' },
  { place: 'clusters-S3', item: 'S3', check: 'k8s-rbac-enabled' },
  { place: 'clusters-S4', item: 'S4', check: 'local-accounts-disabled' },
  { place: 'clusters-S5', item: 'S5', check: 'etcd-kms' },
  { place: 'clusters-S6', item: 'S6', check: 'network-policy-engine' },
  { place: 'clusters-S7', item: 'S7', check: 'api-private-cluster' },
  { place: 'clusters-S8', item: 'S8', check: 'egress-outbound-type' },
  { place: 'clusters-S9', item: 'S9', check: 'ingress-visible' },
  { place: 'clusters-S10', item: 'S10', check: 'node-image-age' },
  { place: 'clusters-S11', item: 'S11', check: 'defender-sensor' },
  { place: 'clusters-S12', item: 'S12', check: 'policy-addon' },
  { place: 'clusters-S13', item: 'S13', check: 'cluster-ca-expiry' },
  { place: 'clusters-other', item: '', check: 'sku-tier' },
])('$place', ({ place, item, check }) => {
  describeQuery(place, [
    {
      name: 'shows the check of the item, and counts its findings by standing and no others',
      tables: only(
        ...counted({ CheckId: check, ChecklistItem: item }),
        ...counted({ CheckId: 'of-another', ChecklistItem: 'S1' }),
        compliance({ CheckId: check, ChecklistItem: item, ClusterName: '' }),
      ),
      expected: [{ ClusterName: 'aks-1', Failed: 1, Unknown: 3, [check]: 'fail' }],
    },
  ]);
});
