import { createHash } from 'node:crypto';

import type { Exemption, Ownership } from '../model/baseline';
import type { Attribution } from '../model/change';
import type { CatalogueEntry, Severity } from '../model/check';
import type { Finding } from '../model/finding';
import type { Json } from '../model/json';
import type { AksComplianceRow, AksDriftRow, AksMonitorRunRow } from '../model/rows';
import type { Scan } from '../model/scan';
import type { UnreadEntry } from '../model/snapshot';
import type { ClusterFacts, StateEntry, Transition } from '../model/state';
import { unreadInRow } from './unread';

/** Grows when the meaning of a column changes; columns are only ever added. */
const SCHEMA_VERSION = 1;

const DAY = 24 * 60 * 60 * 1000;

/** What the rows of one run have in common. */
export interface RunContext {
  readonly runId: string;
  readonly scan: Scan;
  readonly subscriptionId: string;
  readonly subscriptionName: string | null;
  /** ISO 8601: when Azure was read. */
  readonly observedAt: string;
  readonly baselineHash: string;
  readonly monitorVersion: string;
  /** In which a failure of a severity must be mended; null: no limit. */
  readonly remediationDays: (severity: Severity) => number | null;
  /** Whether what is told now raises no alert. */
  readonly isMuted: (checkId: string | null, facts: ClusterFacts | null, nodePool: string | null) => boolean;
  /** Of the subscription. */
  readonly ownership: Ownership;
  /** Of the cloud's portal. */
  readonly portal: string;
  readonly check: (id: string) => CatalogueEntry | undefined;
  readonly findingId: (checkId: string | null, clusterId: string, nodePool: string | null) => string;
}

/** One drift event as it lies in the outbox until it is confirmed. @param attribution null: nobody can be named. */
export function driftRow(
  transition: Transition,
  facts: ClusterFacts | null,
  run: RunContext,
  attribution: Attribution | null,
): AksDriftRow {
  const { checkId, nodePool } = transition;
  return {
    EventId: transition.eventId,
    FindingId: run.findingId(checkId, facts?.id ?? '', nodePool),
    RunId: run.runId,
    ObservedAt: run.observedAt,
    Transition: transition.transition,
    Cause: transition.cause,
    ...subjectColumns(facts, run),
    NodePool: nodePool,
    ...checkColumns(checkId, run),
    Scan: run.scan,
    Severity: transition.severity,
    OutcomeBefore: transition.before?.outcome ?? null,
    OutcomeNow: transition.now?.outcome ?? null,
    ValueBefore: transition.before?.observed ?? null,
    ValueNow: transition.now?.observed ?? null,
    Since: transition.since,
    Message: transition.message,
    Remediation: transition.remediation,
    ...attributionColumns(attribution),
    Exempt: transition.exempt,
    ExemptionReason: transition.exemptionReason,
    // A window that muted its own beginning would open unseen.
    Muted: transition.transition !== 'baselineChanged' && run.isMuted(checkId, facts, nodePool),
    SchemaVersion: SCHEMA_VERSION,
    MonitorVersion: run.monitorVersion,
  };
}

/** What a compliance row tells of one check on one subject; without a finding it leaves the state for good. */
export interface Standing {
  readonly finding: Finding | null;
  readonly entry: StateEntry;
  readonly exemption: Exemption | null;
  /** What the baseline file says in place of the check's own severity. */
  readonly severity: Severity | null;
}

export function complianceRow(
  { finding, entry, exemption, severity }: Standing,
  facts: ClusterFacts | null,
  run: RunContext,
): AksComplianceRow {
  const { checkId, nodePool } = entry;
  const told = severity ?? (isDecided(finding) ? finding.severity : entry.severity);
  return {
    FindingId: run.findingId(checkId, facts?.id ?? '', nodePool),
    RunId: run.runId,
    ObservedAt: run.observedAt,
    ...subjectColumns(facts, run),
    KubernetesVersion: facts?.kubernetesVersion ?? null,
    NodePool: nodePool,
    ...checkColumns(checkId, run),
    Scan: run.scan,
    Severity: told,
    ...outcomeColumns(finding, entry),
    LastOutcome: entry.outcome,
    LastOutcomeAt: entry.outcomeAt,
    Since: entry.since,
    RemediateBy: finding === null ? null : remediateBy(entry, run.remediationDays(told)),
    LastChange: entry.lastChange as Json,
    Exempt: exemption !== null,
    ...exemptionColumns(exemption),
    Muted: run.isMuted(checkId, facts, nodePool),
    BaselineHash: run.baselineHash,
    SchemaVersion: SCHEMA_VERSION,
    MonitorVersion: run.monitorVersion,
  };
}

/** Names what makes a compliance row worth sending again: Outcome, Reason, Severity, `watched`, DueOn, Exempt, and Muted, which must not outlast its window. */
export function signatureOf(row: AksComplianceRow, watched: Json): string {
  const told = [row.Outcome, row.Reason, row.Severity, watched, row.DueOn, row.Exempt, row.Muted];
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 16);
}

/** What names a run; null where a run never came so far as to know it. */
export type RunRowContext = {
  readonly [K in 'runId' | 'scan' | 'subscriptionId' | 'baselineHash' | 'monitorVersion']: RunContext[K] | null;
};

/** What a run reports of itself. */
export interface RunReport {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly status: 'completed' | 'partial' | 'failed' | 'overdue';
  readonly clusters: number;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly errors: number;
  readonly events: number;
  readonly waiting: number;
  readonly armRequests: number;
  readonly throttled: number;
  readonly unread: readonly UnreadEntry[];
  readonly message: string | null;
}

