import { CATALOGUE } from '../checks';
import type { ListedCluster } from '../collect/clusters';
import { baselineChanged } from '../compare/baseline';
import {
  compareCluster,
  entryKey,
  hashOf,
  type CompareContext,
  type Comparison,
  type Sighting,
  type Standpoint,
} from '../compare/compare';
import { subscriptionEvent } from '../compare/subscription';
import type { Attribution } from '../model/change';
import type { Expectation, Subject } from '../model/baseline';
import type { AksComplianceRow, AksDriftRow } from '../model/rows';
import type { ClusterFacts, ClusterState, StateEntry, StateHeader, SubscriptionNews, Transition } from '../model/state';
import { complianceRow, driftRow, signatureOf, type RunContext } from '../publish/rows';
import type { StateFile } from '../state/file';
import type { Attributor } from './attribution';
import { lookAt, type LookOptions, type Step } from './look';
import { joinSorted, mapOrdered } from './ordered';
import { pendingRows } from './outbox';
import type { Observer } from './report';
import { subjectOf } from './subject';

/** What an outbox may hold in all. Clusters whose events do not fit wait for the next slice. */
const OUTBOX_EVENTS = 10_000;
const OUTBOX_BYTES = 8_000_000;

/** Clusters whose sections are read at the same time. */
const CLUSTERS_IN_FLIGHT = 8;

export interface SliceOptions extends LookOptions {
  readonly run: RunContext;
  /** False: nothing is kept after this run, so that nothing can be said of the past. */
  readonly keepsState: boolean;
  readonly observer: Observer;
  /** Says who made a change; null: nobody is to be named. */
  readonly attributor: Pick<Attributor, 'attribute'> | null;
  /** What there is to tell of the subscription as a whole. */
  readonly news: SubscriptionNews | null;
}

/** What a slice leaves to say when all its lines are written. */
export interface SliceResult {
  /** Clusters that the baseline file leaves out. */
  outOfScope: number;
  readonly waiting: Set<string>;
  pending: number;
  events: number;
  eventBytes: number;
}

export function emptySlice(): SliceResult {
  return { outOfScope: 0, waiting: new Set(), pending: 0, events: 0, eventBytes: 0 };
}

/**
 * Collects, evaluates and compares cluster by cluster, and yields the lines of the next state in order.
 * @param result is filled while the lines are taken.
 */
export async function* compareSlice(
  previous: StateFile | null,
  header: StateHeader,
  options: SliceOptions,
  result: SliceResult,
): AsyncGenerator<ClusterState> {
  const listed = [...options.listing.clusters].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const joined = joinSorted(linesOf(previous), ({ key }) => key, listed, keyOf);
  for await (const item of mapOrdered(joined, CLUSTERS_IN_FLIGHT, async ({ key, left, right }) => ({
    key,
    previous: left,
    step: await lookAt(key, left, right, options),
  }))) {
    const line = await settle(item, header, options, result);
    // What is gone stays only for what it has still to tell.
    if (line !== undefined && (!line.gone || pendingRows(line) > 0)) {
      result.pending += pendingRows(line);
      yield line;
    }
  }
}

function keyOf({ cluster }: ListedCluster): string {
  return cluster.id.toLowerCase();
}

/** The lines of the state; the first is always that of the subscription itself. */
async function* linesOf(previous: StateFile | null): AsyncGenerator<ClusterState> {
  let hasSubscription = false;
  for await (const line of previous?.clusters() ?? []) {
    if (!hasSubscription && line.key !== '') {
      yield emptyLine('');
    }
    hasSubscription = true;
    yield line;
  }
  if (!hasSubscription) {
    yield emptyLine('');
  }
}

function emptyLine(key: string): ClusterState {
  return {
    key,
    facts: null,
    gone: false,
    outOfScope: false,
    motionSince: null,
    poolsAreNew: false,
    nodePools: null,
    entries: {},
    kept: {},
    reads: {},
    rowsOn: null,
    events: [],
    owed: {},
  };
}

interface Item {
  readonly key: string;
  readonly previous: ClusterState | undefined;
  /** Null: the line stays as it is. */
  readonly step: Step | null;
}

