import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CatalogueEntry } from '../../shared/model/check';
import type { Finding } from '../../shared/model/finding';
import type { AksComplianceRow } from '../../shared/model/rows';
import type { StateEntry, Transition } from '../../shared/model/state';
import {
  complianceRow,
  driftRow,
  runRow,
  signatureOf,
  type RunContext,
  type RunReport,
  type Standing,
} from '../../shared/publish/rows';
import { CLUSTER_ID } from '../support/evidence';
import { checkOf, entryOf, exemption, factsOf, findingOf, onlyTransition, play } from '../support/state';

function columnsOf(table: string): string[] {
  const file = join(__dirname, `../../infra/schema/${table}.json`);
  const { columns } = JSON.parse(readFileSync(file, 'utf8')) as { columns: readonly { name: string }[] };
  return columns.map(({ name }) => name).sort();
}

const CHECK: CatalogueEntry = { ...checkOf('a'), scan: 'configuration', controls: { CIS: ['5.1'] } };

const RUN: RunContext = {
  runId: 'run-1',
  scan: 'configuration',
  subscriptionId: '11111111-1111-1111-1111-111111111111',
  subscriptionName: 'Production',
  observedAt: '2026-11-24T06:00:00.000Z',
  baselineHash: 'hash-1',
  monitorVersion: '0.1.0',
  portal: 'https://portal.azure.com',
  ...{ remediationDays: () => null, isMuted: () => false, ownership: { owner: null, environment: null } },
  check: (id) => (id === 'a' ? CHECK : undefined),
  findingId: (checkId, clusterId, nodePool) => JSON.stringify([checkId, clusterId, nodePool]),
};

const FAILS = findingOf('a', { outcome: 'fail', observed: 7, dueOn: '2027-01-01T00:00:00Z' });

function entry(changes: Partial<StateEntry> = {}): StateEntry {
  const stored = entryOf(play([{ says: { a: FAILS } }]), 'a');
  if (stored === undefined) {
    throw new Error('The entry of the first run is missing.');
  }
  return { ...stored, ...changes };
}

function standing(changes: Partial<Standing> = {}): Standing {
  return { finding: FAILS, entry: entry(), exemption: null, severity: null, ...changes };
}

function transition(): Transition {
  return onlyTransition(play([{ says: { a: 'pass' } }, { says: { a: FAILS } }]));
}

const REPORT: RunReport = {
  startedAt: '2026-11-24T06:00:00.000Z',
  finishedAt: '2026-11-24T06:01:30.500Z',
  status: 'partial',
  ...{ clusters: 1, passed: 2, failed: 3, unknown: 4, errors: 5, events: 6, waiting: 7, armRequests: 8, throttled: 9 },
  unread: [{ source: 'clusters', scope: 'x', reason: 'timeout', detail: 'late', lastReadAt: null }],
  message: 'One section was late.',
};

describe('the columns of a row are those of its table, and TimeGenerated comes with the sending', () => {
  const inTable = (table: string): string[] => columnsOf(table).filter((name) => name !== 'TimeGenerated');

  it('AksDrift_CL', () => {
    expect(Object.keys(driftRow(transition(), factsOf(), RUN, null)).sort()).toEqual(inTable('AksDrift_CL'));
  });

  it('AksCompliance_CL', () => {
    expect(Object.keys(complianceRow(standing(), factsOf(), RUN)).sort()).toEqual(inTable('AksCompliance_CL'));
  });

  it('AksMonitorRun_CL', () => {
    expect(Object.keys(runRow(REPORT, RUN)).sort()).toEqual(inTable('AksMonitorRun_CL'));
  });

  it.each(['AksDrift_CL', 'AksCompliance_CL', 'AksMonitorRun_CL'])('%s has TimeGenerated', (table) => {
    expect(columnsOf(table)).toContain('TimeGenerated');
  });

  it('no value is undefined, which JSON would drop', () => {
    const rows = [
      driftRow(transition(), null, RUN, null),
      complianceRow(standing({ finding: null }), null, RUN),
      runRow({ ...REPORT, message: null }, RUN),
    ];
    expect(rows.flatMap((row) => Object.values<unknown>({ ...row })).filter((value) => value === undefined)).toEqual(
      [],
    );
  });
});

