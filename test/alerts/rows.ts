import { CATALOGUE } from '../../shared/checks';
import type { AksComplianceRow, AksDriftRow, AksMonitorRunRow, Table } from '../../shared/model/rows';

/** A row as Log Analytics holds it, and from when on a query can see it. */
export interface Sent {
  readonly table: Table;
  readonly row: Readonly<Record<string, unknown>>;
  readonly ingestedAt: Date;
}

const MINUTE = 60_000;
export const SUBSCRIPTION = '00000000-0000-4000-8000-000000000001';

/** `2 03:15` as a moment of November 2026, ISO 8601 UTC. */
export function time(moment: string): string {
  const [, day = '', clock = ''] = /^(\d+) (\d\d:\d\d)$/.exec(moment) ?? [];
  return new Date(`2026-11-${day.padStart(2, '0')}T${clock}:00Z`).toISOString();
}

/** How a row came to be: when Azure was read, when it was sent (a minute later), and how many minutes it then took to arrive (2). */
interface Delivery {
  readonly at: string;
  readonly sentAt?: string;
  readonly delay?: number;
}

function sent(table: Table, row: AksComplianceRow | AksDriftRow | AksMonitorRunRow, delivery: Delivery): Sent {
  const sentAt = Date.parse(time(delivery.sentAt ?? delivery.at)) + (delivery.sentAt === undefined ? MINUTE : 0);
  return {
    table,
    row: { TimeGenerated: new Date(sentAt).toISOString(), ...row },
    ingestedAt: new Date(sentAt + (delivery.delay ?? 2) * MINUTE),
  };
}

/** Who a row is about. */
interface Subject {
  /** Null: the subscription itself. */
  readonly cluster?: string | null;
  readonly pool?: string | null;
  readonly subscription?: string;
}

function subjectColumns({
  cluster = 'aks-a',
  pool = null,
  subscription = SUBSCRIPTION,
}: Subject): Pick<
  AksDriftRow,
  | 'SubscriptionId'
  | 'SubscriptionName'
  | 'ResourceGroup'
  | 'ClusterId'
  | 'ClusterUid'
  | 'ClusterName'
  | 'Location'
  | 'NodePool'
  | 'Owner'
  | 'Environment'
  | 'PortalUrl'
> {
  const id = `/subscriptions/${subscription}/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/${cluster ?? ''}`;
  return {
    SubscriptionId: subscription,
    SubscriptionName: 'Production',
    ResourceGroup: cluster === null ? null : 'rg',
    ClusterId: cluster === null ? '' : id,
    ClusterUid: cluster === null ? null : `uid-${cluster}`,
    ClusterName: cluster,
    Location: cluster === null ? null : 'westeurope',
    NodePool: pool,
    Owner: 'team-a',
    Environment: null,
    PortalUrl: `https://portal.azure.com/#resource${id}`,
  };
}

/** @throws Error when there is no such check: the rules name checks by id. */
function checkColumns(id: string): Pick<
  AksDriftRow,
  'CheckId' | 'CheckTitle' | 'Category' | 'ChecklistItem' | 'Controls'
> & {
  readonly Scan: string;
  readonly Severity: string;
} {
  const check = CATALOGUE.find((each) => each.id === id);
  if (check === undefined) {
    throw new Error(`There is no check ${id}`);
  }
  const { title, category, checklistItem, controls, scan, severity } = check;
  return {
    ...{ CheckId: id, CheckTitle: title, Category: category, ChecklistItem: checklistItem },
    ...{ Controls: { ...controls }, Scan: scan, Severity: severity },
  };
}

/** Readable, where the product's is a hash. */
function findingId({ cluster = 'aks-a', pool = null }: Subject, check: string | null): string {
  return [cluster, pool, check].filter((part) => part !== null).join('/');
}

interface StateOf extends Subject, Delivery {
  readonly check: string;
  /** The last change of the finding: transition, cause and moment. */
  readonly change?: readonly [transition: string, cause: string, at: string];
  /** What opened the failure, where the last change did not. */
  readonly opened?: readonly [transition: string, cause: string, at: string];
}

