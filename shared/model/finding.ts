import type { Severity, UnknownReason } from './check';
import type { Json } from './json';

export type Outcome = 'pass' | 'fail' | 'notApplicable' | 'unknown' | 'error';

/** What one check says about one subject in one run. */
export interface Finding {
  readonly checkId: string;
  /** Name of the node pool, or null when the check is about the cluster or the subscription. */
  readonly nodePool: string | null;
  readonly outcome: Outcome;
  /** Why it is `unknown`, or `stopped` for what does not apply to a stopped subject. */
  readonly reason: UnknownReason | 'stopped' | null;
  readonly message: string;
  readonly observed: Json;
  readonly watched: Json;
  /** The check's own; the baseline file may replace what is reported. */
  readonly severity: Severity;
  /** ISO 8601 or null. */
  readonly dueOn: string | null;
  /** With the names of the subject filled in. */
  readonly remediation: string;
  readonly remember: Json;
  /** Of the check that spoke. */
  readonly revision: number;
  /** Hash of what was expected: parameters and profile. */
  readonly expectation: string;
}
