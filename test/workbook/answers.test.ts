import { CATALOGUE } from '../../shared/checks';
import { CHECKLIST } from '../../shared/model/check';
import { SWITCHED_OFF } from '../../shared/run/look';
import cis from '../../shared/controls/cis-aks-1.8.json';
import mcsb from '../../shared/controls/mcsb.json';
import { describeQuery, only } from './cases';
import { answerOf, compliance, days, drift, run, type Tables } from './rows';

const fails = { Outcome: 'fail' };

const CHECK = { ChecklistCheck: 'k8s-rbac-enabled' };

describeQuery('checklist-findings', [
  {
    name: 'the newest row of a finding is current',
    chosen: CHECK,
    tables: only(compliance({ ...fails, ObservedAt: days(-0.5) }), compliance({})),
    expected: [{ Standing: 'pass' }],
  },
  {
    name: 'a row that was delivered twice is one finding',
    chosen: CHECK,
    tables: only(compliance(fails), compliance(fails)),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'what is gone leaves',
    chosen: CHECK,
    tables: only(compliance({ ...fails, ObservedAt: days(-0.5) }), compliance({ Outcome: 'gone' })),
    expected: [],
  },
  {
    name: 'what was not told for two days is not current',
    chosen: CHECK,
    tables: only(compliance({ ...fails, ObservedAt: days(-2.1) })),
    expected: [],
  },
  {
    name: 'what was told two days late was not current any more when it came',
    chosen: CHECK,
    tables: only(compliance({ ...fails, ObservedAt: days(-2.1), TimeGenerated: days(-1) })),
    expected: [],
  },
  {
    name: 'as of a past day, what was read then and sent later counts',
    chosen: { ...CHECK, AsOf: '2026-11-20' },
    tables: only(compliance({ ...fails, ObservedAt: '2026-11-20T23:00:00Z', TimeGenerated: '2026-11-22T20:00:00Z' })),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'a row that was sent a day late counts from when Azure was read',
    chosen: CHECK,
    tables: only(
      compliance({ ...fails, ObservedAt: days(-1.5), TimeGenerated: days(-0.5) }),
      compliance({ ObservedAt: days(-1) }),
    ),
    expected: [{ Standing: 'pass' }],
  },
  {
    name: 'what failed when it was last read still fails',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'unknown', Reason: 'forbidden', LastOutcome: 'fail' })),
    expected: [{ Standing: 'fail', Reason: 'forbidden' }],
  },
  {
    name: 'what passed when it was last read is unknown',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'unknown', LastOutcome: 'pass' })),
    expected: [{ Standing: 'unknown' }],
  },
  {
    name: 'what was never read is unknown',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'unknown', LastOutcome: null })),
    expected: [{ Standing: 'unknown' }],
  },
  {
    name: 'what is switched off is not wanted',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'unknown', Reason: 'disabled', LastOutcome: null })),
    expected: [{ Standing: 'notApplicable' }],
  },
  {
    name: 'what failed when it was switched off still fails',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'unknown', Reason: 'disabled', LastOutcome: 'fail' })),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'what passed when it was switched off is unknown',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'unknown', Reason: 'disabled', LastOutcome: 'pass' })),
    expected: [{ Standing: 'unknown' }],
  },
  {
    name: 'an error of ours is unknown',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'error', LastOutcome: 'pass' })),
    expected: [{ Standing: 'unknown' }],
  },
  {
    name: 'a pass that is held in motion does not hide the failure',
    chosen: CHECK,
    tables: only(compliance({ Outcome: 'pass', LastOutcome: 'fail' })),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'an exempt failure is exempt',
    chosen: CHECK,
    tables: only(compliance({ ...fails, Exempt: true })),
    expected: [{ Standing: 'exempt' }],
  },
  {
    name: 'an exempt failure is not shown when nobody wants to see it',
    chosen: { ...CHECK, ShowExempt: 'no' },
    tables: only(compliance({ ...fails, Exempt: true })),
    expected: [],
  },
  {
    name: 'an exemption of what passes changes nothing',
    chosen: CHECK,
    tables: only(compliance({ Exempt: true })),
    expected: [{ Standing: 'pass' }],
  },
  {
    name: 'muting hides nothing',
    chosen: CHECK,
    tables: only(compliance({ ...fails, Muted: true })),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'the cluster of a drill is none',
    chosen: CHECK,
    tables: only(compliance({ ...fails, ClusterName: 'aks-drift-drill' })),
    expected: [],
  },
  {
    name: 'pools are told apart',
    chosen: CHECK,
    tables: only(compliance({ ...fails, NodePool: 'a' }), compliance({ NodePool: 'b' })),
    expected: [
      { NodePool: 'a', Standing: 'fail' },
      { NodePool: 'b', Standing: 'pass' },
    ],
  },
  {
    name: 'as of a past day, it is the end of that day that counts',
    chosen: { ...CHECK, AsOf: '2026-11-20' },
    tables: only(
      compliance({ ObservedAt: '2026-11-20T01:00:00Z' }),
      compliance({ ...fails, ObservedAt: '2026-11-20T23:00:00Z' }),
      compliance({ ObservedAt: '2026-11-21T00:00:00Z' }),
    ),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'as of today is now',
    chosen: { ...CHECK, AsOf: '2026-11-24' },
    tables: only(compliance(fails)),
    expected: [{ Standing: 'fail' }],
  },
  {
    name: 'a severity that was not chosen is left out',
    chosen: { ...CHECK, Severity: ['low', 'info'] },
    tables: only(compliance(fails)),
    expected: [],
  },
  {
    name: 'one of the owners that were chosen',
    chosen: { ...CHECK, Owner: ['data', 'web'] },
    tables: only(compliance(fails)),
    expected: [{ Owner: 'web' }],
  },
]);

