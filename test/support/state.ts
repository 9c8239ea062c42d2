import { compareCluster, entryKey, type Sighting, type Standpoint } from '../../shared/compare/compare';
import type { Exemption } from '../../shared/model/baseline';
import { clusterCheck, pass, type Check, type Severity } from '../../shared/model/check';
import type { Finding, Outcome } from '../../shared/model/finding';
import type { Json } from '../../shared/model/json';
import type { UnreadReason } from '../../shared/model/snapshot';
import type { ClusterFacts, ClusterState, StateEntry, Transition } from '../../shared/model/state';
import { CLUSTER_ID } from './evidence';

/** The clock of the first run of every history; the next run is an hour later. */
export const START = '2026-11-24T06:00:00.000Z';

/** What a check says in one run: its outcome alone, or with what else matters. */
export type Says = Outcome | 'stopped' | (Partial<Finding> & Pick<Finding, 'outcome'>);

/** One run of a history about one cluster. What is absent is as in the run before, but for what the checks say. */
export interface Run {
  /** By id of the check, or by `id|pool`. */
  readonly says?: Readonly<Record<string, Says>>;
  /** Hours since the first run. */
  readonly hour?: number;
  readonly now?: string;
  /** The cluster's provisioning state; null: the body lacks it. */
  readonly cluster?: string | null;
  /** Names of the pools with their provisioning states; null: the body held no array of pools. */
  readonly pools?: Readonly<Record<string, string | undefined>> | null;
  /** ARM's `resourceUID`. */
  readonly uid?: string | null;
  /** `unread`: neither the list nor a GET told anything. `gone`: proved. `absent`: it does not exist yet. `outOfScope`: the baseline file leaves it out. */
  readonly sighting?: 'read' | 'outOfScope' | 'gone' | 'absent' | UnreadReason;
  /** In force, by id of the check or by `id|pool`. */
  readonly exempt?: Readonly<Record<string, Exemption>>;
  /** The baseline file's severities. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Checks whose verdict a second reading did not bear out. */
  readonly unconfirmed?: readonly string[];
  /** Checks that are switched off. */
  readonly off?: readonly string[];
}

export interface HistoryOptions {
  /** False for the scans that follow clusters and pools in silence. */
  readonly ownsSubjects?: boolean;
  /** Former ids by id of the check. */
  readonly formerIds?: Readonly<Record<string, readonly string[]>>;
  /** Checks that are on though no run says anything about them. */
  readonly checks?: readonly string[];
  /** True when the state has seen a whole listing before the first of these runs. */
  readonly firstRunDone?: boolean;
}

export interface Played {
  /** One list a run: `regressed check|pool (azure)`, with ` exempt` where it is. */
  readonly told: string[][];
  readonly transitions: Transition[][];
  readonly states: (ClusterState | undefined)[];
  readonly standpoints: Standpoint[][];
}

/** An exemption that holds to the end of a day. */
export function exemption(expiresOn: string, reason = 'accepted'): Exemption {
  return { reason, expiresOn, approvedBy: null };
}

export function factsOf(uid: string | null = 'uid-1'): ClusterFacts {
  return {
    ...{ id: CLUSTER_ID, uid, name: 'c1', resourceGroup: 'rg1', location: 'westeurope', kubernetesVersion: '1.34' },
    ...{ tags: {}, owner: null, environment: null },
  };
}

export function checkOf(id: string, formerIds?: readonly string[]): Check {
  return clusterCheck({
    ...{ id, title: `${id} is good`, category: 'network', severity: 'medium', checklistItem: 'S1', rationale: '' },
    ...{ remediation: 'az aks update', references: ['https://example.com'], evaluate: () => pass('Good.') },
    ...(formerIds === undefined ? {} : { formerIds }),
  });
}

export function findingOf(key: string, says: Says): Finding {
  const [checkId = '', nodePool = ''] = key.split('|');
  const given = typeof says === 'string' ? outcomeOf(says) : says;
  const message = `${checkId} says ${given.outcome}.`;
  return {
    ...{ checkId, nodePool: nodePool === '' ? null : nodePool, reason: null, message, observed: null, watched: null },
    ...{
      severity: 'medium',
      dueOn: null,
      remediation: 'az aks update',
      remember: null,
      revision: 1,
      expectation: 'e1',
    },
    ...given,
  };
}

function outcomeOf(says: Outcome | 'stopped'): Pick<Finding, 'outcome' | 'reason'> {
  switch (says) {
    case 'stopped':
      return { outcome: 'notApplicable', reason: 'stopped' };
    case 'unknown':
      return { outcome: 'unknown', reason: 'forbidden' };
    case 'pass':
    case 'fail':
    case 'notApplicable':
    case 'error':
      return { outcome: says, reason: null };
  }
}

/** A line of the state as `run` keeps it, with empty outboxes. */
export function lineOf(line: Partial<ClusterState> = {}): ClusterState {
  return {
    ...{
      key: CLUSTER_ID.toLowerCase(),
      facts: factsOf(),
      gone: false,
      outOfScope: false,
      motionSince: null,
      poolsAreNew: false,
    },
    nodePools: null,
    ...{ entries: {}, kept: {}, reads: {}, rowsOn: null, events: [], owed: {} },
    ...line,
  };
}