/** Decides the next line of one cluster; undefined: it has none. */
async function settle(
  { key, previous, step }: Item,
  header: StateHeader,
  options: SliceOptions,
  result: SliceResult,
): Promise<ClusterState | undefined> {
  if (step === null) {
    return count(previous, result);
  }
  const comparison = compareLine(key, previous, step, header, options);
  const attributions = await attribute(comparison, { key, previous, step }, options);
  const { line, rows } = nextLine(previous ?? emptyLine(key), step, comparison, attributions, options);
  const events = line.events.slice(previous?.events.length ?? 0);
  if (!fits(events, result)) {
    result.waiting.add(key);
    return count(previous, result);
  }
  const { facts, reads } = line;
  // Of what the baseline file leaves out only the farewell is told.
  if (!line.outOfScope || rows.length > 0) {
    const nodePools = Object.keys(line.nodePools ?? {});
    const isWatched = !line.gone && !line.outOfScope;
    options.observer.cluster({ facts, isWatched, nodePools, rows, unread: step.unread, reads });
  }
  options.observer.events(events, facts);
  return count(line, result);
}

/** By event. Only what Azure changed about a cluster has somebody behind it. */
type Attributions = ReadonlyMap<string, Attribution>;

async function attribute(
  { transitions }: Comparison,
  { key, previous, step }: Item & { readonly step: Step },
  { attributor, run, keepsState }: SliceOptions,
): Promise<Attributions> {
  const found = new Map<string, Attribution>();
  if (attributor === null || key === '' || !keepsState) {
    return found;
  }
  for (const transition of transitions.filter(({ cause }) => cause === 'azure')) {
    const attribution = await attributor.attribute({
      ...{ transition, clusterId: key, until: run.observedAt },
      judged: transition.checkId === null ? [] : step.judged(transition.checkId),
      after: lastReadOf(transition, previous),
    });
    if (attribution !== null) {
      found.set(transition.eventId, attribution);
    }
  }
  return found;
}

/** When a finding was last decided, or the cluster last read; null: never. */
function lastReadOf({ checkId, nodePool }: Transition, previous: ClusterState | undefined): string | null {
  const entry = checkId === null ? undefined : previous?.entries[entryKey(checkId, nodePool)];
  return entry?.outcomeAt ?? previous?.reads.clusters ?? null;
}

/** An entry says who is behind its last change. */
function withName(entry: StateEntry, attributions: Attributions): StateEntry {
  const { lastChange } = entry;
  const attribution = lastChange === null ? undefined : attributions.get(lastChange.eventId);
  return lastChange === null || attribution === undefined
    ? entry
    : { ...entry, lastChange: { ...lastChange, changedBy: attribution.changedBy } };
}

function compareLine(
  key: string,
  previous: ClusterState | undefined,
  step: Step,
  header: StateHeader,
  options: SliceOptions,
): Comparison {
  const context = compareContext(key, factsIn(step.sighting) ?? previous?.facts ?? null, step, header, options);
  const known = previous?.gone === true ? undefined : previous;
  const comparison = compareCluster(known, step.sighting, step.findings, context);
  if (key !== '') {
    return comparison;
  }
  const { news, run } = options;
  const told = news === null ? [] : [subscriptionEvent(news, run.subscriptionName ?? run.subscriptionId, context)];
  return {
    ...comparison,
    transitions: [
      ...told.map((transition) => ({ ...transition, facts: null })),
      ...comparison.transitions,
      ...baselineTransitions(header, context, options),
    ],
  };
}

/** The configuration scan tells of a baseline file that means something else than the last time, once. */
function baselineTransitions(
  { baseline: before }: StateHeader,
  context: CompareContext,
  { baseline, retire, only }: SliceOptions,
): Comparison['transitions'] {
  if (before === null || retire || only !== null || !context.ownsSubjects) {
    return [];
  }
  const changed = baselineChanged(before, baseline.effect, CATALOGUE, context);
  return changed === null ? [] : [{ ...changed, facts: null }];
}

function factsIn(sighting: Sighting): ClusterFacts | null {
  return sighting.kind === 'gone' ? null : sighting.facts;
}

function count(line: ClusterState | undefined, result: SliceResult): ClusterState | undefined {
  result.outOfScope += line?.outOfScope === true ? 1 : 0;
  if (line !== undefined && line.events.length > 0) {
    result.events += line.events.length;
    result.eventBytes += Buffer.byteLength(JSON.stringify(line.events));
  }
  return line;
}