const MIXED = only(
  compliance({}),
  compliance({ ...fails, ClusterName: 'aks-2', RemediateBy: days(-1) }),
  compliance({ ...fails, ClusterName: 'aks-3', Exempt: true }),
  compliance({ Outcome: 'unknown', ClusterName: 'aks-4' }),
  compliance({ Outcome: 'notApplicable', ClusterName: 'aks-5' }),
);

describeQuery('overview-summary', [
  {
    name: 'unknown is no pass, exempt is counted apart, what does not apply counts nowhere',
    tables: MIXED,
    expected: [
      { Name: 'Score', Value: '50.0 %', Detail: '1 of 2 judged findings pass' },
      { Name: 'Coverage', Value: '75.0 %', Detail: '1 of 4 are unknown' },
      { Name: 'Failing', Value: '1', Detail: '1 critical or high' },
      { Name: 'Overdue', Value: '1', Detail: 'past the day by which to remediate' },
      { Name: 'Exempt', Value: '1', Detail: 'failing, and accepted until a day' },
      { Name: 'Clusters', Value: '5', Detail: 'in 1 subscription' },
    ],
  },
]);

describeQuery('overview-trend', [
  {
    name: 'has a point for each whole day, of the last row of that day',
    tables: only(
      compliance({ ...fails, ObservedAt: '2026-11-22T01:00:00Z' }),
      compliance({ ObservedAt: '2026-11-22T20:00:00Z' }),
      compliance({ ...fails, ObservedAt: '2026-11-23T01:00:00Z' }),
      compliance({ ObservedAt: '2026-11-24T01:00:00Z' }),
    ),
    expected: [
      { Day: '2026-11-22T00:00:00Z', Score: 100, Coverage: 100 },
      { Day: '2026-11-23T00:00:00Z', Score: 0, Coverage: 100 },
    ],
  },
  {
    name: 'begins with the first whole day of the time range',
    tables: only(
      ...['2026-10-25T13:00:00Z', '2026-10-26T01:00:00Z'].map((ObservedAt) => compliance({ ObservedAt })),
      compliance({ ...fails, ObservedAt: '2026-10-25T23:00:00Z', TimeGenerated: '2026-10-26T01:00:00Z' }),
    ),
    expected: [{ Day: '2026-10-26T00:00:00Z', Score: 100 }],
  },
  {
    name: 'as of a past day, what was read then and sent later counts',
    chosen: { AsOf: '2026-11-20' },
    tables: only(compliance({ ObservedAt: '2026-11-20T23:00:00Z', TimeGenerated: '2026-11-22T20:00:00Z' })),
    expected: [{ Day: '2026-11-20T00:00:00Z', Score: 100 }],
  },
  {
    name: 'has no score of what is unknown',
    tables: only(compliance({ Outcome: 'unknown', ObservedAt: '2026-11-23T01:00:00Z' })),
    expected: [{ Score: null, Coverage: 0 }],
  },
  {
    name: 'what is switched off makes no coverage worse',
    tables: only(
      compliance({ ObservedAt: '2026-11-23T01:00:00Z' }),
      compliance({
        ObservedAt: '2026-11-23T01:00:00Z',
        ClusterName: 'aks-2',
        Outcome: 'unknown',
        Reason: 'disabled',
        LastOutcome: null,
      }),
    ),
    expected: [{ Score: 100, Coverage: 100 }],
  },
]);

