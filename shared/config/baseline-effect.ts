import { byReview, type Attestation, type Effect } from '../model/baseline';
import type { BaselineFile, CheckSettings, ExemptionRule, MuteRule, ScopeRule, TagNames } from './baseline-schema';
import type { Match } from './match';
import { WEEKDAYS } from './mute-window';

type Entry = readonly [place: string, value: Effect[string]];

/**
 * What a file sets, place by place, so that two files can be compared by what they mean and not by how they are written.
 * Of several that set the same place the last one counts, also for where it stands among the others.
 */
export function effectOf(file: BaselineFile): Effect {
  const effect = new Map<string, Effect[string]>();
  for (const [place, value] of entriesOf(file)) {
    effect.delete(place);
    effect.set(place, value);
  }
  return Object.fromEntries(effect);
}

function entriesOf({ profile = 'standard', checks = {}, overrides = [], ...file }: BaselineFile): Entry[] {
  return [
    ['profile', profile],
    ...Object.entries(checks).flatMap(([id, settings]) => checkEntries(`checks.${id}`, settings)),
    ...overrides.flatMap(({ match, checks: settings }) =>
      Object.entries(settings).flatMap(([id, each]) => checkEntries(`overrides[${named(match)}].checks.${id}`, each)),
    ),
    ...exemptionEntries(file.exemptions ?? []),
    ...attestationEntries(file.attestations ?? []),
    ...scopeEntries(file.scope?.exclude ?? []),
    ...muteEntries(file.mute ?? []),
    ...gatewayEntries(file.gateways ?? {}),
    ...Object.entries(file.ownership ?? {}).flatMap(([what, names]) => ownershipEntries(what, names)),
    ...Object.entries(file.remediationDays ?? {}).flatMap(([severity, days]): Entry[] =>
      days === undefined ? [] : [[`remediationDays.${severity}`, days]],
    ),
  ];
}

function checkEntries(place: string, settings: CheckSettings | undefined): Entry[] {
  const { enabled, severity, params = {} } = settings ?? {};
  return [
    ...(enabled === undefined ? [] : [[`${place}.enabled`, enabled] as const]),
    ...(severity === undefined ? [] : [[`${place}.severity`, severity] as const]),
    ...Object.entries(params).flatMap(([name, value]): Entry[] =>
      value === undefined ? [] : [[`${place}.params.${name}`, isList(value) ? sorted(value) : value]],
    ),
  ];
}

function isList(value: Effect[string]): value is readonly string[] {
  return Array.isArray(value);
}

/** Of several for the same subject the one that ends last holds, and stands last. */
function exemptionEntries(rules: readonly ExemptionRule[]): Entry[] {
  return rules
    .toSorted(byEnd)
    .map(({ check, match, expiresOn, reason, approvedBy }): Entry => [
      `exemptions[${check}: ${named(match)}]`,
      { expiresOn, reason, ...(approvedBy === undefined ? {} : { approvedBy }) },
    ]);
}

/** The earlier end first; of two on one day nobody can say which is meant, so that at least it is always the same. */
export function byEnd(a: ExemptionRule, b: ExemptionRule): number {
  return a.expiresOn.localeCompare(b.expiresOn) || a.reason.localeCompare(b.reason);
}

/** Of several reviews of one item the newest counts, and stands last. */
function attestationEntries(attestations: readonly Attestation[]): Entry[] {
  return attestations
    .toSorted(byReview)
    .map(({ item, reviewedOn, by, validForDays }): Entry => [
      `attestations[${item}]`,
      { reviewedOn, by, validForDays: String(validForDays) },
    ]);
}

/** True where all are left out, else the days below which they are: of several for the same clusters the widest counts, and stands last. */
function scopeEntries(rules: readonly ScopeRule[]): Entry[] {
  return rules
    .toSorted((a, b) => (a.youngerThanDays ?? Infinity) - (b.youngerThanDays ?? Infinity))
    .map(({ youngerThanDays, ...match }): Entry => [`scope.exclude[${named(match)}]`, youngerThanDays ?? true]);
}

/** Rules about the same subjects and the same time are one. */
function muteEntries(rules: readonly MuteRule[]): Entry[] {
  const byPlace = Object.groupBy(rules, (rule) => `mute[${named(rule.match)}; ${windowOf(rule)}]`);
  return Object.entries(byPlace).map(([place, same = []]): Entry => [
    place,
    {
      checks: same.some(({ checks }) => checks === undefined)
        ? 'all'
        : sorted(same.flatMap(({ checks = [] }) => checks)).join(', '),
      reason: sorted(same.map(({ reason }) => reason)).join('; '),
      by: sorted(same.map(({ by }) => by)).join('; '),
    },
  ]);
}

function windowOf({ once, weekly }: MuteRule): string {
  if (once !== undefined) {
    return [once.from, once.until].map((moment) => new Date(moment).toISOString()).join(' to ');
  }
  const days = WEEKDAYS.filter((day) => weekly?.days.includes(day) === true).join(' ');
  return `${days} ${weekly?.from ?? ''}-${weekly?.until ?? ''} ${weekly?.timeZone ?? ''}`;
}

/** Entries whose names differ by letter case only are about the same clusters. */
function gatewayEntries(gateways: NonNullable<BaselineFile['gateways']>): Entry[] {
  const byName = Object.groupBy(Object.entries(gateways), ([name]) => name.toLowerCase());
  return Object.entries(byName).map(([name, same = []]): Entry => [
    `gateways[${name}]`,
    sorted(same.flatMap(([, ids]) => ids.map((id) => id.toLowerCase()))),
  ]);
}

/** In the order of the file: the first tag that is set tells it. */
function ownershipEntries(what: string, names: TagNames | undefined): Entry[] {
  return Object.entries(names ?? {}).flatMap(([level, tags]): Entry[] =>
    tags === undefined ? [] : [[`ownership.${what}.${level}`, tags]],
  );
}

/** Whom a rule is about, in a fixed order; letter case means nothing. */
function named({ subscription, resourceGroup, cluster, nodePool, tags = {} }: Match = {}): string {
  const parts = Object.entries({ subscription, resourceGroup, cluster, nodePool })
    .filter(([, glob]) => glob !== undefined)
    .map(([name, glob]) => `${name} ${glob?.toLowerCase() ?? ''}`);
  const ofTags = sorted(Object.entries(tags).map(([name, glob]) => `tag ${name} ${glob}`.toLowerCase()));
  return [...parts, ...ofTags].join(', ') || 'everything';
}

/** Each once. */
function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}
