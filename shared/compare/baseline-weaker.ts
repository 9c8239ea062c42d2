import type { Effect } from '../model/baseline';
import { SEVERITIES, type Check } from '../model/check';
import type { Param } from '../model/params';

/** What a place of a baseline file holds; undefined: nothing. */
export type Value = Effect[string] | undefined;

/** A place that is about a check: `checks.<id>.<setting>`, in general, in an override, or in the order of the overrides. */
const SETTING =
  /^(?:overrides\[(?<whom>.*)\]\.|overrides\.order\.)?(?<path>checks\.(?<id>[a-z0-9-]+)\.(?<setting>.+))$/;

export interface Setting {
  /** Whom an override is about; absent: it stands in general. */
  readonly whom?: string;
  /** Without the override. */
  readonly path: string;
  readonly id: string;
  readonly setting: string;
}

/** Null: the place is not about one check. */
export function settingOf(place: string): Setting | null {
  return (SETTING.exec(place)?.groups as Setting | undefined) ?? null;
}

/** Whether less is asked of a check, by what one place said and says. */
export function weakens(place: string, check: Check, was: Value, is: Value): boolean {
  const said = settingOf(place);
  return said === null
    ? RULES[place.split(/[.[]/)[0] ?? '']?.(check, was, is, place) === true
    : said.id === check.id && lowers(said.setting, check, was, is);
}

/** By the first word of a place, when what it says asks less of a check. */
const RULES: Readonly<Partial<Record<string, (check: Check, was: Value, is: Value, place: string) => boolean>>> = {
  profile: (check, was) => check.strict !== null && was === 'strict',
  scope: (_check, was, is) => widthOf(is) > widthOf(was),
  mute: ({ id }, was, is) => listed(is, id) && !listed(was, id),
  exemptions: ({ id }, was, is, place) => place.startsWith(`exemptions[${id}: `) && lastDayOf(is) > lastDayOf(was),
  gateways: ({ params }, was, is) => hasMore(is, was) && Object.values(params).some(isGateways),
};

/** How many a rule of the scope leaves out: all, or those that are younger than so many days. */
function widthOf(rule: Value): number {
  return rule === true ? Infinity : Number(rule ?? 0);
}

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

function rank(severity: Value): number {
  return SEVERITIES.findIndex((known) => known === severity);
}
