import type { Severity } from './check';
import type { Effect, Exemption, Ownership } from './baseline';
import type { Outcome } from './finding';
import type { Json } from './json';
import type { AksComplianceRow, AksDriftRow, AksMonitorRunRow } from './rows';
import type { Scan } from './scan';
import type { Section } from './snapshot';

/** An outcome that a check decided. Only these are stored; what could not be read changes nothing. */
export type DecidedOutcome = Exclude<Outcome, 'unknown' | 'error'>;

export type TransitionKind =
  | 'baseline'
  | 'regressed'
  | 'worsened'
  | 'resolved'
  | 'changed'
  | 'removed'
  | 'retired'
  | 'clusterAppeared'
  | 'clusterRemoved'
  | 'nodePoolAppeared'
  | 'nodePoolRemoved'
  | 'exemptionStarted'
  | 'exemptionExpired'
  | SubscriptionNews
  | 'baselineChanged';

/** What happens to a subscription as a whole. */
export type SubscriptionNews = 'subscriptionAppeared' | 'subscriptionLost';

export type Cause = 'azure' | 'time' | 'expectation' | 'monitor' | 'firstRead' | 'newSubject';

/** One side of a transition. */
export interface Standing {
  /** Null where the transition is not one of a finding. */
  readonly outcome: DecidedOutcome | null;
  readonly observed: Json;
}

/** What changed, before it becomes a row. */
export interface Transition {
  readonly eventId: string;
  readonly transition: TransitionKind;
  readonly cause: Cause;
  /** Null for what happens to a cluster or a node pool as a whole. */
  readonly checkId: string | null;
  readonly nodePool: string | null;
  readonly before: Standing | null;
  readonly now: Standing | null;
  readonly severity: Severity;
  readonly since: string;
  readonly message: string;
  readonly remediation: string | null;
  readonly exempt: boolean;
  readonly exemptionReason: string | null;
}

/** What began a failure: as much news as the failure is. */
export interface Opening {
  readonly transition: TransitionKind;
  readonly cause: Cause;
  /** ISO 8601. */
  readonly at: string;
}

export interface LastChange {
  readonly eventId: string;
  readonly transition: TransitionKind;
  readonly cause: Cause;
  readonly before: Standing | null;
  readonly changedBy: string | null;
  readonly at: string;
  /** Only of a change that opened no failure of its own: what failed already fails otherwise. */
  readonly opened?: Opening;
}

/** What is known of one check on one subject. */
export interface StateEntry {
  readonly checkId: string;
  readonly nodePool: string | null;
  /** The last decided outcome; null while none was ever decided. */
  readonly outcome: DecidedOutcome | null;
  /** When it was last read. */
  readonly outcomeAt: string | null;
  /** Since when the outcome stands. */
  readonly since: string | null;
  readonly observed: Json;
  readonly watched: Json;
  /** The check's own, without the baseline file's. */
  readonly severity: Severity;
  readonly dueOn: string | null;
  readonly remediation: string;
  readonly revision: number;
  readonly expectation: string;
  readonly remember: Json;
  /** In force at the last comparison. */
  readonly exemption: Exemption | null;
  /** The subject appeared after the first run, and the check has decided nothing about it yet. */
  readonly newSubject: boolean;
  /** The first run that saw what a transition of this entry is held for (motion, a reading that was not confirmed); null when none is held. */
  readonly heldSince: string | null;
  /** Names a reading that a second one did not bear out; null when there is none. */
  readonly unconfirmed: string | null;
  readonly lastChange: LastChange | null;
  /** Names the content of the last compliance row that was queued, so that only differences are sent. */
  readonly sent: string | null;
}

export interface ClusterFacts extends Ownership {
  /** As Azure gave it. */
  readonly id: string;
  /** ARM's `resourceUID`; null where the body lacks it. */
  readonly uid: string | null;
  readonly name: string;
  readonly resourceGroup: string;
  readonly location: string;
  readonly kubernetesVersion: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface NodePoolFacts {
  /** The first run that saw it in motion; null while it stands still. */
  readonly motionSince: string | null;
}

/** What a section held, and when. */
export interface KeptSection {
  readonly readAt: string;
  readonly value: Json;
}

/** One line of the state: a cluster, or the subscription itself (`key` is empty, `facts` null). */
export interface ClusterState {
  /** The ARM id in lower case. Lines are sorted by it. */
  readonly key: string;
  readonly facts: ClusterFacts | null;
  /** True for what left the state and stays only until its outbox is confirmed. */
  readonly gone: boolean;
  /** The baseline file leaves it out: it is known, and nothing is said of it. */
  readonly outOfScope: boolean;
  readonly motionSince: string | null;
  /** The cluster appeared after the first run, and its pools have not been read since: they are as new as it is. */
  readonly poolsAreNew: boolean;
  /** Null while the pools were never read. */
  readonly nodePools: Readonly<Record<string, NodePoolFacts>> | null;
  /** By `<check>|<pool>`. */
  readonly entries: Readonly<Record<string, StateEntry>>;
  /** Sections that change slowly and cost a request of their own, as they were last read. */
  readonly kept: Readonly<Partial<Record<Section, KeptSection>>>;
  /** When each section was last read. */
  readonly reads: Readonly<Partial<Record<Section, string>>>;
  /** The UTC day for which every compliance row was queued. */
  readonly rowsOn: string | null;
  /** The outbox: drift events that are not confirmed, oldest first. */
  readonly events: readonly AksDriftRow[];
  /** The outbox: compliance rows that are not confirmed, the newest of each entry. */
  readonly owed: Readonly<Record<string, AksComplianceRow>>;
}

/** The first line of the state. */
export interface StateHeader {
  readonly version: 1;
  /** Random, made with the state, so that a new state never repeats an event id of an old one. */
  readonly stateId: string;
  /** Grows by one at every save. */
  readonly sequence: number;
  readonly scan: Scan;
  readonly subscriptionId: string;
  /** As it was when it was last asked for; null while it could not be read. */
  readonly subscriptionName: string | null;
  /** The first run whose listing reached its last page; null before. */
  readonly firstRunAt: string | null;
  /** The last run that listed the clusters to the last page. */
  readonly listedAt: string | null;
  /** The run that told that the subscription is lost; null: it is not, or nobody has told yet. */
  readonly lostAt: string | null;
  /** What the baseline file set when the clusters were last compared; null before, and in the scans that do not tell of it. */
  readonly baseline: Effect | null;
  /** Rows in the outboxes of all lines. */
  readonly pending: number;
  /** Runs whose events are told in a report instead of being published, until the report is out. */
  readonly reporting: readonly string[];
  /** Run rows that are not confirmed. */
  readonly runs: readonly AksMonitorRunRow[];
}