describeQuery('overview-failing', [
  {
    name: 'a past day is a whole day',
    chosen: { AsOf: '2026-11-22' },
    tables: only(
      compliance({ ...fails, ObservedAt: '2026-11-22T01:00:00Z' }),
      compliance({ ...fails, ObservedAt: '2026-11-23T00:00:00Z' }),
    ),
    expected: [{ Day: '2026-11-22T00:00:00Z', Failing: 1 }],
  },
  {
    name: 'counts by day and severity',
    tables: only(compliance({ ...fails, ObservedAt: '2026-11-23T01:00:00Z' })),
    expected: [{ Day: '2026-11-23T00:00:00Z', Severity: 'high', Failing: 1 }],
  },
]);

describeQuery('overview-worst-clusters', [
  {
    name: 'leaves out a cluster that is well, and sorts the others',
    tables: MIXED,
    expected: [
      { ClusterName: 'aks-2', Failed: 1, Exempt: 0, Unknown: 0, Overdue: 1 },
      { ClusterName: 'aks-4', Failed: 0, Exempt: 0, Unknown: 1, Overdue: 0 },
      { ClusterName: 'aks-3', Failed: 0, Exempt: 1, Unknown: 0, Overdue: 0 },
    ],
  },
]);

describeQuery('overview-worst-clusters-rows: OverviewWorstClustersRows', [
  { name: 'says how many there are', tables: MIXED, expected: [{ Shown: '3 of 3' }] },
]);

describeQuery('overview-item-findings', [
  {
    name: 'lists what is not well for an item',
    tables: MIXED,
    chosen: { OverviewItem: 'S3' },
    expected: [{ Standing: 'fail' }, { Standing: 'unknown' }, { Standing: 'exempt' }],
  },
]);

describeQuery('clusters-S3', [
  {
    name: 'shows of several pools the worst',
    tables: only(compliance({ NodePool: 'a' }), compliance({ ...fails, NodePool: 'b' })),
    expected: [{ ClusterName: 'aks-1', 'k8s-rbac-enabled': 'fail', Failed: 1 }],
  },
  {
    name: 'shows unknown as such',
    tables: only(compliance({ Outcome: 'unknown' })),
    expected: [{ 'k8s-rbac-enabled': 'unknown', Failed: 0 }],
  },
]);

describeQuery('drift-events', [
  {
    name: 'an event that was delivered twice is one',
    tables: { AksDrift_CL: [drift({}), drift({ TimeGenerated: days(0) })] },
    expected: [{ EventId: 'e1' }],
  },
  {
    name: 'old and new, with the outcome',
    tables: { AksDrift_CL: [drift({ ValueBefore: ['a'], ValueNow: { b: 1 }, ChangedBy: 'dana' })] },
    expected: [{ Old: 'pass ["a"]', New: 'fail {"b":1}', Who: 'dana' }],
  },
  {
    name: 'says when nobody is told, and when nobody did it',
    tables: { AksDrift_CL: [drift({}), drift({ EventId: 'e2', Cause: 'time', ObservedAt: days(-1) })] },
    expected: [{ Who: 'not told' }, { Who: 'time' }],
  },
  {
    name: 'leaves out what lies before the time range, and the drill',
    tables: {
      AksDrift_CL: [drift({ ObservedAt: days(-31) }), drift({ EventId: 'd', ClusterName: 'aks-drift-drill' })],
    },
    expected: [],
  },
  {
    name: 'the time range ends as of a past day',
    chosen: { AsOf: '2026-11-10' },
    tables: { AksDrift_CL: [drift({}), drift({ EventId: 'e0', ObservedAt: '2026-11-09T00:00:00Z' })] },
    expected: [{ EventId: 'e0' }],
  },
  {
    name: 'what was read in the time range and sent after it counts, what was read before it and sent in it does not',
    chosen: { AsOf: '2026-11-10' },
    tables: {
      AksDrift_CL: [
        drift({ EventId: 'e1', ObservedAt: '2026-11-10T23:00:00Z', TimeGenerated: '2026-11-12T20:00:00Z' }),
        drift({ EventId: 'e0', ObservedAt: '2026-10-10T23:00:00Z', TimeGenerated: '2026-10-12T20:00:00Z' }),
      ],
    },
    expected: [{ EventId: 'e1' }],
  },
]);

describeQuery('drift-per-day', [
  {
    name: 'counts events and not deliveries',
    tables: { AksDrift_CL: [drift({}), drift({}), drift({ EventId: 'e2' })] },
    expected: [{ Day: '2026-11-24T00:00:00Z', Transition: 'regressed', Events: 2 }],
  },
]);

