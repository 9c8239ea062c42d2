import type { Section } from './snapshot';

/** An ARM action that a collector needs, declared where the request is made. Names: https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations */
export interface NeededAction {
  readonly action: string;
  /** A sentence: what is read with it. */
  readonly why: string;
  /** A sentence: what is lost without it, beside the checks that need the section. */
  readonly without?: string;
  /** Asked for only by those who opt in; the role leaves it out by default. */
  readonly optional?: true;
}

/** An ARM action that the monitor needs, with everything that needs it. */
export interface Permission {
  readonly action: string;
  readonly usedBy: readonly Section[];
  readonly why: string;
  readonly without: string | null;
  readonly optional: boolean;
}