describe('what a run could not read', () => {
  const unread = (number: number, changes: Partial<RunReport['unread'][number]> = {}): RunReport['unread'][number] => ({
    source: 'upgradeProfiles',
    scope: `/subscriptions/1/${number}`,
    reason: 'forbidden',
    detail: 'x'.repeat(700),
    lastReadAt: null,
    ...changes,
  });
  const told = (entries: RunReport['unread']): RunReport['unread'] =>
    runRow({ ...REPORT, unread: entries }, RUN).Unread as unknown as RunReport['unread'];
  const many = Array.from({ length: 400 }, (_, number) => unread(number));

  it('is told one by one while it fits a field', () => {
    expect(told(many.slice(0, 50))).toEqual(many.slice(0, 50));
  });

  it('is told by examples when it does not, and says how many are alike', () => {
    const [first, ...others] = told(many);

    expect(first).toEqual(many[0]);
    expect(others.at(-1)?.detail).toBe(`${'x'.repeat(700)} (and ${399 - others.length} more alike)`);
    expect(Buffer.byteLength(JSON.stringify([first, ...others]))).toBeLessThanOrEqual(64 * 1024);
  });

  it.each<readonly [string, Partial<RunReport['unread'][number]>]>([
    ['of another source', { source: 'maintenanceConfigurations' }],
    ['for another reason', { reason: 'disabled' }],
    ['that was read before', { lastReadAt: '2026-11-23T06:00:00.000Z' }],
  ])('keeps one among hundreds %s', (_, changes) => {
    expect(told([...many, unread(400, changes)])).toContainEqual(unread(400, changes));
  });

  it('keeps the one that was read the longest ago', () => {
    const days = many.map((entry, index) => ({ ...entry, lastReadAt: `2026-11-${30 - (index % 20)}T00:00:00.000Z` }));

    expect(told(days)[0]?.lastReadAt).toBe('2026-11-11T00:00:00.000Z');
  });

  it('is one entry for each source and reason when their words are long', () => {
    const long = [unread(1), unread(2), unread(3, { reason: 'timeout' })].map((entry) => ({
      ...entry,
      detail: 'x'.repeat(30_000),
    }));

    expect(told(long).map(({ reason, scope }) => [reason, scope])).toEqual([
      ['forbidden', '/subscriptions/1/1'],
      ['timeout', '/subscriptions/1/3'],
    ]);
  });
});

describe('subjects', () => {
  it('a cluster has its id in lower case, and the portal gets it as Azure gave it', () => {
    for (const row of [driftRow(transition(), factsOf(), RUN, null), complianceRow(standing(), factsOf(), RUN)]) {
      expect(row).toMatchObject({
        ClusterId: CLUSTER_ID.toLowerCase(),
        ClusterUid: 'uid-1',
        ClusterName: 'c1',
        ResourceGroup: 'rg1',
        Location: 'westeurope',
        SubscriptionId: RUN.subscriptionId,
        SubscriptionName: 'Production',
        PortalUrl: `https://portal.azure.com/#resource${CLUSTER_ID}`,
        FindingId: JSON.stringify(['a', CLUSTER_ID, null]),
      });
    }
  });

  it('a subscription has no cluster: an empty id, and no names', () => {
    for (const row of [driftRow(transition(), null, RUN, null), complianceRow(standing(), null, RUN)]) {
      expect(row).toMatchObject({
        ClusterId: '',
        ClusterUid: null,
        ClusterName: null,
        ResourceGroup: null,
        Location: null,
        PortalUrl: `https://portal.azure.com/#resource/subscriptions/${RUN.subscriptionId}`,
      });
    }
  });

  it('what happens to a cluster or a pool as a whole has no check', () => {
    const [, events] = play([{ pools: { p1: undefined } }, { pools: {} }]).transitions;

    expect(events?.map((event) => driftRow(event, factsOf(), RUN, null))).toMatchObject([
      {
        ...{ Transition: 'nodePoolRemoved', NodePool: 'p1', CheckId: null, CheckTitle: null, Category: null },
        ...{ ChecklistItem: null, Controls: null, Scan: 'configuration', OutcomeBefore: null, OutcomeNow: null },
      },
    ]);
  });
});

describe('a drift row', () => {
  it('tells the transition', () => {
    expect(driftRow(transition(), factsOf(), RUN, null)).toMatchObject({
      ...{ EventId: '1/a//regressed', RunId: 'run-1', ObservedAt: RUN.observedAt, Transition: 'regressed' },
      ...{ Cause: 'azure', NodePool: null, CheckId: 'a', CheckTitle: 'a is good', Scan: 'configuration' },
      ...{ Category: 'network', Severity: 'medium', ChecklistItem: 'S1', Controls: { CIS: ['5.1'] } },
      ...{ OutcomeBefore: 'pass', OutcomeNow: 'fail', ValueBefore: null, ValueNow: 7 },
      ...{ Since: '2026-11-24T07:00:00.000Z', Message: 'a says fail.', Remediation: 'az aks update' },
      ...{ Exempt: false, ExemptionReason: null, SchemaVersion: 1, MonitorVersion: '0.1.0' },
    });
  });
});