it('tells what happened and who did it before the values, which are long', () => {
  const columns = answerOf('drift-events', {}).columns.map(({ name }) => name);
  const told = columns.filter((name) => ['Message', 'Who', 'Old', 'New'].includes(name));
  expect(told).toEqual(['Message', 'Who', 'Old', 'New']);
});

describeQuery('drift-event', [
  {
    name: 'shows the fields that hold something',
    chosen: { DriftEvent: 'e1' },
    tables: { AksDrift_CL: [drift({ Message: 'It is off.' }), drift({ EventId: 'e2' })] },
    expected: [
      { Field: 'Check', Content: 'k8s-rbac-enabled:' },
      { Field: 'Where', Content: '/  / aks-1' },
      { Field: 'Old', Content: 'pass' },
      { Field: 'New', Content: 'fail' },
      { Field: 'Message', Content: 'It is off.' },
      { Field: 'Finding', Content: 'f1' },
    ],
  },
]);

describeQuery('drift-history', [
  {
    name: 'lists the events of the same finding',
    chosen: { DriftEvent: 'e1' },
    tables: {
      AksDrift_CL: [
        drift({}),
        drift({ EventId: 'e2', Transition: 'resolved', ObservedAt: days(-1) }),
        drift({ EventId: 'e3', FindingId: 'f2' }),
      ],
    },
    expected: [{ Transition: 'regressed' }, { Transition: 'resolved' }],
  },
]);

describe('the query checklist-items', () => {
  const itemOf = (asked: string, tables: Tables): Record<string, unknown> | undefined =>
    answerOf('checklist-items', tables).rows.find(({ ChecklistItem }) => ChecklistItem === asked);

  it('asks for an attestation where no check answers an item, and nowhere else', () => {
    const { rows } = answerOf('checklist-items', {});
    const asked = rows.filter(({ Attested }) => Attested === 'not attested').map(({ ChecklistItem }) => ChecklistItem);
    const answered = new Set(CATALOGUE.map(({ checklistItem }) => checklistItem));
    expect(asked).toEqual(Object.keys(CHECKLIST).filter((item) => !answered.has(item as keyof typeof CHECKLIST)));
    expect(asked).toContain('S1');
  });

  it('says what is attested of an item that checks answer too', () => {
    const attested = compliance({ CheckId: 'attestation-s13', ChecklistItem: 'S13', ClusterName: '' });
    expect(itemOf('S13', only(attested))?.Attested).toBe('1 of 1 subscriptions');
  });

  it('a cluster meets an item of which one source is switched off', () => {
    const off = { CheckId: 'cluster-ca-expiry', Outcome: 'unknown', Reason: 'disabled', LastOutcome: null } as const;
    const tables = only(
      compliance({ ChecklistItem: 'S13', CheckId: 'cert-rotation-age' }),
      compliance({ ChecklistItem: 'S13', ...off }),
    );
    expect(itemOf('S13', tables)).toMatchObject({ Meet: 1, Unclear: 0 });
  });
});

describeQuery('checklist-attestations', [
  {
    name: 'who reviewed what, and until when it holds',
    tables: only(
      compliance({
        CheckId: 'attestation-s1',
        ClusterName: '',
        Value: { reviewedOn: '2026-06-10', by: 'CISO' },
        DueOn: days(10),
      }),
    ),
    expected: [{ ReviewedOn: '2026-06-10', ReviewedBy: 'CISO', DaysLeft: 10, Standing: 'pass' }],
  },
  {
    name: 'first what has run out, which has no date any more',
    tables: only(
      ...[2, 1].map((day) => compliance({ CheckId: `attestation-s${day}`, ClusterName: '', DueOn: days(day) })),
      compliance({ CheckId: 'attestation-s9', ClusterName: '', ...fails }),
    ),
    expected: [{ CheckId: 'attestation-s9' }, { CheckId: 'attestation-s1' }, { CheckId: 'attestation-s2' }],
  },
]);

const pods = { source: 'pods', reason: 'timeout' };

/** What two scans of two subscriptions could not read. */
const UNREAD: Tables = {
  AksMonitorRun_CL: [
    run({
      SubscriptionId: 's-1',
      Unread: [
        { ...pods, scope: 'a' },
        { ...pods, scope: 'b' },
        { source: 'pods', reason: 'forbidden', scope: 'c' },
        { source: 'nodes', reason: 'disabled', scope: 'd' },
      ],
    }),
    run({ SubscriptionId: 's-2', Unread: [{ ...pods, scope: 'e' }] }),
    run({ SubscriptionId: 's-1', Scan: 'policy', Unread: [{ ...pods, scope: 'f' }] }),
    run({ SubscriptionId: 's-2', Scan: 'policy', Unread: [{ ...pods, scope: 'g', lastReadAt: days(-3) }] }),
  ],
};

