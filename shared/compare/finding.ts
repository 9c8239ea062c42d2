import { isDeepStrictEqual } from 'node:util';

import type { Exemption } from '../model/baseline';
import { SEVERITIES, type Severity } from '../model/check';
import type { Finding } from '../model/finding';
import type { Json } from '../model/json';
import type { Cause, DecidedOutcome, Opening, StateEntry, Standing, Transition, TransitionKind } from '../model/state';

export interface FindingContext {
  /** ISO 8601. */
  readonly now: string;
  readonly eventId: (checkId: string | null, nodePool: string | null, transition: string) => string;
  readonly severityOf: (checkId: string, nodePool: string | null) => Severity | null;
  /** The first run that saw what holds the transitions now (motion, a reading that was not confirmed); null: nothing holds them. */
  readonly heldSince: string | null;
  /** Names the reading that a second one did not bear out; null: it did, or none was asked for. */
  readonly unconfirmed: string | null;
  /** In force now. */
  readonly exemption: Exemption | null;
}

export interface EntryChange {
  readonly entry: StateEntry;
  readonly transitions: readonly Transition[];
}

/** An entry about which nothing was decided yet. */
export function emptyEntry(finding: Finding, newSubject: boolean): StateEntry {
  const { checkId, nodePool, severity, dueOn, remediation, revision, expectation } = finding;
  return {
    ...{ checkId, nodePool, severity, dueOn, remediation, revision, expectation, newSubject },
    ...{ outcome: null, outcomeAt: null, since: null, observed: null, watched: null, remember: null },
    ...{ exemption: null, heldSince: null, unconfirmed: null, lastChange: null, sent: null },
  };
}

/** Takes one entry a step further. The transition of the outcome comes first, then that of its exemption. */
export function compareFinding(entry: StateEntry, finding: Finding, context: FindingContext): EntryChange {
  const outcome = decided(finding);
  const moved = outcome === null ? { entry, transitions: [] } : decide(entry, finding, outcome, context);
  return exempt(entry, moved, context);
}

/** `unknown`, `error` and what does not apply because the subject is stopped decide nothing. */
function decided({ outcome, reason }: Finding): DecidedOutcome | null {
  return outcome === 'unknown' || outcome === 'error' || reason === 'stopped' ? null : outcome;
}

function decide(entry: StateEntry, finding: Finding, outcome: DecidedOutcome, context: FindingContext): EntryChange {
  const kind = kindOf(entry, finding, outcome);
  if (context.heldSince !== null && (kind !== null || entry.outcome !== outcome)) {
    // The outcome is kept; what the check remembers goes on, because it counts from what it saw.
    const { unconfirmed } = context;
    const held = { ...entry, remember: finding.remember, heldSince: entry.heldSince ?? context.heldSince, unconfirmed };
    return { entry: held, transitions: [] };
  }
  const since = entry.outcome === outcome && entry.since !== null ? entry.since : (entry.heldSince ?? context.now);
  const next: StateEntry = {
    ...entry,
    outcome,
    outcomeAt: context.now,
    since,
    observed: finding.observed,
    watched: finding.watched,
    severity: finding.severity,
    dueOn: finding.dueOn,
    remediation: finding.remediation,
    revision: finding.revision,
    expectation: finding.expectation,
    remember: finding.remember,
    newSubject: false,
    heldSince: null,
    unconfirmed: null,
  };
  if (kind === null) {
    return { entry: next, transitions: [] };
  }
  const cause = causeOf(entry, finding, context.now);
  // An exemption was granted for what was known; that it got worse is news.
  const exemption = kind === 'worsened' ? null : context.exemption;
  const told = tell(next, { kind, cause, before: standing(entry), message: finding.message, exemption }, context);
  return { entry: told.entry, transitions: [told.transition] };
}

function kindOf(entry: StateEntry, finding: Finding, outcome: DecidedOutcome): TransitionKind | null {
  if (entry.outcome === null) {
    return outcome === 'fail' ? 'baseline' : null;
  }
  if (entry.outcome !== outcome) {
    if (outcome === 'fail') {
      return 'regressed';
    }
    return entry.outcome === 'fail' ? 'resolved' : null;
  }
  const watchedDiffers = !isDeepStrictEqual(entry.watched, finding.watched);
  if (outcome === 'fail' && (isWorse(finding.severity, entry.severity) || hasGained(entry.watched, finding.watched))) {
    return 'worsened';
  }
  return watchedDiffers ? 'changed' : null;
}

