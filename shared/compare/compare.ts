import { createHash } from 'node:crypto';

import type { Exemption } from '../model/baseline';
import type { Check, Severity } from '../model/check';
import type { Finding } from '../model/finding';
import type { Unread } from '../model/snapshot';
import type {
  Cause,
  ClusterFacts,
  ClusterState,
  NodePoolFacts,
  StateEntry,
  SubscriptionNews,
  Transition,
} from '../model/state';
import { compareFinding, emptyEntry } from './finding';

/** For how long the transitions of a cluster or a pool in motion are held. */
const HOLD_MILLISECONDS = 6 * 60 * 60 * 1000;

const STANDING_STILL = new Set(['succeeded', 'failed', 'canceled']);

/** What this run learned about one cluster, or about the subscription itself. */
export type Sighting =
  | {
      readonly kind: 'read';
      /** Null for the subscription itself. */
      readonly facts: ClusterFacts | null;
      /** As ARM writes it; absent when the body lacks it. */
      readonly provisioningState?: string | undefined;
      readonly nodePools: PoolsSeen;
    }
  | { readonly kind: 'unread'; readonly facts: ClusterFacts | null; readonly unread: Unread }
  /** The baseline file leaves it out. */
  | { readonly kind: 'outOfScope'; readonly facts: ClusterFacts; readonly nodePools: PoolsSeen }
  /** Proved: listed to the last page without it, and a GET of its id answered 404. */
  | { readonly kind: 'gone' };

/** Null when the body held no array of pools: then none of them is known to be gone. */
type PoolsSeen = readonly { readonly name: string; readonly provisioningState?: string | undefined }[] | null;

export interface CompareContext {
  /** ISO 8601: the moment of this run. */
  readonly now: string;
  /** Names an event for ever. */
  readonly eventId: (checkId: string | null, nodePool: string | null, transition: string) => string;
  /** The checks that may be on; they know the ids that they had before. */
  readonly checks: readonly Check[];
  /** Whether a check is on for the cluster or one of its pools. An entry of any other is retired. */
  readonly isOn: (checkId: string, nodePool: string | null) => boolean;
  /** This state has seen a listing to its end before, so that what it does not know yet is new. */
  readonly firstRunDone: boolean;
  /** The configuration scan tells of clusters and pools that come and go; the others follow in silence. */
  readonly ownsSubjects: boolean;
  /** By check, the readings that a second one did not bear out: their transitions are held. */
  readonly unconfirmed: ReadonlyMap<string, string>;
  /** What the baseline file says in place of a check's own severity. */
  readonly severityOf: (checkId: string, nodePool: string | null) => Severity | null;
  readonly exemptionOf: (checkId: string, nodePool: string | null) => Exemption | null;
}

/** What a finding has become, for the tables: with the entry that keeps it, or the entry that is leaving. */
export interface Standpoint {
  readonly key: string;
  /** The cluster that it is about: of one that was made again, the old or the new. */
  readonly facts: ClusterFacts | null;
  /** Null when the entry leaves the state. */
  readonly finding: Finding | null;
  readonly entry: StateEntry;
}

export interface Comparison {
  /** Null when the cluster is gone; its outbox is the caller's to keep. */
  readonly next: Pick<
    ClusterState,
    'facts' | 'motionSince' | 'nodePools' | 'poolsAreNew' | 'entries' | 'outOfScope'
  > | null;
  readonly transitions: readonly (Transition & { readonly facts: ClusterFacts | null })[];
  readonly standpoints: readonly Standpoint[];
}

/** The key of an entry in the state of its cluster. */
export function entryKey(checkId: string, nodePool: string | null): string {
  return `${checkId}|${nodePool ?? ''}`;
}

/** The key of a ticket: the same for ever for one check on one subject of one scan. */
export function hashOf(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 32);
}

/**
 * Says what changed about one cluster since the last run: pure, without clock or I/O.
 * What could not be read, and what is held because the cluster is in motion, changes nothing.
 */