describeQuery('coverage-scopes', [
  {
    name: 'lists where a scan could not read a source for that reason, and of no other',
    chosen: { CoverageUnread: 'configuration|pods|timeout' },
    tables: UNREAD,
    expected: [
      { Scope: 'a', SubscriptionName: 's-1' },
      { Scope: 'b', SubscriptionName: 's-1' },
      { Scope: 'e', SubscriptionName: 's-2' },
    ],
  },
  {
    name: 'what was lost first, with what was answered, and the subscription by its name',
    chosen: { CoverageUnread: 'policy|pods|timeout' },
    tables: { ...UNREAD, AksCompliance_CL: [compliance({ SubscriptionId: 's-2', SubscriptionName: 'prod' })] },
    expected: [
      { Scope: 'g', SubscriptionName: 'prod', LastReadAt: days(-3).replace('.000', '') },
      { Scope: 'f', SubscriptionName: 's-1', LastReadAt: null },
    ],
  },
]);

describeQuery('coverage-unread', [
  {
    name: 'names the permission that is missing',
    tables: {
      AksMonitorRun_CL: [
        run({
          Scan: 'defender',
          Unread: [{ source: 'defenderPlan', scope: '/s', reason: 'forbidden', detail: '403', lastReadAt: days(-3) }],
        }),
      ],
    },
    expected: [
      {
        Source: 'defenderPlan',
        MissingPermission: 'Microsoft.Security/pricings/read',
        LastReadAt: days(-3).replace('.000', ''),
        Example: '/s 403',
      },
    ],
  },
  {
    name: 'one row for each source, reason and scan, what was lost first, then what is wanted, then the most',
    tables: UNREAD,
    expected: [
      { Source: 'pods', Reason: 'timeout', Scan: 'policy', Scopes: 2, Lost: 1, Subscriptions: 2 },
      { Source: 'pods', Reason: 'timeout', Scan: 'configuration', Scopes: 3, Lost: 0, Subscriptions: 2 },
      { Source: 'pods', Reason: 'forbidden', Scan: 'configuration', Scopes: 1, Lost: 0, Subscriptions: 1 },
      { Source: 'nodes', Reason: 'disabled', Scan: 'configuration', Scopes: 1, Lost: 0, Subscriptions: 1 },
    ],
  },
  {
    name: 'only the last run counts, an overdue row is no run',
    tables: {
      AksMonitorRun_CL: [
        run({ FinishedAt: days(-2), Unread: [{ source: 'clusters' }] }),
        run({ FinishedAt: days(-1), Unread: [{ source: 'clusters', reason: 'timeout' }] }),
        run({ Status: 'overdue' }),
      ],
    },
    expected: [{ Source: 'clusters', Reason: 'timeout', MissingPermission: '' }],
  },
]);

/** No two alike: numbers that are mixed up show. */
const RUN_COUNTS = {
  Clusters: 2,
  Passed: 3,
  Failed: 4,
  Unknown: 5,
  Errors: 6,
  Events: 7,
  Waiting: 8,
  ArmRequests: 9,
  Throttled: 10,
};

