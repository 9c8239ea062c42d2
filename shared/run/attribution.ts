import { createHmac } from 'node:crypto';

import type { Azure } from '../collect/azure';
import { resourceChanges } from '../collect/changes';
import { changeBehind, type Question } from '../compare/attribution';
import type { Attribution, ResourceChange } from '../model/change';

/** Who made a change is worth waiting for, but not for long. */
const ASK_MILLISECONDS = 10_000;

/** A change may have been held for six hours before it is told, and read an hour before that. */
const BEFORE_LISTING_MILLISECONDS = 7 * 60 * 60 * 1000;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface AttributorOptions {
  readonly subscriptionId: string;
  /** ISO 8601: the last run that listed the clusters. */
  readonly listedAt: string;
  /** Stands in place of people's names; null: they are told as they are. */
  readonly pseudonymKey: string | null;
}

/** Says who changed what, for one run: asks Azure once, and only when something drifted. */
export class Attributor {
  /** Why nobody is named; null: Azure answered, or was not asked. */
  problem: string | null = null;
  #changes: Promise<readonly ResourceChange[]> | undefined;

  constructor(
    private readonly azure: Azure,
    private readonly options: AttributorOptions,
  ) {}

  /** @returns null where nobody can be named. Never throws. */
  async attribute(question: Omit<Question, 'after'> & { readonly after: string | null }): Promise<Attribution | null> {
    this.#changes ??= this.#ask();
    const { listedAt, pseudonymKey } = this.options;
    const change = changeBehind({ ...question, after: question.after ?? listedAt }, await this.#changes);
    return change === null || pseudonymKey === null ? change : withoutName(change, pseudonymKey);
  }

  async #ask(): Promise<readonly ResourceChange[]> {
    const { subscriptionId, listedAt } = this.options;
    const after = new Date(Date.parse(listedAt) - BEFORE_LISTING_MILLISECONDS);
    try {
      return await resourceChanges(this.azure, subscriptionId, after, AbortSignal.timeout(ASK_MILLISECONDS));
    } catch (error) {
      this.problem = `Who made the changes could not be read: ${error instanceof Error ? error.message : String(error)}`;
      return [];
    }
  }
}

/** Of a person only a keyed hash is left: the same for the same person, and of no use without the key. Applications and the platform are no persons. */
function withoutName(change: Attribution, key: string): Attribution {
  const { changedBy, changedByType } = change;
  const isPerson = changedByType === 'User' || (changedBy?.includes('@') ?? false);
  const isApplication = !isPerson && changedBy !== null && GUID.test(changedBy);
  if (changedBy === null || isApplication || ['System', 'Unknown'].includes(changedBy)) {
    return change;
  }
  const hash = createHmac('sha256', key).update(changedBy.toLowerCase()).digest('hex');
  return { ...change, changedBy: `person-${hash.slice(0, 16)}` };
}