/** The events of a single cluster always fit an empty outbox. */
function fits(events: readonly AksDriftRow[], result: SliceResult): boolean {
  const bytes = events.length === 0 ? 0 : Buffer.byteLength(JSON.stringify(events));
  return (
    events.length === 0 ||
    result.events === 0 ||
    (result.events + events.length <= OUTBOX_EVENTS && result.eventBytes + bytes <= OUTBOX_BYTES)
  );
}

function compareContext(
  key: string,
  facts: ClusterFacts | null,
  { unconfirmed }: Step,
  header: StateHeader,
  { run, now, baseline, checks, keepsState }: SliceOptions,
): CompareContext {
  const subject = (nodePool: string | null): Subject => subjectOf(run.subscriptionId, facts, nodePool);
  const expectationOf = (checkId: string, nodePool: string | null): Expectation | null => {
    const check = checks.find(({ id }) => id === checkId);
    return check === undefined ? null : baseline.expectationOf(check, subject(nodePool));
  };
  return {
    now: run.observedAt,
    eventId: (checkId, nodePool, transition) =>
      hashOf(
        header.stateId,
        String(header.sequence),
        run.scan,
        run.subscriptionId,
        key,
        nodePool ?? '',
        checkId ?? '',
        transition,
      ),
    checks,
    isOn: (checkId, nodePool) => expectationOf(checkId, nodePool)?.enabled === true,
    unconfirmed,
    firstRunDone: header.firstRunAt !== null && keepsState,
    ownsSubjects: run.scan === 'configuration',
    severityOf: (checkId, nodePool) => expectationOf(checkId, nodePool)?.severity ?? null,
    exemptionOf: (checkId, nodePool) => baseline.exemptionOf(checkId, subject(nodePool), now),
  };
}

function nextLine(
  previous: ClusterState,
  step: Step,
  comparison: Comparison,
  attributions: Attributions,
  options: SliceOptions,
): { line: ClusterState; rows: AksComplianceRow[] } {
  const { run, keepsState } = options;
  const today = run.observedAt.slice(0, 10);
  const facts = comparison.next?.facts ?? previous.facts;
  const transitions = keepsState ? comparison.transitions : [];
  const entries: Record<string, StateEntry> = {};
  const owed: Record<string, AksComplianceRow> = { ...previous.owed };
  const rows: AksComplianceRow[] = [];
  for (const told of comparison.standpoints) {
    const standpoint = { ...told, entry: withName(told.entry, attributions) };
    const row = rowOf(standpoint, options);
    rows.push(row);
    const sent = signatureOf(row, standpoint.entry.watched);
    if (standpoint.finding === null) {
      owed[standpoint.key] = row;
    } else {
      entries[standpoint.key] = { ...standpoint.entry, sent };
      if (previous.rowsOn !== today || standpoint.entry.sent !== sent) {
        owed[standpoint.key] = row;
      }
    }
  }
  const line = {
    ...(comparison.next ?? { facts, motionSince: null, poolsAreNew: false, nodePools: null, outOfScope: false }),
    ...{ key: previous.key, gone: comparison.next === null || options.retire, entries, owed },
    reads: { ...previous.reads, ...Object.fromEntries(step.read.map((section) => [section, run.observedAt])) },
    kept: step.kept ?? previous.kept,
    rowsOn: today,
    events: [
      ...previous.events,
      ...transitions.map((transition) =>
        driftRow(transition, transition.facts, run, attributions.get(transition.eventId) ?? null),
      ),
    ],
  };
  return { line, rows };
}

/** A row of a standpoint, as it is told now. */
function rowOf({ finding, entry, facts }: Standpoint, options: SliceOptions): AksComplianceRow {
  const { baseline, run, checks, keepsState } = options;
  const check = checks.find(({ id }) => id === entry.checkId);
  const subject = subjectOf(run.subscriptionId, facts, entry.nodePool);
  const severity = check === undefined ? null : baseline.expectationOf(check, subject).severity;
  const told = keepsState ? entry : { ...entry, since: null, lastChange: null };
  const standing = { finding, entry: told, exemption: entry.exemption, severity };
  return complianceRow(standing, facts, run);
}