describeQuery('coverage-runs', [
  {
    name: 'one row for each scan of each subscription, the worst first',
    tables: {
      AksMonitorRun_CL: [
        run({}),
        run({ FinishedAt: days(-1), Status: 'failed' }),
        run({ Scan: 'policy', Status: 'overdue' }),
      ],
    },
    expected: [
      { Scan: 'policy', Status: 'overdue', LastRead: null },
      { Scan: 'configuration', Status: 'completed', LastRead: days(-1 / 24).replace('.000', '') },
    ],
  },
  {
    name: 'names the subscription where a finding does',
    tables: {
      AksCompliance_CL: [compliance({ SubscriptionId: 's-1', SubscriptionName: 'prod' })],
      AksMonitorRun_CL: [run({ SubscriptionId: 's-1' }), run({ SubscriptionId: 's-2' })],
    },
    expected: [
      { SubscriptionName: 'prod', SubscriptionId: 's-1' },
      { SubscriptionName: 's-2', SubscriptionId: 's-2' },
    ],
  },
  {
    name: 'tells the counts of the last run, and not of an earlier one',
    tables: {
      AksMonitorRun_CL: [run({ ...RUN_COUNTS, DurationMs: 61_000 }), run({ FinishedAt: days(-1), DurationMs: 1000 })],
    },
    expected: [{ ...RUN_COUNTS, Seconds: 61 }],
  },
  {
    name: 'as of a past day, a run that ended then and whose row came later counts',
    chosen: { AsOf: '2026-11-20' },
    tables: { AksMonitorRun_CL: [run({ FinishedAt: '2026-11-20T23:00:00Z', TimeGenerated: '2026-11-22T20:00:00Z' })] },
    expected: [{ Status: 'completed' }],
  },
  {
    name: 'no run is expected of what was switched off, until it is on again',
    tables: {
      AksMonitorRun_CL: [
        run({ SubscriptionId: 's-1', FinishedAt: days(-4) }),
        run({ SubscriptionId: 's-1', FinishedAt: days(-3), Message: SWITCHED_OFF }),
        run({ SubscriptionId: 's-2', FinishedAt: days(-3), Message: SWITCHED_OFF }),
        run({ SubscriptionId: 's-2' }),
      ],
    },
    expected: [{ SubscriptionId: 's-2', Status: 'completed' }],
  },
  {
    name: 'a scan that told nothing for two days is silent',
    tables: { AksMonitorRun_CL: [run({ FinishedAt: days(-3) })] },
    expected: [{ Status: 'silent', HoursSinceRead: 72 }],
  },
]);

describeQuery('coverage-unknown', [
  {
    name: 'says how many still fail by what is stored',
    tables: only(
      compliance({ Outcome: 'unknown', Reason: 'timeout', LastOutcome: 'fail' }),
      compliance({ Outcome: 'unknown', Reason: 'timeout', ClusterName: 'aks-2', LastOutcome: 'pass' }),
      compliance({ ClusterName: 'aks-3' }),
    ),
    expected: [{ CheckId: 'k8s-rbac-enabled', Reason: 'timeout', Findings: 2, Subjects: 2, StillFailing: 1 }],
  },
  {
    name: 'lists what is switched off',
    tables: only(compliance({ Outcome: 'unknown', Reason: 'disabled', LastOutcome: null })),
    expected: [{ Reason: 'disabled', Findings: 1, StillFailing: 0 }],
  },
]);

describeQuery('coverage-findings', [
  {
    name: 'the findings of a check that has no answer, and not those that have one',
    chosen: { CoverageCheck: 'k8s-rbac-enabled' },
    tables: only(
      compliance({ Outcome: 'unknown', Reason: 'timeout', LastOutcome: 'fail' }),
      compliance({ Outcome: 'unknown', Reason: 'disabled', LastOutcome: null, ClusterName: 'aks-2' }),
      compliance({ ...fails, ClusterName: 'aks-3' }),
      compliance({ Outcome: 'error', CheckId: 'other', LastOutcome: null }),
    ),
    expected: [
      { ClusterName: 'aks-1', Standing: 'fail', Reason: 'timeout' },
      { ClusterName: 'aks-2', Standing: 'notApplicable', Reason: 'disabled' },
    ],
  },
]);

describeQuery('coverage-drill', [
  {
    name: 'the newest drill first, and nothing else',
    tables: {
      AksDrift_CL: [
        drift({}),
        drift({ EventId: 'd1', ClusterName: 'aks-drift-drill', Message: 'Drill: opened', ObservedAt: days(-40) }),
        drift({ EventId: 'd2', ClusterName: 'aks-drift-drill', Message: 'Drill: closed' }),
      ],
    },
    expected: [{ Message: 'Drill: closed' }, { Message: 'Drill: opened' }],
  },
]);

const EXEMPT = { Exempt: true, ExemptionReason: 'ticket', ExemptionApprovedBy: 'Head', ExemptionExpiresOn: days(7) };

/** Four findings that one exemption is of, and one each of others that differ in one thing. */
const EXEMPTIONS = only(
  compliance({ ...fails, ...EXEMPT }),
  compliance({ ...fails, ...EXEMPT, ClusterName: 'aks-2' }),
  compliance({ ...EXEMPT, ClusterName: 'aks-2', NodePool: 'a' }),
  compliance({ ...fails, ...EXEMPT, ClusterName: '', SubscriptionId: 's-2' }),
  compliance({ ...fails, ...EXEMPT, ClusterName: 'aks-3', ExemptionReason: "it's {odd}" }),
  compliance({ ...fails, ...EXEMPT, ClusterName: 'aks-4', ExemptionApprovedBy: null }),
  compliance({ ...fails, ...EXEMPT, CheckId: 'local-accounts-disabled' }),
  compliance({ ...fails, ...EXEMPT, ClusterName: 'aks-5', ExemptionExpiresOn: days(9) }),
  compliance({ ...fails, ClusterName: 'aks-6' }),
);

