import type { NodePool } from './cluster';
import type { Json } from './json';
import type { Params, ParamValues } from './params';
import type { Scan } from './scan';
import type {
  ClusterSections,
  Collected,
  Evidence,
  NodePoolSections,
  Section,
  SubscriptionSections,
  UnreadReason,
} from './snapshot';

/** From worst to mildest. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const PROFILES = ['standard', 'strict'] as const;
export type Profile = (typeof PROFILES)[number];

export type Category =
  | 'apiServer'
  | 'identity'
  | 'network'
  | 'ingress'
  | 'secrets'
  | 'governance'
  | 'scanning'
  | 'nodes'
  | 'certificates'
  | 'observability'
  | 'lifecycle'
  | 'reliability';

/** The AKS security checklist: what each of its items asks for. */
export const CHECKLIST = {
  S1: 'the security white paper and the threat model were reviewed (by people)',
  S2: 'nodes are hardened',
  S3: 'Kubernetes RBAC is set up',
  S4: 'access goes by membership in groups of Microsoft Entra ID',
  S5: 'secrets are managed',
  S6: 'network policies secure the traffic between pods',
  S7: 'the API server takes authorized addresses only',
  S8: 'egress is restricted',
  S9: 'a web application firewall protects what comes in',
  S10: 'nodes get security and kernel updates',
  S11: 'containers and clusters are scanned',
  S12: 'policies govern clusters at scale',
  S13: 'certificates are rotated regularly',
} as const;

export type ChecklistItem = keyof typeof CHECKLIST;

/** A check may say only that it cannot know; that a section could not be read is the engine's to say. */
export type CheckUnknownReason = 'notVisible' | 'notEvaluated' | 'invalid';
export type UnknownReason = UnreadReason | CheckUnknownReason;

interface Said {
  /** A full sentence that names the value found. */
  readonly message: string;
  /** What is shown to a person. */
  readonly observed: Json;
  /** Canonical (sorted, lower case): a change of it is drift. Null: only the outcome is. */
  readonly watched: Json;
  /** Raises or lowers the check's own severity for this subject. */
  readonly severity?: Severity;
  /** ISO 8601: when this verdict turns (a pass fails, a failure gets worse) if nothing but time passes. */
  readonly dueOn?: string;
  /** Replaces the check's remediation where the command depends on what was found. */
  readonly remediation?: string;
  /** Kept in the state and handed back as `history` the next time. */
  readonly remember?: Json;
}

/** What a check says about one subject. `error`, and `unknown` for an unread section, are the engine's. */
export type Verdict =
  | (Said & { readonly outcome: 'pass' | 'fail' })
  | (Said & { readonly outcome: 'notApplicable'; readonly reason: 'stopped' | null })
  | (Said & { readonly outcome: 'unknown'; readonly reason: CheckUnknownReason });

type Extra = Partial<Omit<Said, 'message'>>;

export function pass(message: string, extra: Extra = {}): Verdict {
  return { outcome: 'pass', message, observed: null, watched: null, ...extra };
}

export function fail(message: string, extra: Extra = {}): Verdict {
  return { outcome: 'fail', message, observed: null, watched: null, ...extra };
}

export function notApplicable(message: string, extra: Extra = {}): Verdict {
  return { outcome: 'notApplicable', reason: null, message, observed: null, watched: null, ...extra };
}

/** The subject does not run, so the question cannot be asked now; what was known stays. */
export function stopped(message: string): Verdict {
  return { outcome: 'notApplicable', reason: 'stopped', message, observed: null, watched: null };
}

/** @param message names the property that is missing or cannot be read. */
export function unknown(reason: CheckUnknownReason, message: string, extra: Extra = {}): Verdict {
  return { outcome: 'unknown', reason, message, observed: null, watched: null, ...extra };
}

/** What the documentation, the tables and the baseline file know about a check. */
export interface CheckMeta {
  /** Equals the file name; permanent. A renamed check lists its old ids in `formerIds` and keeps its history. */
  readonly id: string;
  readonly formerIds?: readonly string[];
  /** The good state, as a statement: "Local accounts are disabled". */
  readonly title: string;
  readonly category: Category;
  readonly severity: Severity;
  /** Null: no item of the checklist asks for it. */
  readonly checklistItem: ChecklistItem | null;
  readonly rationale: string;
  /** A command; {subscriptionId}, {resourceGroup}, {cluster} and {nodePool} are filled in. */
  readonly remediation: string;
  readonly references: readonly [`https://${string}`, ...`https://${string}`[]];
  /** What it judges is known to flap: a transition needs a second reading. */
  readonly flaps: boolean;
  /** What the profile "strict" asks for beyond "standard"; a clause. Null: the profile makes no difference. */
  readonly strict: string | null;
  /** Raised when the same evidence would now be judged otherwise, so that nobody is blamed for our change. */
  readonly revision: number;
}

