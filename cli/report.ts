import type { Json } from '../shared/model/json';
import type { AksComplianceRow, AksDriftRow } from '../shared/model/rows';
import type { UnreadEntry } from '../shared/model/snapshot';
import type { ClusterFacts } from '../shared/model/state';
import type { ClusterReport, Observer, ScanOutcome } from '../shared/run/report';
import { isObject } from './difference';

/** Version of the JSON output. */
const SCHEMA_VERSION = 1;

/** What a call of `scan` tells; the contract is the JSON output of version 1. */
export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly runId: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly monitorVersion: string;
  readonly subscriptions: readonly ReportedScan[];
  readonly clusters: readonly ReportedCluster[];
  readonly findings: readonly ReportedFinding[];
  readonly events: readonly ReportedEvent[];
}

interface ReportedScan extends Pick<ScanOutcome, 'scan' | 'status' | 'clusters'> {
  readonly id: string;
  readonly unread: readonly UnreadEntry[];
}

interface ReportedCluster extends Pick<
  ClusterFacts,
  'id' | 'name' | 'resourceGroup' | 'location' | 'kubernetesVersion'
> {
  readonly subscriptionId: string;
  readonly nodePools: readonly string[];
}

export interface ReportedFinding {
  readonly findingId: string | null;
  readonly subscriptionId: string | null;
  readonly clusterId: string | null;
  readonly nodePool: string | null;
  readonly checkId: string | null;
  readonly scan: string | null;
  readonly severity: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly message: string | null;
  readonly observed: Json;
  readonly controls: Json;
  readonly owner: string | null;
  readonly since: string | null;
  readonly dueOn: string | null;
  readonly muted: true | null;
  readonly exemption: { reason: string | null; expiresOn: string | null; approvedBy: string | null } | null;
  readonly lastChange: Json;
}

interface Standing {
  readonly outcome: string;
  readonly observed: Json;
}

export interface ReportedEvent {
  readonly eventId: string | null;
  readonly findingId: string | null;
  readonly transition: string | null;
  readonly cause: string | null;
  readonly subscriptionId: string | null;
  readonly clusterId: string | null;
  readonly nodePool: string | null;
  readonly checkId: string | null;
  readonly before: Standing | null;
  readonly now: Standing | null;
  readonly since: string | null;
  readonly changedBy: string | null;
}

/** Gathers what the scans of one call tell. */
export class ReportBuilder implements Observer {
  readonly #clusters = new Map<string, ReportedCluster>();
  readonly #findings: ReportedFinding[] = [];
  readonly #events: ReportedEvent[] = [];

  cluster({ facts, nodePools, rows }: ClusterReport): void {
    const present = rows.filter(({ Outcome }) => Outcome !== 'gone');
    this.#findings.push(...present.map((row) => findingOf(row, facts)));
    if (facts === null || present.length === 0) {
      return;
    }
    const { id, name, resourceGroup, location, kubernetesVersion } = facts;
    const key = facts.id.toLowerCase();
    const pools = new Set([...(this.#clusters.get(key)?.nodePools ?? []), ...nodePools]);
    const subscriptionId = (facts.id.split('/')[2] ?? '').toLowerCase();
    this.#clusters.set(key, {
      ...{ id, name, subscriptionId, resourceGroup, location, kubernetesVersion },
      nodePools: [...pools].sort(),
    });
  }

  events(rows: readonly AksDriftRow[], facts: ClusterFacts | null): void {
    this.#events.push(...rows.map((row) => eventOf(row, facts)));
  }

  build(
    call: Pick<Report, 'runId' | 'startedAt' | 'finishedAt' | 'monitorVersion'>,
    outcomes: readonly ScanOutcome[],
  ): Report {
    return {
      schemaVersion: SCHEMA_VERSION,
      ...call,
      subscriptions: outcomes.map(({ subscriptionId: id, scan, status, clusters, unread }) => ({
        ...{ id, scan, status, clusters, unread },
      })),
      clusters: [...this.#clusters.values()].sort(inOrderOf(({ id }) => [id])),
      findings: this.#findings.sort(inOrderOf(subjectOf)),
      events: this.#events.sort(inOrderOf((event) => [...subjectOf(event), event.transition])),
    };
  }
}

/** Scans end in any order; a report does not show which was first. */
function inOrderOf<T>(key: (item: T) => readonly (string | null)[]): (a: T, b: T) => number {
  const text = (item: T): string => key(item).join('\n').toLowerCase();
  return (a, b) => (text(a) < text(b) ? -1 : 1);
}

function subjectOf(
  told: Pick<ReportedEvent, 'subscriptionId' | 'clusterId' | 'nodePool' | 'checkId'>,
): (string | null)[] {
  return [told.subscriptionId, told.clusterId, told.nodePool, told.checkId];
}

/** Ids in the letter case of Azure where it is known; null for what is about a subscription. */
function clusterIdOf({ ClusterId }: { readonly ClusterId: string | null }, facts: ClusterFacts | null): string | null {
  return facts?.id ?? (ClusterId === '' ? null : ClusterId);
}

function findingOf(row: AksComplianceRow, facts: ClusterFacts | null): ReportedFinding {
  return {
    findingId: row.FindingId,
    subscriptionId: row.SubscriptionId,
    clusterId: clusterIdOf(row, facts),
    nodePool: row.NodePool,
    checkId: row.CheckId,
    scan: row.Scan,
    severity: row.Severity,
    outcome: row.Outcome,
    reason: row.Reason,
    message: row.Message,
    observed: row.Value,
    controls: row.Controls,
    owner: row.Owner,
    since: row.Since,
    dueOn: row.DueOn,
    muted: row.Muted === true ? true : null,
    exemption: row.Exempt === true ? exemptionOf(row) : null,
    lastChange: lastChangeOf(row),
  };
}

/** Version 1 of the report does not know what opened a failure. */
function lastChangeOf({ LastChange }: AksComplianceRow): Json {
  return isObject(LastChange)
    ? Object.fromEntries(Object.entries(LastChange).filter(([name]) => name !== 'opened'))
    : LastChange;
}

function exemptionOf(row: AksComplianceRow): ReportedFinding['exemption'] {
  return {
    reason: row.ExemptionReason,
    expiresOn: row.ExemptionExpiresOn?.slice(0, 10) ?? null,
    approvedBy: row.ExemptionApprovedBy,
  };
}

function eventOf(row: AksDriftRow, facts: ClusterFacts | null): ReportedEvent {
  return {
    eventId: row.EventId,
    findingId: row.FindingId,
    transition: row.Transition,
    cause: row.Cause,
    subscriptionId: row.SubscriptionId,
    clusterId: clusterIdOf(row, facts),
    nodePool: row.NodePool,
    checkId: row.CheckId,
    before: row.OutcomeBefore === null ? null : { outcome: row.OutcomeBefore, observed: row.ValueBefore },
    now: row.OutcomeNow === null ? null : { outcome: row.OutcomeNow, observed: row.ValueNow },
    since: row.Since,
    changedBy: row.ChangedBy,
  };
}
