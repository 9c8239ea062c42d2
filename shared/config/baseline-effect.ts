import type { Effect } from '../model/baseline';
import type { BaselineFile, CheckSettings, MuteRule, ScopeRule, TagNames } from './baseline-schema';
import type { Match } from './match';

type Entry = readonly [place: string, value: Effect[string]];

/** What a file sets, place by place, so that two files can be compared by what they mean and not by how they are written. */
export function effectOf(file: BaselineFile): Effect {
  return Object.fromEntries([
    ['profile', file.profile ?? 'standard'] as const,
    ...Object.entries(file.checks ?? {}).flatMap(([id, settings]) => checkEntries(`checks.${id}`, settings)),
    ...(file.overrides ?? []).flatMap(({ match, checks }) =>
      Object.entries(checks).flatMap(([id, settings]) =>
        checkEntries(`overrides[${named(match)}].checks.${id}`, settings),
      ),
    ),
    ...ruleEntries(file),
    ...organisationEntries(file),
  ]);
}

function ruleEntries({ exemptions = [], scope, mute = [], attestations = [] }: BaselineFile): Entry[] {
  return [
    // Of several for the same subject the one that ends last holds, and stands last.
    ...exemptions
      .toSorted((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
      .map(({ check, match, expiresOn, reason, approvedBy }): Entry => [
        `exemptions[${check}: ${named(match)}]`,
        { expiresOn, reason, ...(approvedBy === undefined ? {} : { approvedBy }) },
      ]),
    ...attestations.map(({ item, reviewedOn, by, validForDays }): Entry => [
      `attestations[${item}]`,
      { reviewedOn, by, validForDays: String(validForDays) },
    ]),
    ...(scope?.exclude ?? []).map((rule): Entry => [`scope.exclude[${scopeOf(rule)}]`, true]),
    ...mute.map((rule): Entry => [
      `mute[${named(rule.match)}; ${windowOf(rule)}]`,
      { checks: rule.checks?.join(', ') ?? 'all', reason: rule.reason, by: rule.by },
    ]),
  ];
}

function organisationEntries({ gateways = {}, ownership = {}, remediationDays = {} }: BaselineFile): Entry[] {
  return [
    ...Object.entries(gateways).map(([cluster, ids]): Entry => [`gateways[${cluster}]`, ids]),
    ...Object.entries(ownership).flatMap(([what, names]) => ownershipEntries(what, names)),
    ...Object.entries(remediationDays).flatMap(([severity, days]): Entry[] =>
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
      value === undefined ? [] : [[`${place}.params.${name}`, value]],
    ),
  ];
}

function ownershipEntries(what: string, names: TagNames | undefined): Entry[] {
  return Object.entries(names ?? {}).flatMap(([level, tags]): Entry[] =>
    tags === undefined ? [] : [[`ownership.${what}.${level}`, tags]],
  );
}

function scopeOf({ youngerThanDays, ...match }: ScopeRule): string {
  return `${named(match)}${youngerThanDays === undefined ? '' : `, younger than ${youngerThanDays} days`}`;
}

function windowOf({ once, weekly }: MuteRule): string {
  return once === undefined
    ? `${weekly?.days.join(' ') ?? ''} ${weekly?.from ?? ''}-${weekly?.until ?? ''} ${weekly?.timeZone ?? ''}`
    : `${once.from} to ${once.until}`;
}

/** Whom a rule is about, in a fixed order. */
function named({ subscription, resourceGroup, cluster, nodePool, tags = {} }: Match = {}): string {
  const parts = Object.entries({ subscription, resourceGroup, cluster, nodePool })
    .filter(([, glob]) => glob !== undefined)
    .map(([name, glob]) => `${name} ${glob ?? ''}`);
  const ofTags = Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, glob]) => `tag ${name} ${glob}`);
  return [...parts, ...ofTags].join(', ') || 'everything';
}