function isWorse(now: Severity, before: Severity): boolean {
  return SEVERITIES.indexOf(now) < SEVERITIES.indexOf(before);
}

function hasGained(before: Json, now: Json): boolean {
  return (
    Array.isArray(now) &&
    Array.isArray(before) &&
    now.some((item: Json) => !before.some((known: Json) => isDeepStrictEqual(known, item)))
  );
}

/** In the order of the contract: who or what is to thank for the transition. */
function causeOf(entry: StateEntry, finding: Finding, now: string): Cause {
  if (entry.outcome === null) {
    return entry.newSubject ? 'newSubject' : 'firstRead';
  }
  if (!isDeepStrictEqual(entry.watched, finding.watched)) {
    return 'azure';
  }
  if (entry.revision !== finding.revision) {
    return 'monitor';
  }
  if (entry.expectation !== finding.expectation) {
    return 'expectation';
  }
  return entry.dueOn !== null && Date.parse(entry.dueOn) <= Date.parse(now) ? 'time' : 'azure';
}

/** An exemption that starts or ends is told of what is stored as failing, also while it cannot be read. */
function exempt(before: StateEntry, moved: EntryChange, context: FindingContext): EntryChange {
  const entry = { ...moved.entry, exemption: context.exemption };
  const isStarting = before.exemption === null && context.exemption !== null;
  const isEnding = before.exemption !== null && context.exemption === null;
  if (before.outcome === null || entry.outcome !== 'fail' || !(isStarting || isEnding)) {
    return { entry, transitions: moved.transitions };
  }
  const told = tell(entry, isStarting ? started(entry, context) : ended(entry, before, context.now), context);
  return { entry: told.entry, transitions: [...moved.transitions, told.transition] };
}

interface Telling {
  readonly kind: TransitionKind;
  readonly cause: Cause;
  readonly before: Standing | null;
  readonly message: string;
  readonly exemption: Exemption | null;
}

function started(entry: StateEntry, { exemption }: FindingContext): Telling {
  const message = `Exempt until the end of ${exemption?.expiresOn ?? ''}: ${exemption?.reason ?? ''}`;
  return { kind: 'exemptionStarted', cause: 'expectation', before: standing(entry), message, exemption };
}

function ended(entry: StateEntry, { exemption }: StateEntry, now: string): Telling {
  const lastDay = exemption?.expiresOn ?? '';
  const passed = lastDay < now.slice(0, 10);
  const message = passed
    ? `The exemption passed at the end of ${lastDay}; the check still fails.`
    : `The exemption until ${lastDay} was withdrawn; the check still fails.`;
  const cause = passed ? 'time' : 'expectation';
  return { kind: 'exemptionExpired', cause, before: standing(entry), message, exemption: null };
}

function tell(
  entry: StateEntry,
  telling: Telling,
  context: FindingContext,
): { entry: StateEntry; transition: Transition } {
  const { checkId, nodePool } = entry;
  const eventId = context.eventId(checkId, nodePool, telling.kind);
  const { kind: transition, cause, before, message, exemption } = telling;
  const opened = openedBefore(entry, telling);
  const lastChange = { eventId, transition, cause, before, changedBy: null, at: context.now };
  return {
    entry: { ...entry, lastChange: opened === null ? lastChange : { ...lastChange, opened } },
    transition: {
      ...{ eventId, transition, cause, checkId, nodePool, before, message },
      now: standing(entry),
      severity: context.severityOf(checkId, nodePool) ?? entry.severity,
      since: entry.since ?? context.now,
      remediation: entry.outcome === 'fail' ? entry.remediation : null,
      exempt: exemption !== null,
      exemptionReason: exemption?.reason ?? null,
    },
  };
}

/**
 * What fails otherwise than before, or is only judged worse, is no new failure: what opened it stands. Null: this change
 * opens one, or it is about none.
 */
function openedBefore({ outcome, lastChange }: StateEntry, { kind, cause }: Telling): Opening | null {
  const isJudgedWorse = kind === 'worsened' && (cause === 'monitor' || cause === 'expectation');
  if (lastChange === null || outcome !== 'fail' || !(kind === 'changed' || isJudgedWorse)) {
    return null;
  }
  const { transition, cause: openedBy, at } = lastChange;
  return lastChange.opened ?? { transition, cause: openedBy, at };
}

function standing({ outcome, observed }: StateEntry): Standing | null {
  return outcome === null ? null : { outcome, observed };
}
