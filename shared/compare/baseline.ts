import { isDeepStrictEqual } from 'node:util';

import type { Effect } from '../model/baseline';
import { SEVERITIES, type Check, type Severity } from '../model/check';
import type { CompareContext } from './compare';
import type { Param } from '../model/params';
import type { Transition } from '../model/state';

/** What changed between two baseline files in effect. */
export interface BaselineDifference {
  /** The places that differ, with what held there. */
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
  return {
    eventId: context.eventId(null, null, 'baselineChanged'),
    ...{ transition: 'baselineChanged', cause: 'expectation', checkId: null, nodePool: null },
    before: { outcome: null, observed: difference.before },
    now: { outcome: null, observed: difference.now },
    severity: difference.severity,
    since: context.now,
    message: `The baseline file changed in ${places} ${places === 1 ? 'place' : 'places'}; ${lessAsked(difference.weakened, checks)}.`,
    ...{ remediation: null, exempt: false, exemptionReason: null },
  };
}

function lessAsked(weakened: readonly string[], checks: readonly Check[]): string {
  if (weakened.length === 0) {
    return 'no check is asked less';
  }
  const more = weakened.length > 5 ? ` and ${weakened.length - 5} more` : '';
  return `less is asked of ${weakened.length === checks.length ? 'every check' : weakened.slice(0, 5).join(', ') + more}`;
}

/** Null when both mean the same. */
export function compareBaselines(before: Effect, now: Effect, checks: readonly Check[]): BaselineDifference | null {
  const byId = new Map(checks.map((check) => [check.id, check]));
  const valuesIn = (effect: Effect, places: readonly string[]): Effect =>
    Object.fromEntries(
      places.flatMap((place) => {
        const value = valueAt(effect, place, byId);
        return value === undefined ? [] : [[place, value] as const];
      }),
    );
  const places = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((place) => !isDeepStrictEqual(valueAt(before, place, byId), valueAt(now, place, byId)))
    .sort();
  if (places.length === 0) {
    return null;
  }
  const difference = { before: valuesIn(before, places), now: valuesIn(now, places) };
  const weakened = checks.filter((check) =>
    places.some((place) => weakens(place, check, difference.before[place], difference.now[place])),
  );
  const severities = weakened.map((check) => strictest(severityIn(before, check), severityIn(now, check)));
  return {
    ...difference,
    weakened: weakened.map(({ id }) => id).sort(),
    severity: severities.reduce(strictest, 'info'),
  };
}

/** A place that is about a check: `checks.<id>.<setting>`, in general or in an override. */
const SETTING = /^(?:overrides\[.*\]\.)?checks\.(?<id>[a-z0-9-]+)\.(?<setting>.+)$/;

/** What holds at a place: what an override does not say stands in general, and what is said nowhere is as built in. */
function valueAt(effect: Effect, place: string, checks: ReadonlyMap<string, Check>): Value {
  const { id = '', setting = '' } = SETTING.exec(place)?.groups ?? {};
  const check = checks.get(id);
  return (
    effect[place] ?? effect[`checks.${id}.${setting}`] ?? (check === undefined ? undefined : builtIn(check, setting))
  );
}

function builtIn(check: Check, setting: string): Value {
  switch (setting) {
    case 'enabled':
      return check.onByDefault;
    case 'severity':
      return check.severity;
    default:
      return check.params[setting.replace('params.', '')]?.default;
  }
}

/** Whether less is asked of a check, by what one place said and says. */
function weakens(place: string, check: Check, was: Value, is: Value): boolean {
  const { id, setting } = SETTING.exec(place)?.groups ?? {};
  if (setting !== undefined) {
    return id === check.id && lowers(setting, check, was, is);
  }
  return RULES[place.split(/[.[]/)[0] ?? '']?.(check, was, is, place) === true;
}

/** By the first word of a place, when what it says asks less of a check. */
const RULES: Readonly<Partial<Record<string, (check: Check, was: Value, is: Value, place: string) => boolean>>> = {
  profile: (check, was) => check.strict !== null && was === 'strict',
  scope: (_check, was) => was === undefined,
  mute: ({ id }, was, is) => listed(is, id) && !listed(was, id),
  exemptions: ({ id }, was, is, place) => place.startsWith(`exemptions[${id}: `) && lastDayOf(is) > lastDayOf(was),
  gateways: ({ params }, was, is) => hasMore(is, was) && Object.values(params).some(isGateways),
};

function isGateways(param: Param): boolean {
  return param.kind === 'list' && param.items === 'applicationGateway';
}

function lowers(setting: string, check: Check, was: Value, is: Value): boolean {
  if (setting === 'enabled') {
    return was === true && is === false;
  }
  if (setting === 'severity') {
    return rank(is) > rank(was);
  }
  const param = check.params[setting.replace('params.', '')];
  return param !== undefined && asksLess(param, was, is);
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