export function compareCluster(
  previous: ClusterState | undefined,
  sighting: Sighting,
  findings: readonly Finding[],
  context: CompareContext,
): Comparison {
  if (previous !== undefined && 'nodePools' in sighting && isAnother(previous.facts, sighting.facts)) {
    const farewell = leave(previous, context);
    const arrival = compareCluster(undefined, sighting, findings, { ...context, firstRunDone: true });
    const arrived = new Set(arrival.standpoints.map(({ key }) => key));
    return {
      next: arrival.next,
      transitions: [...farewell.transitions, ...arrival.transitions],
      standpoints: [...farewell.standpoints.filter(({ key }) => !arrived.has(key)), ...arrival.standpoints],
    };
  }
  if (sighting.kind === 'gone') {
    return previous === undefined ? { next: null, transitions: [], standpoints: [] } : leave(previous, context);
  }
  return sighting.kind === 'outOfScope'
    ? ignore(previous, sighting, context)
    : stay(previous, sighting, findings, context);
}

/** ARM gives a cluster that is made again under the same id another `resourceUID`. */
export function isAnother(before: ClusterFacts | null, now: ClusterFacts | null): boolean {
  return typeof before?.uid === 'string' && typeof now?.uid === 'string' && before.uid !== now.uid;
}

/** One event stands for the whole cluster; its findings leave the state without one each. */
function leave(previous: ClusterState, context: CompareContext): Comparison {
  const transitions =
    context.ownsSubjects && !previous.outOfScope
      ? [subjectEvent('clusterRemoved', null, `Cluster ${previous.facts?.name ?? previous.key} is gone.`, context)]
      : [];
  const { facts } = previous;
  return {
    next: null,
    transitions: transitions.map((transition) => ({ ...transition, facts })),
    standpoints: Object.entries(previous.entries).map(([key, entry]) => ({ key, finding: null, entry, facts })),
  };
}

/** It is known from now on, so that it is not new on the day on which it is watched again; all that was said of it ends. */
function ignore(
  previous: ClusterState | undefined,
  sighting: Extract<Sighting, { kind: 'outOfScope' }>,
  context: CompareContext,
): Comparison {
  const { facts } = sighting;
  const result: Draft = { transitions: [], standpoints: [], entries: {} };
  for (const [key, entry] of Object.entries(previous?.entries ?? {})) {
    depart(result, key, entry, 'retired', context);
  }
  const nodePools = nodePoolsOf(previous, sighting, context.now);
  return {
    next: { facts, motionSince: null, nodePools, poolsAreNew: false, entries: {}, outOfScope: true },
    transitions: result.transitions.map((transition) => ({ ...transition, facts })),
    standpoints: result.standpoints.map((standpoint) => ({ ...standpoint, facts })),
  };
}

/** What is present, whether or not it could be read. */
type Present = Extract<Sighting, { kind: 'read' | 'unread' }>;

function stay(
  previous: ClusterState | undefined,
  sighting: Present,
  findings: readonly Finding[],
  context: CompareContext,
): Comparison {
  const scene = sceneOf(previous, sighting, context);
  const result: Draft = { transitions: [], standpoints: [], entries: {} };
  if (context.ownsSubjects) {
    result.transitions.push(
      ...arrivals(scene, context),
      ...poolDepartures(poolsBefore(previous), scene.nodePools, context),
    );
  }
  const facts = factsOf(previous?.facts ?? null, sighting.facts);
  const known = entriesByCurrentId(previous, context.checks);
  const missing = departures(result, known, findings, scene, context);
  const all = [...findings, ...missing].map((finding) => ({ key: keyOf(finding), finding }));
  for (const { key, finding } of all.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    step(result, key, known.get(key), finding, scene, context);
  }
  return {
    next: {
      facts,
      motionSince: scene.motionSince,
      nodePools: scene.nodePools,
      poolsAreNew: scene.poolsAreNew && scene.nodePools === null,
      entries: result.entries,
      outOfScope: false,
    },
    transitions: result.transitions.map((transition) => ({ ...transition, facts })),
    standpoints: result.standpoints.map((standpoint) => ({ ...standpoint, facts })),
  };
}

/** A body may lack the uid that an earlier one had; that makes it no other cluster. */
function factsOf(before: ClusterFacts | null, now: ClusterFacts | null): ClusterFacts | null {
  return now === null ? before : { ...now, uid: now.uid ?? before?.uid ?? null };
}

/** What is true of the whole cluster in this run. */
interface Scene {
  readonly sighting: Present;
  readonly nodePools: ClusterState['nodePools'];
  readonly isNewCluster: boolean;
  readonly poolsAreNew: boolean;
  readonly newPools: readonly string[];
  readonly motionSince: string | null;
}