/** Plays a history of one cluster: each run is compared with what the run before left. */
export function play(runs: readonly Run[], options: HistoryOptions = {}): Played {
  const played: Played = { told: [], transitions: [], states: [], standpoints: [] };
  const checks = checksIn(runs, options);
  let state: ClusterState | undefined;
  let run: Run = {};
  for (const [index, given] of runs.entries()) {
    run = { ...sceneOf(run), ...given };
    if (run.sighting !== 'absent') {
      const { next, transitions, standpoints } = compareOnce(state, run, index, checks, options);
      state = next === null ? undefined : lineOf(next);
      played.transitions.push([...transitions]);
      played.standpoints.push([...standpoints]);
    } else {
      played.transitions.push([]);
      played.standpoints.push([]);
    }
    played.states.push(state);
  }
  played.told.push(...played.transitions.map((transitions) => transitions.map(tellingOf)));
  return played;
}

/** What lasts from one run to the next. */
function sceneOf(run: Run): Run {
  const passing = ['says', 'now', 'hour'];
  return Object.fromEntries(Object.entries(run).filter(([name]) => !passing.includes(name)));
}

function compareOnce(
  state: ClusterState | undefined,
  run: Run,
  index: number,
  checks: readonly Check[],
  { ownsSubjects = true, firstRunDone = false }: HistoryOptions,
): ReturnType<typeof compareCluster> {
  const findings = Object.entries(run.says ?? {}).map(([key, says]) => findingOf(key, says));
  return compareCluster(state, sightingOf(run), findings, {
    now: clockOf(run, index),
    eventId: (checkId, nodePool, transition) => [index, checkId, nodePool, transition].join('/'),
    checks: checks.filter(({ id }) => run.off?.includes(id) !== true),
    isOn: (checkId) => checks.some(({ id }) => id === checkId) && run.off?.includes(checkId) !== true,
    firstRunDone: firstRunDone || index > 0,
    ownsSubjects,
    severityOf: (checkId) => run.severities?.[checkId] ?? null,
    unconfirmed: new Map((run.unconfirmed ?? []).map((id) => [id, 'a reading'])),
    exemptionOf: (checkId, nodePool) => run.exempt?.[nodePool === null ? checkId : entryKey(checkId, nodePool)] ?? null,
  });
}

/** The clock of a run. */
export function clockOf({ now, hour }: Run, index: number): string {
  return now ?? new Date(Date.parse(START) + (hour ?? index) * 3_600_000).toISOString();
}

function checksIn(runs: readonly Run[], { formerIds = {}, checks = [] }: HistoryOptions): Check[] {
  const former = new Set(Object.values(formerIds).flat());
  const ids = runs.flatMap(({ says = {} }) => Object.keys(says).map((key) => key.split('|')[0] ?? ''));
  return [...new Set([...ids, ...Object.keys(formerIds), ...checks])]
    .filter((id) => !former.has(id))
    .map((id) => checkOf(id, formerIds[id]));
}

function sightingOf(run: Run): Sighting {
  const { sighting = 'read' } = run;
  if (sighting === 'gone' || sighting === 'absent') {
    return { kind: 'gone' };
  }
  if (sighting !== 'read' && sighting !== 'outOfScope') {
    const unread = { source: 'clusters' as const, scope: CLUSTER_ID, reason: sighting, detail: 'refused' };
    return { kind: 'unread', facts: null, unread };
  }
  const { uid, cluster = 'Succeeded', pools = {} } = run;
  const nodePools = Object.entries(pools ?? {}).map(([name, provisioningState]) => ({ name, provisioningState }));
  const seen = { facts: factsOf(uid), nodePools: pools === null ? null : nodePools };
  return sighting === 'outOfScope'
    ? { kind: sighting, ...seen }
    : { kind: sighting, ...seen, provisioningState: cluster ?? undefined };
}

function tellingOf({ transition, checkId, nodePool, cause, exempt }: Transition): string {
  const subject = [checkId, nodePool].filter((part) => part !== null).join('|');
  return `${[transition, subject].filter((part) => part !== '').join(' ')} (${cause})${exempt ? ' exempt' : ''}`;
}

/** The stored entry of a check after the last run, or after the run with this index. */
export function entryOf({ states }: Played, key: string, index = -1): StateEntry | undefined {
  return states.at(index)?.entries[key.includes('|') ? key : `${key}|`];
}

/** The only transition of a run; throws when there is another number of them. */
export function onlyTransition({ transitions }: Played, index = -1): Transition {
  const [transition, ...rest] = transitions.at(index) ?? [];
  if (transition === undefined || rest.length > 0) {
    throw new Error(`Run ${index} gave ${transition === undefined ? 0 : rest.length + 1} transitions.`);
  }
  return transition;
}

/** A finding with a watched list. */
export function watching(outcome: 'pass' | 'fail', watched: Json, more: Partial<Finding> = {}): Says {
  return { outcome, watched, observed: watched, ...more };
}
