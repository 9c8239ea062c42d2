import type { ListedCluster, Listing, Sought } from '../collect/clusters';
import { entryKey, hashOf, isAnother, type Sighting } from '../compare/compare';
import { evaluateCluster, evaluateSubscription } from '../evaluate/evaluate';
import { judgedPaths } from '../evaluate/judged';
import type { Baseline, Ownership, Subject } from '../model/baseline';
import type { CatalogueEntry } from '../model/check';
import type { Cluster } from '../model/cluster';
import type { Finding } from '../model/finding';
import type { Collected, Section, Unread } from '../model/snapshot';
import type { ClusterFacts, ClusterState, StateEntry } from '../model/state';
import type { RunContext } from '../publish/rows';
import { collectCluster, collectSubscription, sectionsOf, type SectionReaders } from './collection';
import { keptAfter, readersWith, stillFresh } from './kept';
import { factsOf, plain, subjectOf } from './subject';

/** What a run learned about one line of the state. */
export interface Step {
  readonly sighting: Sighting;
  readonly findings: readonly Finding[];
  readonly read: readonly Section[];
  /** Null: as before. */
  readonly kept: ClusterState['kept'] | null;
  readonly unread: readonly Unread[];
  /** By check, the readings that a second one did not bear out: their transitions wait for the next run. */
  readonly unconfirmed: ReadonlyMap<string, string>;
  /** The properties of the cluster that a check judges; empty where nothing was judged. */
  readonly judged: (checkId: string) => readonly string[];
}

/** What looking at a line takes. */
export interface LookOptions {
  readonly run: Pick<RunContext, 'subscriptionId' | 'observedAt'>;
  readonly now: Date;
  readonly baseline: Baseline;
  /** Who answers for a cluster, by its tags and those of what it lies in. */
  readonly ownershipOf: (tags: ClusterFacts['tags'], resourceGroup: string, known: Ownership | null) => Ownership;
  /** The checks of this scan that may be on; none when the scan or the subscription was switched off. */
  readonly checks: readonly CatalogueEntry[];
  readonly readers: SectionReaders;
  readonly seek: (clusterId: string) => Promise<Sought>;
  /** Reads a cluster a second time; null where nothing can be read again. */
  readonly confirm: ((clusterId: string) => Promise<Cluster | null>) | null;
  readonly listing: Listing;
  /** False: this run looks only at what it was told to look at, so that what is not there may be elsewhere. */
  readonly provesAbsence: boolean;
  /** Clusters that this run is not about keep their line as it is. */
  readonly isWanted: (cluster: Pick<ClusterFacts, 'id' | 'name'>) => boolean;
  /** Everything leaves: the scan or the subscription was switched off. */
  readonly retire: boolean;
  /** Clusters of the slice before that did not fit; null: all are compared. */
  readonly only: ReadonlySet<string> | null;
}

/** Collects and evaluates what one line is about; null when the line is to stay as it is. Never throws for what cannot be read. */
export async function lookAt(
  key: string,
  previous: ClusterState | undefined,
  listed: ListedCluster | undefined,
  options: LookOptions,
): Promise<Step | null> {
  if (options.only?.has(key) === false || !isWanted(listed?.cluster ?? previous?.facts, options)) {
    return null;
  }
  if (options.retire) {
    return retired(previous);
  }
  if (key === '') {
    return lookAtSubscription(previous, options);
  }
  if (listed !== undefined) {
    return lookAtCluster(listed, previous, options);
  }
  return isMissing(previous, options) ? lookForMissing(previous, options) : null;
}

function isMissing(previous: ClusterState | undefined, { provesAbsence }: LookOptions): previous is ClusterState {
  return previous !== undefined && !previous.gone && provesAbsence;
}

function isWanted(cluster: Pick<ClusterFacts, 'id' | 'name'> | null | undefined, options: LookOptions): boolean {
  return cluster === null || cluster === undefined || options.isWanted(cluster);
}

/** What the last run of a scan says that was switched off: the workbook knows by it that no other is to come. */
export const SWITCHED_OFF = 'Switched off.';

