import { createHash } from 'node:crypto';

import { parseDocument, type Document } from 'yaml';

import type { Baseline, Exemption, Expectation, Ownership, Subject } from '../model/baseline';
import type { Check } from '../model/check';
import { defaultsOf, type ParamValues } from '../model/params';
import { byEnd, effectOf } from './baseline-effect';
import { baselineSchema, type BaselineFile, type CheckSettings, type TagNames } from './baseline-schema';
import { globMatcher, matcher, tagOf } from './match';
import { isOpen } from './mute-window';
import { ConfigError, problemsOf } from './problems';

const DAY = 24 * 60 * 60 * 1000;

/** What holds without a file: profile `standard`, every check with its own defaults, no exemption. */
export function defaultBaseline(): Baseline {
  return baselineOf({ version: 1 });
}

/**
 * Reads a baseline file, JSON or YAML (which holds JSON).
 * @param place is named in errors.
 * @param attestable the items that people can attest.
 * @throws ConfigError with every problem at once.
 */
export function readBaseline(
  text: string,
  place: string,
  checks: readonly Check[],
  attestable: readonly string[],
): Baseline {
  const subject = `The baseline file ${place} cannot be used`;
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new ConfigError(
      subject,
      document.errors.map(({ message }) => message.split('\n')[0] ?? message),
    );
  }
  const parsed = baselineSchema(checks, attestable).safeParse(contentOf(document, subject));
  if (!parsed.success) {
    throw new ConfigError(subject, problemsOf(parsed.error));
  }
  return baselineOf(parsed.data);
}

function contentOf(document: Document, subject: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const hint = 'a glob that begins with * must be quoted, or YAML takes it for a reference';
    throw new ConfigError(subject, [`${error instanceof Error ? error.message : String(error)}; ${hint}`]);
  }
}

function baselineOf(file: BaselineFile): Baseline {
  const profile = file.profile ?? 'standard';
  const { owner = {}, environment = {} } = file.ownership ?? {};
  const isNamedIn = (level: keyof TagNames): boolean => [owner, environment].some((names) => names[level]?.length);
  return {
    hash: hash(file),
    profile,
    effect: effectOf(file),
    attestations: file.attestations ?? [],
    ownershipFrom: { resourceGroup: isNamedIn('resourceGroup'), subscription: isNamedIn('subscription') },
    mayBeOn: (check) =>
      [file.checks, ...(file.overrides ?? []).map(({ checks }) => checks)].some(
        (settings) => settings?.[check.id]?.enabled ?? (settings === file.checks && check.onByDefault),
      ),
    expectationOf: expectations(file, profile),
    exemptionOf: exemptions(file),
    isMuted: mutes(file),
    isInScope: scope(file),
    ownershipOf: (tags, known): Ownership => ({
      owner: tagged(owner, tags, known?.owner ?? null),
      environment: tagged(environment, tags, known?.environment ?? null),
    }),
    remediationDays: (severity) => file.remediationDays?.[severity] ?? null,
  };
}

/** Thousands of subjects share a few expectations, each of which is worked out once. */
function expectations(file: BaselineFile, profile: Baseline['profile']): Baseline['expectationOf'] {
  const overrides = (file.overrides ?? []).map(({ match, checks }) => ({ matches: matcher(match), checks }));
  const gatewaysOf = gateways(file);
  const known = new Map<string, Expectation>();
  return (check, subject) => {
    const layers = overrides.map(({ checks, matches }) =>
      checks[check.id] !== undefined && matches(subject) ? checks[check.id] : undefined,
    );
    const declared = hasGateways(check) ? gatewaysOf(subject) : [];
    const key = [check.id, ...layers.map((layer) => (layer === undefined ? 0 : 1)), ...declared].join('|');
    const found = known.get(key) ?? expectationOf(check, [file.checks?.[check.id], ...layers], declared, profile);
    known.set(key, found);
    return found;
  };
}

