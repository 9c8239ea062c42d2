import { isDeepStrictEqual } from 'node:util';

import type { Effect } from '../model/baseline';
import { SEVERITIES, type Check, type Severity } from '../model/check';
import type { CompareContext } from './compare';
import type { Param } from '../model/params';
import type { Transition } from '../model/state';

/** What changed between two baseline files in effect. */
export interface BaselineDifference {
  /** The places that differ, with what they said; a place that is absent was, or is, as built in. */
  readonly before: Effect;
  readonly now: Effect;
  /** The checks of which less is asked now; by id, sorted. */
  readonly weakened: readonly string[];
  /** Of the strictest check that is weakened; `info` when none is. */
  readonly severity: Severity;
}

type Value = Effect[string] | undefined;

/** Tells that the baseline file means something else than when the clusters were last compared; null when it does not. */
export function baselineChanged(
  before: Effect,
  now: Effect,
  checks: readonly Check[],
  context: Pick<CompareContext, 'now' | 'eventId'>,
): Transition | null {
  const difference = compareBaselines(before, now, checks);
  if (difference === null) {
    return null;
  }
  const places = Object.keys({ ...difference.before, ...difference.now }).length;
  const { weakened } = difference;
  const less = weakened.length === 0 ? 'no check is asked less' : `less is asked of ${weakened.join(', ')}`;
  return {
    eventId: context.eventId(null, null, 'baselineChanged'),
    ...{ transition: 'baselineChanged', cause: 'expectation', checkId: null, nodePool: null },
    before: { outcome: null, observed: difference.before },
    now: { outcome: null, observed: difference.now },
    severity: difference.severity,
    since: context.now,
    message: `The baseline file changed in ${places} ${places === 1 ? 'place' : 'places'}; ${less}.`,
    ...{ remediation: null, exempt: false, exemptionReason: null },
  };
}

/** Null when both mean the same. */
export function compareBaselines(before: Effect, now: Effect, checks: readonly Check[]): BaselineDifference | null {
  const places = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((place) => !isDeepStrictEqual(before[place], now[place]))
    .sort();
  if (places.length === 0) {
    return null;
  }
  const weakened = checks.filter((check) => places.some((place) => weakens(place, check, before, now)));
  const severities = weakened.map((check) => strictest(severityIn(before, check), severityIn(now, check)));
  return {
    before: only(before, places),
    now: only(now, places),
    weakened: weakened.map(({ id }) => id).sort(),
    severity: severities.reduce(strictest, 'info'),
  };
}

function only(effect: Effect, places: readonly string[]): Effect {
  return Object.fromEntries(Object.entries(effect).filter(([place]) => places.includes(place)));
}

function weakens(place: string, check: Check, before: Effect, now: Effect): boolean {
  const [was, is] = [before[place], now[place]];
  if (place === 'profile') {
    return check.strict !== null && was === 'strict';
  }
  if (place.startsWith('scope.exclude[')) {
    return was === undefined;
  }
  if (place.startsWith('mute[')) {
    return listed(is, check.id) && !listed(was, check.id);
  }
  if (place.startsWith(`exemptions[${check.id}: `)) {
    return lastDayOf(is) > lastDayOf(was);
  }
  if (place.startsWith('gateways[')) {
    const usesThem = Object.values(check.params).some(
      (param) => param.kind === 'list' && param.items === 'applicationGateway',
    );
    return usesThem && hasMore(is, was);
  }
  const setting = new RegExp(`^(?:overrides\\[.*\\]\\.)?checks\\.${check.id}\\.(.+)$`).exec(place)?.[1];
  return setting !== undefined && lowers(setting, check, general(was, setting, before), general(is, setting, now));

  /** What holds where an override says nothing: what the file says in general. */
  function general(value: Value, name: string, effect: Effect): Value {
    return value ?? effect[`checks.${check.id}.${name}`];
  }
}

function lowers(setting: string, check: Check, was: Value, is: Value): boolean {
  if (setting === 'enabled') {
    return (was ?? check.onByDefault) === true && (is ?? check.onByDefault) === false;
  }
  if (setting === 'severity') {
    return rank(is ?? check.severity) > rank(was ?? check.severity);
  }
  const param = check.params[setting.replace('params.', '')];
  return param !== undefined && asksLess(param, was ?? param.default, is ?? param.default);
}

function asksLess(param: Param, was: Value, is: Value): boolean {
  switch (param.kind) {
    case 'number':
      return param.stricter === 'lower' ? Number(is) > Number(was) : Number(is) < Number(was);
    case 'flag':
      return was === param.stricter && is !== param.stricter;
    case 'text':
      // What is declared in place of the default is what the check is then content with.
      return is !== param.default && is !== was;
    case 'list':
      return param.stricter === 'longer' ? hasMore(was, is) : hasMore(is, was);
  }
}

/** Whether a list holds what another does not. */
function hasMore(one: Value, other: Value): boolean {
  const known: readonly unknown[] = Array.isArray(other) ? other : [];
  return Array.isArray(one) && one.some((item) => !known.includes(item));
}

function listed(rule: Value, checkId: string): boolean {
  const { checks } = (rule ?? {}) as { readonly checks?: string };
  return checks === 'all' || checks?.split(', ').includes(checkId) === true;
}

function lastDayOf(exemption: Value): string {
  return ((exemption ?? {}) as { readonly expiresOn?: string }).expiresOn ?? '';
}

function severityIn(effect: Effect, check: Check): Severity {
  return SEVERITIES.find((known) => known === effect[`checks.${check.id}.severity`]) ?? check.severity;
}

function rank(severity: Value): number {
  return SEVERITIES.findIndex((known) => known === severity);
}

function strictest(one: Severity, other: Severity): Severity {
  return rank(one) <= rank(other) ? one : other;
}