function retired(previous: ClusterState | undefined): Step {
  const unread: Unread = { source: 'clusters', scope: '', reason: 'disabled', detail: SWITCHED_OFF };
  return { ...NOTHING, sighting: { kind: 'unread', facts: previous?.facts ?? null, unread } };
}

const NOTHING = {
  ...{ findings: [], read: [], kept: null, unread: [], unconfirmed: new Map<string, string>() },
  judged: () => [],
};

async function lookAtSubscription(previous: ClusterState | undefined, options: LookOptions): Promise<Step> {
  const subject = subjectOf(options.run.subscriptionId, null, null);
  const snapshot = await collectSubscription(options.readers, sectionsOf(checksOn(subject, null, options)));
  const findings = evaluateSubscription(options.checks, snapshot, {
    ...{ now: options.now, baseline: options.baseline, subject },
    history: historyOf(previous, options.checks),
  });
  const sighting: Sighting = { kind: 'read', facts: null, nodePools: null };
  return { ...NOTHING, sighting, findings, ...toldBy(snapshot.sections) };
}

async function lookAtCluster(
  { cluster, problems }: ListedCluster,
  previous: ClusterState | undefined,
  options: LookOptions,
): Promise<Step> {
  const sighting = sightingOf(cluster, previous?.facts ?? null, options);
  const { facts, nodePools } = sighting;
  const subject = subjectOf(options.run.subscriptionId, facts, null);
  if (!options.baseline.isInScope(subject, plain(() => cluster.systemData?.createdAt) ?? null, options.now)) {
    return { ...NOTHING, sighting: { kind: 'outOfScope', facts, nodePools } };
  }
  // A cluster that was made again under the same id inherits nothing.
  const known = isAnother(previous?.facts ?? null, sighting.facts) ? undefined : previous;
  // Clusters from files are judged by the files alone.
  const kept = options.confirm === null ? {} : stillFresh(known?.kept, new Date(options.run.observedAt));
  const snapshot = await collectCluster(
    readersWith(options.readers, kept),
    sectionsOf(checksOn(subject, nodePools, options)),
    cluster,
  );
  const evaluate = { now: options.now, baseline: options.baseline, subject, history: historyOf(known, options.checks) };
  const findings = evaluateCluster(options.checks, snapshot, evaluate);
  const told = [snapshot.sections, ...snapshot.nodePools.values()].map(toldBy);
  return {
    sighting,
    findings,
    judged: (checkId) =>
      options.checks.filter(({ id }) => id === checkId).flatMap((check) => judgedPaths(check, snapshot, evaluate)),
    read: ['clusters', ...told.flatMap(({ read }) => read.filter((section) => kept[section] === undefined))],
    kept: keptAfter(kept, snapshot.sections, options.run.observedAt),
    unread: [...problems, ...told.flatMap(({ unread }) => unread)],
    unconfirmed: await unconfirmedReadings(findings, known, options, async () => {
      const again = (await options.confirm?.(cluster.id)) ?? null;
      return again === null ? null : evaluateCluster(options.checks, { ...snapshot, cluster: again }, evaluate);
    }),
  };
}

/**
 * Sets that are known to flap (Azure/AKS#1543) make an event only when a second reading says the same: that of a GET a little later,
 * or, where there was none, that of an earlier run which could not confirm this very reading either.
 */
async function unconfirmedReadings(
  findings: readonly Finding[],
  previous: ClusterState | undefined,
  { checks, confirm }: LookOptions,
  readAgain: () => Promise<readonly Finding[] | null>,
): Promise<ReadonlyMap<string, string>> {
  const flapping = new Set(checks.filter(({ flaps }) => flaps).map(({ id }) => id));
  const entryOf = ({ checkId, nodePool }: Finding): StateEntry | undefined =>
    previous?.entries[entryKey(checkId, nodePool)];
  const candidates = findings.filter((finding) => {
    const entry = entryOf(finding);
    const isChange = typeof entry?.outcome === 'string' && readingOf(entry) !== readingOf(finding);
    return flapping.has(finding.checkId) && decides(finding) && isChange;
  });
  if (confirm === null || candidates.length === 0) {
    return new Map();
  }
  const second = await readAgain();
  const again = new Map(second?.map((finding) => [finding.checkId, readingOf(finding)]));
  const isBorneOut = (finding: Finding): boolean =>
    second === null
      ? entryOf(finding)?.unconfirmed === readingOf(finding)
      : again.get(finding.checkId) === readingOf(finding);
  const open = candidates.filter((finding) => !isBorneOut(finding));
  return new Map(open.map((finding) => [finding.checkId, readingOf(finding)]));
}