/** Of a cluster that was out of scope nobody followed the pools. */
function poolsBefore(previous: ClusterState | undefined): ClusterState['nodePools'] {
  return previous === undefined || previous.outOfScope ? null : previous.nodePools;
}

function sceneOf(previous: ClusterState | undefined, sighting: Present, { firstRunDone, now }: CompareContext): Scene {
  const nodePools = nodePoolsOf(previous, sighting, now);
  const before = poolsBefore(previous);
  const isNewCluster = previous === undefined && firstRunDone;
  return {
    sighting,
    nodePools,
    isNewCluster,
    poolsAreNew: isNewCluster || previous?.poolsAreNew === true,
    newPools: before === null ? [] : Object.keys(nodePools ?? {}).filter((name) => !Object.hasOwn(before, name)),
    motionSince: motionOf(previous?.motionSince ?? null, sighting, now),
  };
}

function keyOf({ checkId, nodePool }: Pick<Finding, 'checkId' | 'nodePool'>): string {
  return entryKey(checkId, nodePool);
}

function step(
  result: Draft,
  key: string,
  known: StateEntry | undefined,
  finding: Finding,
  scene: Scene,
  context: CompareContext,
): void {
  const pool = finding.nodePool;
  const poolMotion = pool === null ? null : (scene.nodePools?.[pool]?.motionSince ?? null);
  const unconfirmed = context.unconfirmed.get(finding.checkId) ?? null;
  const isNew = scene.isNewCluster || (pool !== null && (scene.poolsAreNew || scene.newPools.includes(pool)));
  const { entry, transitions } = compareFinding(known ?? emptyEntry(finding, isNew), finding, {
    ...context,
    heldSince: heldSince([scene.motionSince, poolMotion], context.now) ?? (unconfirmed === null ? null : context.now),
    unconfirmed,
    exemption: context.exemptionOf(finding.checkId, pool),
  });
  result.entries[key] = entry;
  result.transitions.push(...transitions);
  result.standpoints.push({ key, finding, entry });
}

/** Takes leave of the entries whose pool is gone or whose check is off; returns a finding for each of the others that was not judged. */
function departures(
  result: Draft,
  known: ReadonlyMap<string, StateEntry>,
  findings: readonly Finding[],
  { nodePools, sighting }: Scene,
  context: CompareContext,
): Finding[] {
  const found = new Set(findings.map(keyOf));
  const missing: Finding[] = [];
  for (const [key, entry] of known) {
    if (entry.nodePool !== null && nodePools !== null && !Object.hasOwn(nodePools, entry.nodePool)) {
      depart(result, key, entry, 'removed', context);
    } else if (!context.isOn(entry.checkId, entry.nodePool)) {
      depart(result, key, entry, 'retired', context);
    } else if (!found.has(key)) {
      missing.push(notFound(entry, sighting));
    }
  }
  return missing;
}

/** A cluster that appears stands for its pools too. */
function arrivals({ isNewCluster, newPools, sighting }: Scene, context: CompareContext): Transition[] {
  if (isNewCluster && sighting.facts !== null) {
    return [subjectEvent('clusterAppeared', null, `Cluster ${sighting.facts.name} appeared.`, context)];
  }
  return newPools.map((name) => subjectEvent('nodePoolAppeared', name, `Node pool ${name} appeared.`, context));
}

function poolDepartures(
  before: ClusterState['nodePools'],
  now: ClusterState['nodePools'],
  context: CompareContext,
): Transition[] {
  return Object.keys(now === null ? {} : (before ?? {}))
    .filter((name) => !Object.hasOwn(now ?? {}, name))
    .map((name) => subjectEvent('nodePoolRemoved', name, `Node pool ${name} is gone.`, context));
}

interface Draft {
  readonly transitions: Transition[];
  readonly standpoints: Omit<Standpoint, 'facts'>[];
  readonly entries: Record<string, StateEntry>;
}

/** A check whose id changed keeps its history. */
function entriesByCurrentId(previous: ClusterState | undefined, checks: readonly Check[]): Map<string, StateEntry> {
  const renamed = new Map(checks.flatMap(({ id, formerIds = [] }) => formerIds.map((former) => [former, id] as const)));
  return new Map(
    Object.values(previous?.entries ?? {}).map((entry) => {
      const checkId = renamed.get(entry.checkId) ?? entry.checkId;
      return [entryKey(checkId, entry.nodePool), checkId === entry.checkId ? entry : { ...entry, checkId }];
    }),
  );
}