export interface CheckContext<P extends Params> {
  readonly params: ParamValues<P>;
  readonly profile: Profile;
  /** The moment as of which dates and ages are judged. */
  readonly now: Date;
}

export type Grain = 'subscription' | 'cluster' | 'nodePool';

interface GrainSections {
  subscription: SubscriptionSections;
  cluster: ClusterSections;
  nodePool: ClusterSections & NodePoolSections;
}
interface GrainSubject {
  subscription: Pick<Evidence, 'history'>;
  cluster: Pick<Evidence, 'history' | 'cluster'>;
  nodePool: Pick<Evidence, 'history' | 'cluster' | 'pool'>;
}

type CheckEvidence<
  G extends Grain,
  N extends keyof GrainSections[G],
  U extends keyof GrainSections[G],
> = GrainSubject[G] & Pick<GrainSections[G], N> & { readonly [S in U]: Collected<GrainSections[G][S]> };

interface CheckSpec<
  G extends Grain,
  N extends keyof GrainSections[G],
  U extends keyof GrainSections[G],
  P extends Params,
> extends Omit<CheckMeta, 'revision' | 'flaps' | 'strict'> {
  readonly revision?: number;
  readonly flaps?: boolean;
  readonly strict?: string;
  /** Sections without which the check cannot judge: unread means `unknown`. */
  readonly needs?: readonly N[];
  /** Sections that help: unread means that the check decides without them. */
  readonly uses?: readonly U[];
  /** The baseline file may replace each by name. */
  readonly params?: P;
  /** False: runs only where the baseline file switches it on. */
  readonly onByDefault?: boolean;
  /** The node pools that it is about; absent: all that are judged. */
  readonly isAbout?: (pool: NodePool) => boolean;
  evaluate(evidence: CheckEvidence<G, N, U>, context: CheckContext<P>): Verdict;
}

/** A check with its type parameters closed over, as the engine sees it. */
export interface Check extends CheckMeta {
  readonly grain: Grain;
  readonly needs: readonly Section[];
  readonly uses: readonly Section[];
  readonly params: Params;
  readonly onByDefault: boolean;
  readonly isAbout: (pool: NodePool) => boolean;
  readonly evaluate: (evidence: Evidence, context: CheckContext<Params>) => Verdict;
}

/** A check and the scan that owns it: the name of the folder that it stands in. */
export interface CatalogueEntry extends Check {
  readonly scan: Scan;
  /** Ids of the same requirement elsewhere, by framework; from shared/controls. */
  readonly controls: Readonly<Record<string, readonly string[]>>;
}

function check<G extends Grain, N extends keyof GrainSections[G], U extends keyof GrainSections[G], P extends Params>(
  grain: G,
  spec: CheckSpec<G, N, U, P>,
): Check {
  return {
    revision: 1,
    flaps: false,
    strict: null,
    onByDefault: true,
    isAbout: () => true,
    ...spec,
    grain,
    params: spec.params ?? {},
    needs: (spec.needs ?? []) as readonly Section[],
    uses: (spec.uses ?? []) as readonly Section[],
    // The engine hands over exactly the sections that the check declared, which the types cannot follow.
    evaluate: spec.evaluate.bind(spec) as unknown as Check['evaluate'],
  };
}

/** A check about a whole subscription: one finding. */
export function subscriptionCheck<
  const N extends keyof SubscriptionSections = never,
  const U extends keyof SubscriptionSections = never,
  P extends Params = Params,
>(spec: CheckSpec<'subscription', N, U, P>): Check {
  return check('subscription', spec);
}

/** A check about a cluster: one finding per cluster. */
export function clusterCheck<
  const N extends keyof ClusterSections = never,
  const U extends keyof ClusterSections = never,
  P extends Params = Params,
>(spec: CheckSpec<'cluster', N, U, P>): Check {
  return check('cluster', spec);
}

/** A check about a node pool: one finding per judged pool, never about the first one only. */
export function nodePoolCheck<
  const N extends keyof (ClusterSections & NodePoolSections) = never,
  const U extends keyof (ClusterSections & NodePoolSections) = never,
  P extends Params = Params,
>(spec: CheckSpec<'nodePool', N, U, P>): Check {
  return check('nodePool', spec);
}
