import { isDeepStrictEqual } from 'node:util';

import type { Effect } from '../model/baseline';
import { SEVERITIES, type Check, type Severity } from '../model/check';
import type { Transition } from '../model/state';
import { settingOf, weakens, type Value } from './baseline-weaker';
import type { CompareContext } from './compare';

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
  const [was, is] = [new Side(before, checks), new Side(now, checks)];
  const places = [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .map((place) => placeOf(place, was.valuesAt(place), is.valuesAt(place)))
    .filter(({ turns }) => turns.length > 0);
  const differing = [...places, ...reorderings(was, is)].sort((a, b) => (a.place < b.place ? -1 : 1));
  if (differing.length === 0) {
    return null;
  }
  const weakened = checks.filter((check) =>
    differing.some(({ place, turns }) => turns.some((turn) => weakens(place, check, ...turn))),
  );
  const severities = weakened.flatMap((check) => [was.severityOf(check), is.severityOf(check)]);
  return {
    before: shown(differing, 'was'),
    now: shown(differing, 'is'),
    weakened: weakened.map(({ id }) => id).sort(),
    severity: severities.reduce(strictest, 'info'),
  };
}

/** A place that may differ. */
interface Place {
  readonly place: string;
  /** What held and holds there; undefined: nothing, or nobody can say. */
  readonly was: Value;
  readonly is: Value;
  /** From what to what it may have turned, for one subject or another; none: nothing changed. */
  readonly turns: readonly (readonly [was: Value, is: Value])[];
}

function placeOf(place: string, was: readonly Value[], is: readonly Value[]): Place {
  const only = (values: readonly Value[]): Value => (values.length === 1 ? values[0] : undefined);
  const turns = isDeepStrictEqual(was, is) ? [] : was.flatMap((one) => is.map((other) => [one, other] as const));
  return { place, was: only(was), is: only(is), turns };
}

function shown(places: readonly Place[], when: 'was' | 'is'): Effect {
  return Object.fromEntries(
    places.flatMap(({ place, [when]: value }) => (value === undefined ? [] : [[place, value] as const])),
  );
}

/** Of overrides that match the same subject the last wins: where they say otherwise, another order is another meaning. */
function reorderings(before: Side, now: Side): Place[] {
  return [...before.overrides].flatMap(([path, said]): Place[] => {
    const saysNow = now.overrides.get(path) ?? new Map<string, Value>();
    const common = [...said.keys()].filter((whom) => saysNow.has(whom));
    const after = [...saysNow.keys()].filter((whom) => said.has(whom));
    const turns = common.flatMap((first, index) =>
      common
        .slice(index + 1)
        .filter((second) => after.indexOf(second) < after.indexOf(first))
        .map((second) => [said.get(second), saysNow.get(first)] as const)
        .filter(([was, is]) => !isDeepStrictEqual(was, is)),
    );
    return turns.length === 0 ? [] : [{ place: `overrides.order.${path}`, was: common, is: after, turns }];
  });
}

/** One of the two files. */
class Side {
  /** What overrides say, in their order: by setting, then by whom they are about. */
  readonly overrides = new Map<string, Map<string, Value>>();
  readonly #checks: ReadonlyMap<string, Check>;

  constructor(
    private readonly effect: Effect,
    checks: readonly Check[],
  ) {
    this.#checks = new Map(checks.map((check) => [check.id, check]));
    for (const [place, value] of Object.entries(effect)) {
      const { path, whom } = settingOf(place) ?? {};
      if (path !== undefined && whom !== undefined) {
        this.overrides.set(path, (this.overrides.get(path) ?? new Map<string, Value>()).set(whom, value));
      }
    }
  }

  /**
   * What may hold at a place. What is said nowhere is as built in; what an override does not say stands in general,
   * or in another override: whether that one is about the same subjects nobody can tell from globs.
   */
  valuesAt(place: string): Value[] {
    const said = settingOf(place);
    if (this.effect[place] !== undefined || said === null) {
      return [this.effect[place]];
    }
    const check = this.#checks.get(said.id);
    const general = this.effect[said.path] ?? (check === undefined ? undefined : builtIn(check, said.setting));
    const others = said.whom === undefined ? [] : [...(this.overrides.get(said.path)?.values() ?? [])];
    return [general, ...others.filter((value) => !isDeepStrictEqual(value, general))];
  }

  /** In general, or in an override where that is stricter. */
  severityOf({ id, severity }: Check): Severity {
    const path = `checks.${id}.severity`;
    const said = [this.effect[path] ?? severity, ...(this.overrides.get(path)?.values() ?? [])];
    return SEVERITIES.find((known) => said.includes(known)) ?? severity;
  }
}

function builtIn(check: Check, setting: string): Value {
  switch (setting) {
    case 'enabled':
      return check.onByDefault;
    case 'severity':
      return check.severity;
    default: {
      const standard = check.params[setting.replace('params.', '')]?.default;
      // As effects hold them: the order of a list means nothing.
      return Array.isArray(standard) ? [...(standard as readonly string[])].sort() : standard;
    }
  }
}

function strictest(one: Severity, other: Severity): Severity {
  return SEVERITIES.indexOf(one) <= SEVERITIES.indexOf(other) ? one : other;
}