/** An entry that leaves the state while its cluster stays. Only what is stored as failing is told. */
function depart(
  result: Draft,
  key: string,
  entry: StateEntry,
  transition: 'removed' | 'retired',
  context: CompareContext,
): void {
  result.standpoints.push({ key, finding: null, entry });
  // Node pools that go are the configuration scan's to tell, but the failing findings end with their own scan.
  if (entry.outcome !== 'fail') {
    return;
  }
  const removed = transition === 'removed';
  result.transitions.push({
    eventId: context.eventId(entry.checkId, entry.nodePool, transition),
    transition,
    cause: removed ? 'azure' : 'expectation',
    checkId: entry.checkId,
    nodePool: entry.nodePool,
    before: { outcome: entry.outcome, observed: entry.observed },
    now: null,
    severity: context.severityOf(entry.checkId, entry.nodePool) ?? entry.severity,
    since: context.now,
    message: removed
      ? `It failed, and its node pool ${entry.nodePool ?? ''} is gone.`
      : 'It failed, and the check, its scan or its cluster is no longer watched.',
    remediation: null,
    exempt: entry.exemption !== null,
    exemptionReason: entry.exemption?.reason ?? null,
  });
}

/** What is stored and was not judged in this run is unknown, because its cluster or its pools were not read; or its pool has become another kind. */
function notFound(entry: StateEntry, sighting: Present): Finding {
  const { checkId, nodePool, severity, dueOn, remediation, revision, expectation, remember } = entry;
  return {
    ...{ checkId, nodePool, severity, dueOn, remediation, revision, expectation, remember },
    ...{ observed: null, watched: null, ...whyNotFound(sighting) },
  };
}

function whyNotFound(sighting: Present): Pick<Finding, 'outcome' | 'reason' | 'message'> {
  if (sighting.kind === 'unread') {
    const { source, reason, detail } = sighting.unread;
    return { outcome: 'unknown', reason, message: `${source} could not be read (${reason}): ${detail}` };
  }
  return sighting.nodePools === null
    ? {
        ...{ outcome: 'unknown', reason: 'invalid' },
        message: 'properties.agentPoolProfiles holds no readable list of node pools.',
      }
    : { outcome: 'notApplicable', reason: null, message: 'The check is no longer about this node pool.' };
}

function motionOf(before: string | null, sighting: Sighting, now: string): string | null {
  if (sighting.kind !== 'read') {
    return before;
  }
  return isInMotion(sighting.provisioningState) ? (before ?? now) : null;
}

function nodePoolsOf(previous: ClusterState | undefined, sighting: Sighting, now: string): ClusterState['nodePools'] {
  if (!('nodePools' in sighting) || sighting.nodePools === null) {
    return previous?.nodePools ?? null;
  }
  return Object.fromEntries(
    sighting.nodePools.map(({ name, provisioningState }): [string, NodePoolFacts] => {
      const before = previous?.nodePools?.[name]?.motionSince ?? null;
      return [name, { motionSince: isInMotion(provisioningState) ? (before ?? now) : null }];
    }),
  );
}

/** Any state but Succeeded, Failed and Canceled. A body without a state says nothing about motion. */
function isInMotion(provisioningState: string | undefined): boolean {
  return provisioningState !== undefined && !STANDING_STILL.has(provisioningState.toLowerCase());
}

/** The first run that saw the motion, if it is to hold transitions now. */
function heldSince(motions: readonly (string | null)[], now: string): string | null {
  const [first] = motions
    .filter((since) => since !== null)
    .filter((since) => Date.parse(now) - Date.parse(since) < HOLD_MILLISECONDS)
    .sort();
  return first ?? null;
}

/** An event about a cluster, a node pool or a subscription as a whole. What is lost is worth more than a note. */
export function subjectEvent(
  transition: 'clusterAppeared' | 'clusterRemoved' | 'nodePoolAppeared' | 'nodePoolRemoved' | SubscriptionNews,
  nodePool: string | null,
  message: string,
  context: Pick<CompareContext, 'now' | 'eventId'>,
): Transition {
  const cause: Cause = 'azure';
  return {
    eventId: context.eventId(null, nodePool, transition),
    ...{ transition, cause, checkId: null, nodePool, before: null, now: null },
    severity: transition === 'subscriptionLost' ? 'medium' : 'info',
    ...{ since: context.now, message, remediation: null, exempt: false, exemptionReason: null },
  };
}