/** What decides nothing makes no event, and needs no second reading. */
function decides({ outcome, reason }: Finding): boolean {
  return outcome !== 'unknown' && outcome !== 'error' && reason !== 'stopped';
}

/** Names what a check said: outcome and watched value. */
function readingOf({ outcome, watched }: Pick<StateEntry | Finding, 'outcome' | 'watched'>): string {
  return hashOf(outcome ?? '', JSON.stringify(watched));
}

/** It is in the state and not in the list: only a GET of its id can prove that it is gone. */
async function lookForMissing(previous: ClusterState, options: LookOptions): Promise<Step | null> {
  const { facts } = previous;
  const { unread } = options.listing;
  const sought: Sought = unread === null ? await options.seek(facts?.id ?? previous.key) : { kind: 'unread', unread };
  switch (sought.kind) {
    case 'found':
      return lookAtCluster(sought.listed, previous, options);
    case 'gone':
      return { ...NOTHING, sighting: { kind: 'gone' } };
    case 'unread':
      return lookAtUnread(previous, sought.unread, options);
  }
}

/** What the baseline file leaves out by name or tag leaves also unread; what it left out stays out until its age can be read. */
function lookAtUnread(
  { facts, outOfScope }: ClusterState,
  unread: Unread,
  { run, now, baseline }: LookOptions,
): Step | null {
  if (outOfScope) {
    return null;
  }
  return facts === null || baseline.isInScope(subjectOf(run.subscriptionId, facts, null), null, now)
    ? { ...NOTHING, sighting: { kind: 'unread', facts, unread }, unread: [unread] }
    : { ...NOTHING, sighting: { kind: 'outOfScope', facts, nodePools: null } };
}

/** What is switched off for all that it could be about is not asked for either. */
function checksOn(
  subject: Subject,
  nodePools: readonly { readonly name: string }[] | null,
  { checks, baseline }: LookOptions,
): CatalogueEntry[] {
  const pools = (nodePools ?? []).map(({ name }) => ({ ...subject, nodePool: name }));
  return checks.filter((check) =>
    (check.grain === 'nodePool' ? pools : [subject]).some((each) => baseline.expectationOf(check, each).enabled),
  );
}

function sightingOf(
  cluster: Cluster,
  known: ClusterFacts | null,
  { ownershipOf }: LookOptions,
): Extract<Sighting, { kind: 'read' }> & { readonly facts: ClusterFacts } {
  return {
    kind: 'read',
    facts: factsOf(cluster, (tags, group) => ownershipOf(tags, group, known)),
    provisioningState: plain(() => cluster.provisioningState),
    nodePools:
      cluster.nodePools?.map((pool) => ({
        name: pool.name,
        provisioningState: plain(() => pool.provisioningState),
      })) ?? null,
  };
}

/** What each check remembered, also under an id that it had before. */
function historyOf(
  previous: ClusterState | undefined,
  checks: readonly CatalogueEntry[],
): (checkId: string, nodePool: string | null) => StateEntry['remember'] {
  return (checkId, nodePool) => {
    const formerIds = checks.find(({ id }) => id === checkId)?.formerIds ?? [];
    const known = [checkId, ...formerIds].map((id) => previous?.entries[entryKey(id, nodePool)]);
    return known.find((entry) => entry !== undefined)?.remember ?? null;
  };
}

function toldBy(sections: Readonly<Partial<Record<string, Collected<unknown>>>>): {
  read: Section[];
  unread: Unread[];
} {
  const read: Section[] = [];
  const unread: Unread[] = [];
  for (const [name, section] of Object.entries(sections)) {
    if (section?.ok === true) {
      read.push(name as Section);
    } else if (section?.ok === false) {
      unread.push(section.unread);
    }
  }
  return { read, unread };
}