describe('a compliance row', () => {
  it('tells what was found and what is stored', () => {
    expect(complianceRow(standing(), factsOf(), RUN)).toMatchObject({
      ...{ Outcome: 'fail', Reason: null, LastOutcome: 'fail', LastOutcomeAt: RUN.observedAt, Since: RUN.observedAt },
      ...{ Message: 'a says fail.', Value: 7, DueOn: '2027-01-01T00:00:00Z', Remediation: 'az aks update' },
      ...{ KubernetesVersion: '1.34', Severity: 'medium', Exempt: false, ExemptionReason: null },
      LastChange: { transition: 'baseline', cause: 'firstRead', before: null, changedBy: null },
      BaselineHash: 'hash-1',
    });
  });

  it('of what could not be read keeps the last outcome and value, its due date and its remedy', () => {
    const row = complianceRow(standing({ finding: findingOf('a', 'unknown') }), factsOf(), RUN);

    expect(row).toMatchObject({
      ...{ Outcome: 'unknown', Reason: 'forbidden', LastOutcome: 'fail', LastOutcomeAt: RUN.observedAt },
      ...{ Value: 7, DueOn: '2027-01-01T00:00:00Z', Remediation: 'az aks update' },
    });
  });

  it.each([
    ['fails: its value stands', 'fail', 7],
    ['passes: says what was seen of it', 'pass', 'broken'],
  ] as const)('of what could not be read, and as it is stored %s', (_says, outcome, value) => {
    const finding = findingOf('a', { outcome: 'unknown', reason: 'invalid', observed: 'broken' });

    expect(complianceRow(standing({ finding, entry: entry({ outcome }) }), factsOf(), RUN).Value).toBe(value);
  });

  it.each(['unknown', 'error', 'stopped'] as const)(
    'of what is %s keeps the severity with which it was stored',
    (says) => {
      const raised = entry({ severity: 'critical' });

      expect(complianceRow(standing({ finding: findingOf('a', says), entry: raised }), factsOf(), RUN)).toMatchObject({
        LastOutcome: 'fail',
        Severity: 'critical',
      });
    },
  );

  it('of what is stopped keeps the due date of what is stored', () => {
    expect(complianceRow(standing({ finding: findingOf('a', 'stopped') }), factsOf(), RUN)).toMatchObject({
      ...{ Outcome: 'notApplicable', Reason: 'stopped', LastOutcome: 'fail', DueOn: '2027-01-01T00:00:00Z' },
    });
  });

  it('of what passes needs no remedy', () => {
    const finding = findingOf('a', 'pass');

    expect(complianceRow(standing({ finding, entry: entry({ outcome: 'pass' }) }), null, RUN).Remediation).toBeNull();
  });

  it('of what leaves says gone, and what it was', () => {
    expect(complianceRow(standing({ finding: null }), factsOf(), RUN)).toMatchObject({
      ...{ Outcome: 'gone', Reason: null, LastOutcome: 'fail', Value: null, DueOn: null, Remediation: null },
      Severity: 'medium',
    });
  });

  it('has the severity of the baseline file where it names one', () => {
    expect(complianceRow(standing({ severity: 'info' }), factsOf(), RUN).Severity).toBe('info');
  });

  it('names the exemption', () => {
    const given = { ...exemption('2027-01-01', 'agreed'), approvedBy: 'ciso' };

    expect(complianceRow(standing({ exemption: given }), factsOf(), RUN)).toMatchObject({
      ...{
        Exempt: true,
        ExemptionReason: 'agreed',
        ExemptionExpiresOn: '2027-01-01T23:59:59.999Z',
        ExemptionApprovedBy: 'ciso',
      },
    });
  });

  it('of a check that does not exist any more still has its id', () => {
    const gone = standing({ finding: null, entry: entry({ checkId: 'old' }) });

    expect(complianceRow(gone, factsOf(), RUN)).toMatchObject({ CheckId: 'old', CheckTitle: null });
  });
});

describe('a run row', () => {
  it('counts', () => {
    expect(runRow(REPORT, RUN)).toMatchObject({
      ...{ RunId: 'run-1', Scan: 'configuration', SubscriptionId: RUN.subscriptionId, Status: 'partial' },
      ...{ StartedAt: REPORT.startedAt, FinishedAt: REPORT.finishedAt, DurationMs: 90_500 },
      ...{ Clusters: 1, Passed: 2, Failed: 3, Unknown: 4, Errors: 5, Events: 6, Waiting: 7 },
      ...{ ArmRequests: 8, Throttled: 9, Unread: REPORT.unread, Message: 'One section was late.' },
      ...{ BaselineHash: 'hash-1', SchemaVersion: 1, MonitorVersion: '0.1.0' },
    });
  });
});

describe('the signature', () => {
  const row = complianceRow(standing(), factsOf(), RUN);
  const signature = signatureOf(row, ['x']);

  const TOLD: Partial<AksComplianceRow> = {
    Outcome: 'pass',
    Reason: 'stopped',
    Severity: 'high',
    DueOn: '2028-01-01T00:00:00Z',
    Exempt: true,
    Muted: true,
  };

  it.each(Object.entries(TOLD))('changes with %s', (column, value) => {
    expect(signatureOf({ ...row, [column]: value }, ['x'])).not.toBe(signature);
  });

  it('changes with what is watched', () => {
    expect(signatureOf(row, ['x', 'y'])).not.toBe(signature);
    expect(signatureOf(row, null)).not.toBe(signature);
  });

  it.each(Object.keys(row).filter((column) => !(column in TOLD)))('does not change with %s', (column) => {
    expect(signatureOf({ ...row, [column]: 'something else' }, ['x'])).toBe(signature);
  });

  it('is the same for the same', () => {
    const again: Finding = { ...FAILS, message: 'In other words.' };
    expect(signatureOf(complianceRow(standing({ finding: again }), factsOf(), RUN), ['x'])).toBe(signature);
  });
});