describeQuery('exemptions-current', [
  {
    name: 'the reason, who approved it, and how long it holds; of what passes too',
    tables: only(
      compliance({ ...fails, ...EXEMPT }),
      compliance({ ...EXEMPT, ClusterName: 'aks-2', ExemptionExpiresOn: days(9) }),
      compliance({ ClusterName: 'aks-3' }),
    ),
    expected: [
      { Failing: 1, ExemptionReason: 'ticket', ApprovedBy: 'Head', DaysLeft: 7 },
      { Failing: 0, ExemptionReason: 'ticket', ApprovedBy: 'Head', DaysLeft: 9 },
    ],
  },
  {
    name: 'one row for each check, reason, approval and end, however many findings it is of',
    tables: EXEMPTIONS,
    expected: [
      { CheckId: 'k8s-rbac-enabled', Findings: 1, Failing: 1, Clusters: 1, Subscriptions: 1 },
      { CheckId: 'k8s-rbac-enabled', Findings: 1, Failing: 1, Clusters: 1, Subscriptions: 1 },
      { CheckId: 'k8s-rbac-enabled', Findings: 4, Failing: 3, Clusters: 2, Subscriptions: 2 },
      { CheckId: 'local-accounts-disabled', Findings: 1, Failing: 1, Clusters: 1, Subscriptions: 1 },
      { CheckId: 'k8s-rbac-enabled', Findings: 1, Failing: 1, Clusters: 1, Subscriptions: 1 },
    ],
  },
]);

describeQuery('exemptions-findings', [
  {
    name: 'lists the findings of the exemption that was clicked, and of no other',
    chosen: { ExemptFinding: String(compliance({}).FindingId) },
    tables: EXEMPTIONS,
    expected: [
      { ClusterName: '', Standing: 'exempt' },
      { ClusterName: 'aks-1', Standing: 'exempt' },
      { ClusterName: 'aks-2', Standing: 'exempt' },
      { ClusterName: 'aks-2', Standing: 'pass' },
    ],
  },
  {
    name: 'lists nothing as long as none was clicked',
    chosen: { ExemptFinding: 'none' },
    tables: EXEMPTIONS,
    expected: [],
  },
]);

describeQuery('exemptions-events', [
  {
    name: 'only those of exemptions',
    tables: { AksDrift_CL: [drift({}), drift({ EventId: 'e2', Transition: 'exemptionExpired' })] },
    expected: [{ EventId: 'e2' }],
  },
]);

describeQuery('upcoming-dates', [
  {
    name: 'dates of the next 180 days: of the subject, of the exemption and of the attestation',
    tables: only(
      compliance({ DueOn: days(5), ...EXEMPT }),
      compliance({ CheckId: 'attestation-s1', ClusterName: '', DueOn: days(100) }),
      compliance({ ClusterName: 'aks-2', DueOn: days(181) }),
      compliance({ ClusterName: 'aks-3', DueOn: days(-1) }),
    ),
    expected: [
      { Kind: 'configuration', DaysLeft: 5, Reason: '' },
      { Kind: 'exemption', DaysLeft: 7, Reason: 'ticket' },
      { Kind: 'attestation', DaysLeft: 100, Reason: '' },
    ],
  },
  {
    name: 'what passes or is unknown, and is renewed by the next image or evaluation is no date, what fails is one',
    tables: only(
      compliance({ DueOn: days(5), Scan: 'node-images', CheckId: 'node-image-age' }),
      compliance({ DueOn: days(1), Scan: 'policy', CheckId: 'policy-state-fresh' }),
      compliance({
        DueOn: days(2),
        Scan: 'node-images',
        CheckId: 'node-image-age',
        Outcome: 'unknown',
        ClusterName: 'aks-3',
      }),
      compliance({ DueOn: days(6), Scan: 'node-images', CheckId: 'node-image-age', ...fails, ClusterName: 'aks-2' }),
      compliance({ DueOn: days(8), Scan: 'certificates', CheckId: 'cluster-ca-expiry' }),
      compliance({ DueOn: days(9), Scan: 'configuration', CheckId: 'feature-retirement' }),
    ),
    expected: [
      { CheckId: 'node-image-age', DaysLeft: 6 },
      { CheckId: 'cluster-ca-expiry', DaysLeft: 8 },
      { CheckId: 'feature-retirement', DaysLeft: 9 },
    ],
  },
  {
    name: 'the exemption of what passes and renews itself is a date',
    tables: only(compliance({ DueOn: days(5), Scan: 'node-images', ...EXEMPT })),
    expected: [{ Kind: 'exemption', DaysLeft: 7 }],
  },
]);

