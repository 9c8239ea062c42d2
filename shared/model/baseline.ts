import type { Check, Profile, Severity } from './check';
import type { ParamValues } from './params';

/** What is expected of one check; the hash names it in the state. */
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

/** What an exemption can be granted for. Names in the letter case of Azure. */
export interface ExemptionSubject {
  readonly checkId: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string | null;
  readonly cluster: string | null;
  readonly nodePool: string | null;
}

/** The baseline file, in effect. */
export interface Baseline {
  /** Names the whole file in the tables. */
  readonly hash: string;
  readonly profile: Profile;
  expectationOf(check: Check): Expectation;
  /** The exemption in force at `now`; of several the one that ends last. */
  exemptionOf(subject: ExemptionSubject, now: Date): Exemption | null;
}