/** One row about a run that came to its end. */
export function runRow(report: RunReport, run: RunRowContext): AksMonitorRunRow {
  return {
    RunId: run.runId,
    Scan: run.scan,
    SubscriptionId: run.subscriptionId,
    StartedAt: report.startedAt,
    FinishedAt: report.finishedAt,
    DurationMs: Date.parse(report.finishedAt) - Date.parse(report.startedAt),
    Status: report.status,
    Clusters: report.clusters,
    Passed: report.passed,
    Failed: report.failed,
    Unknown: report.unknown,
    Errors: report.errors,
    Events: report.events,
    Waiting: report.waiting,
    ArmRequests: report.armRequests,
    Throttled: report.throttled,
    Unread: unreadInRow(report.unread),
    Message: report.message,
    BaselineHash: run.baselineHash,
    SchemaVersion: SCHEMA_VERSION,
    MonitorVersion: run.monitorVersion,
  };
}

const NOT_ATTRIBUTED = {
  ChangedBy: null,
  ChangedByType: null,
  ChangedAt: null,
  ChangeOperation: null,
  ChangeClient: null,
  CorrelationId: null,
};

function attributionColumns(attribution: Attribution | null): Pick<AksDriftRow, keyof typeof NOT_ATTRIBUTED> {
  if (attribution === null) {
    return NOT_ATTRIBUTED;
  }
  const { changedBy, changedByType, changedAt, operation, client, correlationId } = attribution;
  return {
    ...{ ChangedBy: changedBy, ChangedByType: changedByType, ChangedAt: changedAt },
    ...{ ChangeOperation: operation, ChangeClient: client, CorrelationId: correlationId },
  };
}

/** Counted from the first failure of a row of failures. */
function remediateBy({ outcome, since }: StateEntry, days: number | null): string | null {
  return outcome !== 'fail' || since === null || days === null
    ? null
    : new Date(Date.parse(since) + days * DAY).toISOString();
}

function checkColumns(
  checkId: string | null,
  run: RunContext,
): Pick<AksDriftRow, 'CheckId' | 'CheckTitle' | 'Category' | 'ChecklistItem' | 'Controls'> {
  const check = checkId === null ? undefined : run.check(checkId);
  return {
    CheckId: checkId,
    CheckTitle: check?.title ?? null,
    Category: check?.category ?? null,
    ChecklistItem: check?.checklistItem ?? null,
    Controls: check?.controls ?? null,
  };
}

function exemptionColumns(
  exemption: Exemption | null,
): Pick<AksComplianceRow, 'ExemptionReason' | 'ExemptionExpiresOn' | 'ExemptionApprovedBy'> {
  return {
    ExemptionReason: exemption?.reason ?? null,
    // It holds to the end of that day.
    ExemptionExpiresOn: exemption === null ? null : `${exemption.expiresOn}T23:59:59.999Z`,
    ExemptionApprovedBy: exemption?.approvedBy ?? null,
  };
}

/** One row about a run that never was: it failed before it began, or it is overdue. */
export function failedRun(
  status: 'failed' | 'overdue',
  message: string,
  run: RunRowContext,
  at: string,
): AksMonitorRunRow {
  const nothing = { clusters: 0, passed: 0, failed: 0, unknown: 0, errors: 0, events: 0, waiting: 0 };
  const times = { startedAt: at, finishedAt: at };
  return runRow({ ...nothing, ...times, status, armRequests: 0, throttled: 0, unread: [], message }, run);
}

function outcomeColumns(
  finding: Finding | null,
  entry: StateEntry,
): Pick<AksComplianceRow, 'Outcome' | 'Reason' | 'Message' | 'Value' | 'DueOn' | 'Remediation'> {
  if (finding === null) {
    const Message = 'The subject or the check is no longer watched.';
    return { Outcome: 'gone', Reason: null, Message, Value: null, DueOn: null, Remediation: null };
  }
  const decided: boolean = isDecided(finding);
  // Alerts test the value: that of a failure stands while it cannot be read.
  const known = entry.outcome === 'fail' ? entry.observed : (finding.observed ?? entry.observed);
  return {
    Outcome: finding.outcome,
    Reason: finding.reason,
    Message: finding.message,
    Value: decided ? finding.observed : known,
    DueOn: decided ? finding.dueOn : entry.dueOn,
    Remediation: finding.outcome === 'fail' || entry.outcome === 'fail' ? finding.remediation : null,
  };
}

/** What decides nothing leaves what is stored in force, in the tables too. */
function isDecided(finding: Finding | null): finding is Finding {
  return finding !== null && !['unknown', 'error'].includes(finding.outcome) && finding.reason !== 'stopped';
}

const NO_CLUSTER = { id: '', uid: null, name: null, resourceGroup: null, location: null };

function subjectColumns(
  facts: ClusterFacts | null,
  { subscriptionId, subscriptionName, portal, ownership }: RunContext,
): Pick<
  AksDriftRow,
  | 'SubscriptionId'
  | 'SubscriptionName'
  | 'ResourceGroup'
  | 'ClusterId'
  | 'ClusterUid'
  | 'ClusterName'
  | 'Location'
  | 'PortalUrl'
  | 'Owner'
  | 'Environment'
> {
  const { id, uid, name, resourceGroup, location, owner, environment } = facts ?? { ...NO_CLUSTER, ...ownership };
  return {
    SubscriptionId: subscriptionId,
    SubscriptionName: subscriptionName,
    ResourceGroup: resourceGroup,
    ClusterId: id.toLowerCase(),
    ClusterUid: uid,
    ClusterName: name,
    Location: location,
    Owner: owner,
    Environment: environment,
    PortalUrl: `${portal}/#resource${id === '' ? `/subscriptions/${subscriptionId}` : id}`,
  };
}