/** By the name or the id of its cluster; in lower case, each once and in order, because that is all that ids of ARM mean. */
function gateways(file: BaselineFile): (subject: Subject) => readonly string[] {
  const rules = Object.entries(file.gateways ?? {}).map(([name, ids]) => ({ matches: globMatcher(name), ids }));
  return ({ cluster, clusterId }) => {
    const names = [cluster, clusterId].filter((name) => name !== null);
    const ids = rules.filter(({ matches }) => names.some(matches)).flatMap((rule) => rule.ids);
    return [...new Set(ids.map((id) => id.toLowerCase()))].sort();
  };
}

function hasGateways({ params }: Check): boolean {
  return Object.values(params).some((param) => param.kind === 'list' && param.items === 'applicationGateway');
}

/** @param layers what the file says, from the general to the special: the last that says something wins. */
function expectationOf(
  check: Check,
  layers: readonly (CheckSettings | undefined)[],
  gateways: readonly string[],
  profile: Baseline['profile'],
): Expectation {
  const params: ParamValues = Object.assign(
    defaultsOf(check.params),
    ...layers.map((layer) => layer?.params),
  ) as ParamValues;
  const linked = Object.entries(check.params).flatMap(([name, param]) =>
    param.kind === 'list' && param.items === 'applicationGateway' ? [[name, gateways] as const] : [],
  );
  const given = { ...params, ...Object.fromEntries(linked) };
  const last = <K extends 'enabled' | 'severity'>(name: K): CheckSettings[K] =>
    layers.findLast((layer) => layer?.[name] !== undefined)?.[name];
  return {
    enabled: last('enabled') ?? check.onByDefault,
    params: given,
    severity: last('severity') ?? null,
    hash: hash({ profile, params: unordered(given) }),
  };
}

/** The order of a list means nothing to a check. */
function unordered(params: ParamValues): ParamValues {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      Array.isArray(value) ? [...(value as string[])].sort() : value,
    ]),
  );
}

function exemptions(file: BaselineFile): Baseline['exemptionOf'] {
  const rules = (file.exemptions ?? []).map((rule) => ({ ...rule, matches: matcher(rule.match ?? {}) }));
  return (checkId, subject, now): Exemption | null => {
    const today = now.toISOString().slice(0, 10);
    const last = rules
      .filter(({ check, expiresOn, matches }) => check === checkId && expiresOn >= today && matches(subject))
      .sort(byEnd)
      .at(-1);
    return last === undefined
      ? null
      : { reason: last.reason, expiresOn: last.expiresOn, approvedBy: last.approvedBy ?? null };
  };
}

function mutes(file: BaselineFile): Baseline['isMuted'] {
  const rules = (file.mute ?? []).map((rule) => ({ ...rule, matches: matcher(rule.match ?? {}) }));
  // Clocks of time zones are dear, and a run asks for every row as of one moment.
  let open = { at: NaN, rules };
  return (checkId, subject, now) => {
    if (open.at !== now.getTime()) {
      open = { at: now.getTime(), rules: rules.filter((rule) => isOpen(rule, now)) };
    }
    return open.rules.some(
      ({ checks, matches }) =>
        (checks === undefined || (checkId !== null && checks.includes(checkId))) && matches(subject),
    );
  };
}

function scope(file: BaselineFile): Baseline['isInScope'] {
  const rules = (file.scope?.exclude ?? []).map((rule) => ({ ...rule, matches: matcher(rule) }));
  return (cluster, createdAt, now) =>
    !rules.some(
      ({ youngerThanDays, matches }) =>
        matches(cluster) &&
        // Of a cluster whose age is not known nobody can say that it is young.
        (youngerThanDays === undefined ||
          (createdAt !== null && now.getTime() - createdAt.getTime() < youngerThanDays * DAY)),
    );
}

/** The nearest level that has one of its tags decides, in the order of the names. */
function tagged(names: TagNames, tags: Parameters<Baseline['ownershipOf']>[0], known: string | null): string | null {
  const values = (['cluster', 'resourceGroup', 'subscription'] as const).flatMap((level) => {
    const there = tags[level];
    // What was known may come from there, so that no farther level may speak in its place.
    return (names[level] ?? []).map((name) => (there === null ? known : tagOf(there, name)));
  });
  return values.find((value) => value !== null && value.trim() !== '') ?? null;
}

function hash(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
}

/** JSON with sorted keys, so that the order of a file changes no hash. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