/** A compliance row: the check fails, since its last change, unless the columns say otherwise. */
export function state(of: StateOf, columns: Partial<AksComplianceRow> = {}): Sent {
  const { check, at, change: [transition, cause, changedAt] = ['regressed', 'azure', at], opened } = of;
  const row: AksComplianceRow = {
    FindingId: findingId(of, check),
    RunId: `run ${at}`,
    ObservedAt: time(at),
    ...subjectColumns(of),
    KubernetesVersion: '1.34.1',
    ...checkColumns(check),
    ...{ Outcome: 'fail', Reason: null, LastOutcome: 'fail', LastOutcomeAt: time(at) },
    ...{ Message: 'It fails.', Value: { setting: 'bad' }, Since: time(changedAt), DueOn: null, RemediateBy: null },
    LastChange: {
      eventId: `${check} ${changedAt}`,
      ...{ transition, cause, changedBy: null },
      before: { outcome: 'pass', observed: { setting: 'good' } },
      at: time(changedAt),
      ...(opened !== undefined && { opened: { transition: opened[0], cause: opened[1], at: time(opened[2]) } }),
    },
    ...{ Exempt: false, ExemptionReason: null, ExemptionExpiresOn: null, ExemptionApprovedBy: null, Muted: false },
    ...{ Remediation: 'az aks update', BaselineHash: 'b', SchemaVersion: 1, MonitorVersion: '1.0.0' },
    ...columns,
  };
  return sent('AksCompliance_CL', row, of);
}

/** What makes a row of a finding that passes again. */
export const RESOLVED = {
  Outcome: 'pass',
  LastOutcome: 'pass',
  LastChange: { transition: 'resolved', cause: 'azure' },
};

/** What makes a row of a finding that could not be read; what is stored stands. */
export const FORBIDDEN = { Outcome: 'unknown', Reason: 'forbidden' };

/** The same row as the first run of each of the days sends it. */
export function daily(row: Sent, days: readonly number[], columns: Partial<AksComplianceRow> = {}): Sent[] {
  return days.map((day) => {
    const observed = time(`${day} 00:05`);
    const changed = { ...row.row, ObservedAt: observed, ...columns };
    return {
      ...row,
      row: { ...changed, TimeGenerated: time(`${day} 00:06`) },
      ingestedAt: new Date(time(`${day} 00:08`)),
    };
  });
}

interface EventOf extends Subject, Delivery {
  readonly transition: string;
  readonly cause?: string;
  /** Null: it is about a cluster, a pool or a subscription as a whole. */
  readonly check?: string | null;
}

/** A drift event. */
export function event(of: EventOf, columns: Partial<AksDriftRow> = {}): Sent {
  const { transition, cause = 'azure', check = null, at } = of;
  const subject = findingId(of, check);
  const row: AksDriftRow = {
    ...{ EventId: `${transition} ${subject} ${at}`, FindingId: subject, RunId: `run ${at}`, ObservedAt: time(at) },
    ...{ Transition: transition, Cause: cause },
    ...subjectColumns(of),
    ...{ CheckId: null, CheckTitle: null, Category: null, ChecklistItem: null, Controls: null },
    ...{ Scan: 'configuration', Severity: 'info' },
    ...(check === null ? {} : checkColumns(check)),
    ...{ OutcomeBefore: null, OutcomeNow: null, ValueBefore: null, ValueNow: null, Since: time(at) },
    ...{ Message: 'It happened.', Remediation: null },
    ...{ ChangedBy: null, ChangedByType: null, ChangedAt: null, ChangeOperation: null, ChangeClient: null },
    ...{ CorrelationId: null, Exempt: false, ExemptionReason: null, Muted: false, SchemaVersion: 1 },
    MonitorVersion: '1.0.0',
    ...columns,
  };
  return sent('AksDrift_CL', row, of);
}

interface RunOf extends Delivery {
  readonly scan?: string;
  readonly subscription?: string | null;
}

/** A run row: completed, unless the columns say otherwise. */
export function run(of: RunOf, columns: Partial<AksMonitorRunRow> = {}): Sent {
  const { scan = 'configuration', subscription = SUBSCRIPTION, at } = of;
  const row: AksMonitorRunRow = {
    ...{ RunId: `run ${at}`, Scan: scan, SubscriptionId: subscription, StartedAt: time(at), FinishedAt: time(at) },
    ...{ DurationMs: 0, Status: 'completed', Clusters: 1, Passed: 1, Failed: 0, Unknown: 0, Errors: 0, Events: 0 },
    ...{ Waiting: 0, ArmRequests: 3, Throttled: 0, Unread: [], Message: null, BaselineHash: 'b' },
    ...{ SchemaVersion: 1, MonitorVersion: '1.0.0' },
    ...columns,
  };
  return sent('AksMonitorRun_CL', row, of);
}
