import type { AksComplianceRow, AksDriftRow, AksMonitorRunRow } from '../../shared/model/rows';
import { runnerOver } from '../../scripts/preview/server';
import type { Answer } from '../../scripts/preview/view';
import { readWorkbook } from '../../scripts/preview/workbook';
import {
  expand,
  parametersIn,
  sampleOf,
  several,
  single,
  timeRange,
  type Forms,
} from '../../scripts/workbook/parameters';
import { queriesOf } from './queries';

export const NOW = new Date('2026-11-24T12:00:00Z');

const DAY = 24 * 60 * 60 * 1000;
const SUBSCRIPTION = '11111111-1111-4111-8111-111111111111';

type Row = Record<string, unknown>;
type Given<R> = Partial<R> & { readonly TimeGenerated?: string };

/** Rows by table. */
export interface Tables {
  readonly AksCompliance_CL?: readonly Row[];
  readonly AksDrift_CL?: readonly Row[];
  readonly AksMonitorRun_CL?: readonly Row[];
}

/** `days(-1)` is this time yesterday. */
export function days(count: number): string {
  return new Date(NOW.getTime() + count * DAY).toISOString();
}

const idOf = (cluster: string): string =>
  cluster === ''
    ? ''
    : `/subscriptions/${SUBSCRIPTION}/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/${cluster}`;

/** One finding of `aks-1`, an hour ago: it passes. */
export function compliance(given: Given<AksComplianceRow>): Row {
  const row = {
    ObservedAt: days(-1 / 24),
    Scan: 'configuration',
    SubscriptionId: SUBSCRIPTION,
    SubscriptionName: 'prod',
    ClusterName: 'aks-1',
    CheckId: 'k8s-rbac-enabled',
    CheckTitle: 'Kubernetes RBAC is enabled',
    Severity: 'high',
    ChecklistItem: 'S3',
    Controls: { mcsb: ['PA-7'] },
    Outcome: 'pass',
    Exempt: false,
    Owner: 'web',
    ...given,
  };
  return {
    ClusterId: idOf(row.ClusterName ?? ''),
    LastOutcome: row.Outcome,
    TimeGenerated: row.ObservedAt,
    FindingId: [row.Scan, row.SubscriptionId, row.ClusterName, given.NodePool, row.CheckId].join('/'),
    ...row,
  };
}

/** One event of `aks-1`, an hour ago. */
export function drift(given: Given<AksDriftRow>): Row {
  const row = {
    ObservedAt: days(-1 / 24),
    EventId: 'e1',
    FindingId: 'f1',
    Transition: 'regressed',
    Cause: 'azure',
    Scan: 'configuration',
    SubscriptionId: SUBSCRIPTION,
    ClusterName: 'aks-1',
    CheckId: 'k8s-rbac-enabled',
    Severity: 'high',
    OutcomeBefore: 'pass',
    OutcomeNow: 'fail',
    Owner: 'web',
    ...given,
  };
  return { ClusterId: idOf(row.ClusterName ?? ''), TimeGenerated: row.ObservedAt, ...row };
}

/** One run, an hour ago, that read everything. */
export function run(given: Given<AksMonitorRunRow>): Row {
  const row = {
    FinishedAt: days(-1 / 24),
    Scan: 'configuration',
    SubscriptionId: SUBSCRIPTION,
    Status: 'completed',
    Unread: [],
    ...given,
  };
  return { TimeGenerated: row.FinishedAt, StartedAt: row.FinishedAt, ...row };
}

const queries = new Map(queriesOf(readWorkbook()).map(({ place, query }) => [place, query]));

/** What parameters give as long as nobody has touched them. */
export function untouched(query: string): Record<string, Forms> {
  const month = timeRange(new Date(NOW.getTime() - 30 * DAY), NOW, '');
  return {
    ...Object.fromEntries(parametersIn(query).map((name) => [name, sampleOf(name)])),
    TimeRange: month,
    ShowExempt: single('yes'),
  };
}

/** Values of parameters as a person chooses them: a list for those of which several can be chosen. */
export type Chosen = Readonly<Record<string, string | readonly string[]>>;

export function chosen(values: Chosen): Record<string, Forms> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? single(value) : several(value)]),
  );
}

/** Runs the query of a place of the workbook. */
export function answerOf(place: string, tables: Tables, values: Chosen = {}): Answer {
  const query = queries.get(place);
  if (query === undefined) {
    throw new Error(`The workbook has no query ${place}; it has ${[...queries.keys()].join(', ')}`);
  }
  try {
    return runnerOver({ ...tables }, NOW)(expand(query, { ...untouched(query), ...chosen(values) }));
  } catch (error) {
    throw new Error(`The query of ${place} failed`, { cause: error });
  }
}
