import type { Check, Profile, Severity } from './check';
import type { ParamValues } from './params';

/** What is expected of one check on one subject; the hash names it in the state. */
export interface Expectation {
  readonly enabled: boolean;
  readonly params: ParamValues;
  /** What the baseline file says in place of the check's own severity, or null. */
  readonly severity: Severity | null;
  readonly hash: string;
}

/** Holds to the end of `expiresOn`, UTC. */
export interface Exemption {
  readonly reason: string;
  /** A day: YYYY-MM-DD. */
  readonly expiresOn: string;
  readonly approvedBy: string | null;
}

/** What a rule of the baseline file can be about. Names in the letter case of Azure; null: it is about what stands above. */
export interface Subject {
  readonly subscriptionId: string;
  readonly resourceGroup: string | null;
  readonly cluster: string | null;
  /** The cluster's ARM id. */
  readonly clusterId: string | null;
  /** Of the cluster. */
  readonly tags: Readonly<Record<string, string>>;
  readonly nodePool: string | null;
}

/** A human item that people looked at: a requirement that no check can answer. */
export interface Attestation {
  /** `S1`, or a requirement of a framework: `cis-aks-1.8:4.1.1`. */
  readonly item: string;
  /** A day: YYYY-MM-DD. */
  readonly reviewedOn: string;
  readonly by: string;
  readonly validForDays: number;
}

/** The newest review of an item counts, and sorts last; of two on one day nobody can say which, so that at least it is always the same. */
export function byReview(a: Attestation, b: Attestation): number {
  return a.reviewedOn.localeCompare(b.reviewedOn) || a.by.localeCompare(b.by);
}

/** Who answers for a cluster, and what it is for. */
export interface Ownership {
  readonly owner: string | null;
  readonly environment: string | null;
}

type Tags = Readonly<Record<string, string>>;

/** What is set, by place in the file: `checks.node-image-age.params.linuxDays`. What is not named is as built in. */
export type Effect = Readonly<Record<string, string | number | boolean | readonly string[] | Tags>>;

/** The baseline file, in effect. */
export interface Baseline {
  /** Names the whole file in the tables. */
  readonly hash: string;
  readonly profile: Profile;
  /** What departs from the built-in baseline. */
  readonly effect: Effect;
  readonly attestations: readonly Attestation[];
  /** Where tags that give ownership are looked for. */
  readonly ownershipFrom: { readonly resourceGroup: boolean; readonly subscription: boolean };
  /** Whether a check is on for any subject at all. */
  mayBeOn(check: Check): boolean;
  expectationOf(check: Check, subject: Subject): Expectation;
  /** The exemption in force at `now`; of several the one that ends last. */
  exemptionOf(checkId: string, subject: Subject, now: Date): Exemption | null;
  /** Whether rows about it raise no alert at `now`. A null check is the cluster or the pool as a whole. */
  isMuted(checkId: string | null, subject: Subject, now: Date): boolean;
  /** Whether the cluster is watched. @param createdAt null where Azure does not say. */
  isInScope(cluster: Subject, createdAt: Date | null, now: Date): boolean;
  /**
   * By the tags of what could be read: null stands for what could not.
   * @param known what was known before: it stands in for what a level that was not read may have told.
   */
  ownershipOf(
    tags: { readonly cluster: Tags; readonly resourceGroup: Tags | null; readonly subscription: Tags | null },
    known: Ownership | null,
  ): Ownership;
  /** Days from the first failure to the day on which it must be mended; null: no limit. */
  remediationDays(severity: Severity): number | null;
}