describeQuery('upcoming-per-month', [
  {
    name: 'counts by month',
    tables: only(
      compliance({ DueOn: '2026-12-31T10:00:00Z' }),
      compliance({ ClusterName: 'aks-2', DueOn: '2026-12-01T00:00:00Z' }),
    ),
    expected: [{ Month: '2026-12-01T00:00:00Z', Kind: 'configuration', Dates: 2 }],
  },
]);

describe('the query frameworks-controls', () => {
  const controlsOf = (...rows: Record<string, unknown>[]): Record<string, unknown>[] => [
    ...answerOf('frameworks-controls', only(...rows), { Framework: 'mcsb' }).rows,
  ];

  it('lists every control of the framework, also without a finding', () => {
    const rows = controlsOf();
    expect(rows.map(({ Control }) => Control)).toEqual(mcsb.requirements.map(({ id }) => id).sort());
    expect(new Set(rows.map(({ Note }) => Note))).toEqual(new Set(['no finding']));
  });

  it('says which control waits for people', () => {
    const { rows } = answerOf('frameworks-controls', {}, { Framework: 'cis-aks-1.8' });
    const waiting = rows.filter(({ Note }) => Note === 'not attested').map(({ Control }) => Control);
    const manual = cis.requirements.filter(({ checks }) => checks.length === 0);
    expect(waiting).toEqual(manual.map(({ id }) => id).sort());
  });

  it('a finding counts for every control that its check answers, also for one that is listed no more', () => {
    const rows = controlsOf(compliance({ Controls: { mcsb: ['PA-1', 'X-9'], other: ['Y'] } }));
    expect(rows.filter(({ Note }) => Note !== 'no finding')).toMatchObject([
      { Control: 'PA-1', Title: 'Privileged accounts are few and kept apart', Passed: 1, Checks: 1, Note: '' },
      { Control: 'X-9', Title: '', Passed: 1 },
    ]);
  });

  it('says when what answers a control applies to nothing', () => {
    const rows = controlsOf(compliance({ Outcome: 'notApplicable' }));
    expect(rows.find(({ Control }) => Control === 'PA-7')).toMatchObject({ Note: 'does not apply', Score: null });
  });

  it('a finding of a subscription is no cluster', () => {
    const rows = controlsOf(compliance({}), compliance({ ClusterName: '' }));
    expect(rows.find(({ Control }) => Control === 'PA-7')).toMatchObject({ Clusters: 1, Passed: 2 });
  });
});

describeQuery('owners-owners', [
  {
    name: 'overdue is what fails, is not exempt and should have been mended',
    tables: only(
      compliance({ ...fails, RemediateBy: days(-1) }),
      compliance({ ...fails, ClusterName: 'aks-2', RemediateBy: days(-1), Exempt: true }),
      compliance({ ...fails, ClusterName: 'aks-3', RemediateBy: days(3) }),
      compliance({ ClusterName: 'aks-4', Owner: null }),
      compliance({ ClusterName: '', CheckId: 'defender-plan' }),
    ),
    expected: [
      { Owner: 'web', Overdue: 1, DueIn14Days: 1, Failed: 2, Exempt: 1, Clusters: 3 },
      { Owner: '(none)', Overdue: 0, DueIn14Days: 0, Failed: 0, Exempt: 0, Clusters: 1 },
    ],
  },
]);

describeQuery('parameters: AsOf', [
  {
    name: 'offers now, and every day since the oldest finding that is kept',
    tables: {
      AksCompliance_CL: [compliance({}), compliance({ ObservedAt: '2026-11-22T23:00:00Z' })],
      AksMonitorRun_CL: [run({ FinishedAt: days(-10) })],
    },
    expected: [{ value: 'now' }, { value: '2026-11-24' }, { value: '2026-11-23' }, { value: '2026-11-22' }],
  },
  {
    name: 'offers days of which no run is kept any more',
    tables: only(compliance({ ObservedAt: '2025-11-24T12:00:00Z' })),
    among: { value: '2025-11-24' },
    expected: [{ label: '2025-11-24' }],
  },
]);

describeQuery('parameters: HasData', [
  { name: 'says when there is none', tables: {}, expected: [{ HasData: 'no' }] },
  { name: 'says when there is some', tables: { AksMonitorRun_CL: [run({})] }, expected: [{ HasData: 'yes' }] },
]);
