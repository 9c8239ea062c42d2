import { createHash } from 'node:crypto';

import { parseDocument, type Document } from 'yaml';
import { z } from 'zod';

import type { Baseline, Exemption, ExemptionSubject, Expectation } from '../model/baseline';
import { PROFILES, SEVERITIES, type Check } from '../model/check';
import { defaultsOf, type Param, type ParamValues } from '../model/params';
import { nearest } from './nearest';
import { isDay } from './day';
import { ConfigError, problemsOf } from './problems';

const matchSchema = z.strictObject({
  subscription: z.string().optional(),
  resourceGroup: z.string().optional(),
  cluster: z.string().optional(),
  nodePool: z.string().optional(),
});

const day = z.string({ error: 'not set; accepts a day, YYYY-MM-DD' }).refine(isDay, {
  error: ({ input }) => `got ${JSON.stringify(input)}; accepts a day, YYYY-MM-DD`,
});

const fileSchema = z.strictObject({
  version: z.literal(1, { error: ({ input }) => `got ${JSON.stringify(input)}; accepts 1` }),
  profile: z
    .enum(PROFILES, { error: ({ input }) => `got ${JSON.stringify(input)}; accepts ${PROFILES.join(', ')}` })
    .optional(),
  checks: z
    .record(
      z.string(),
      z.strictObject({
        enabled: z.boolean().optional(),
        severity: z
          .enum(SEVERITIES, { error: ({ input }) => `got ${JSON.stringify(input)}; accepts ${SEVERITIES.join(', ')}` })
          .optional(),
        params: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
  exemptions: z
    .array(
      z.strictObject({
        check: z.string({ error: 'not set; accepts the id of a check' }),
        match: matchSchema.optional(),
        reason: z.string({ error: 'not set; must say why' }).min(1, { error: 'must say why' }),
        expiresOn: day,
        approvedBy: z.string().optional(),
      }),
    )
    .optional(),
});

type BaselineFile = z.infer<typeof fileSchema>;

/** What holds without a file: profile `standard`, every check with its own defaults, no exemption. */
export function defaultBaseline(): Baseline {
  return baselineOf({ version: 1 });
}

/**
 * Reads a baseline file, JSON or YAML (which holds JSON).
 * @param place is named in errors.
 * @throws ConfigError with every problem at once.
 */
export function readBaseline(text: string, place: string, checks: readonly Check[]): Baseline {
  const subject = `The baseline file ${place} cannot be used`;
  const document = parseDocument(text, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new ConfigError(
      subject,
      document.errors.map(({ message }) => message.split('\n')[0] ?? message),
    );
  }
  const content = contentOf(document, subject);
  const parsed = fileSchema.safeParse(content, { error: unrecognisedKey });
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error)),
    ...checkProblems(content, checks),
    ...exemptionProblems(content, checks),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(subject, problems);
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

const KEYS = [
  ...['version', 'profile', 'checks', 'exemptions', 'enabled', 'severity', 'params', 'check', 'match', 'reason'],
  ...['expiresOn', 'approvedBy', 'subscription', 'resourceGroup', 'cluster', 'nodePool'],
];

/** Keys of the file that are promised and not there yet. */
const LATER = ['overrides', 'gateways', 'attestations', 'scope', 'mute', 'ownership', 'remediationDays'];

function unrecognisedKey(issue: z.core.$ZodRawIssue): string | undefined {
  return issue.code === 'unrecognized_keys' ? issue.keys.map(keyProblem).join('; ') : undefined;
}

function keyProblem(key: string): string {
  return LATER.includes(key)
    ? `"${key}" comes with a later version`
    : `unknown key "${key}"; did you mean "${nearest(key, KEYS)}"?`;
}

function unknownName(place: string, kind: string, name: string, known: readonly string[]): string {
  return known.length === 0
    ? `${place}: unknown ${kind} "${name}"; there is none`
    : `${place}: unknown ${kind} "${name}"; did you mean "${nearest(name, known)}"?`;
}

/** Looks at whatever could be parsed, so that a wrong shape elsewhere hides no unknown name. */
function checkProblems(content: unknown, checks: readonly Check[]): string[] {
  const ids = checks.map(({ id }) => id);
  return Object.entries(recordIn(content, 'checks')).flatMap(([id, given]) => {
    const check = checks.find((candidate) => candidate.id === id);
    if (check === undefined) {
      return [unknownName('checks', 'check', id, ids)];
    }
    return Object.entries(recordIn(given, 'params')).flatMap(([name, value]) => paramProblems(check, name, value));
  });
}

function recordIn(value: unknown, key: string): Record<string, unknown> {
  const found = (value as Record<string, unknown> | null | undefined)?.[key];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Record<string, unknown>) : {};
}

function paramProblems(check: Check, name: string, value: unknown): string[] {
  const place = `checks.${check.id}.params`;
  const standard = Object.hasOwn(check.params, name) ? check.params[name] : undefined;
  if (standard === undefined) {
    return [unknownName(place, 'parameter', name, Object.keys(check.params))];
  }
  return isAccepted(value, standard)
    ? []
    : [`${place}.${name}: got ${JSON.stringify(value)}; accepts ${acceptedBy(standard)}`];
}

function isAccepted(value: unknown, param: Param): boolean {
  switch (param.kind) {
    case 'number':
      return Number.isInteger(value) && (value as number) >= param.min && (value as number) <= param.max;
    case 'flag':
      return typeof value === 'boolean';
    case 'text':
      return value === param.default || param.accepts.includes(value as string);
    case 'list':
      return Array.isArray(value) && value.every((item) => typeof item === 'string' && ITEMS[param.items].test(item));
  }
}

/** The values that a parameter takes, in words. */
export function acceptedBy(param: Param): string {
  switch (param.kind) {
    case 'number':
      return `a whole number from ${param.min} to ${param.max}`;
    case 'flag':
      return 'true or false';
    case 'text':
      return [param.default, ...param.accepts].map((word) => JSON.stringify(word)).join(', ');
    case 'list':
      return `a list of ${ITEMS[param.items].name}`;
  }
}

const ITEMS = {
  text: { name: 'texts', test: (item: string) => item.trim() !== '' },
  guid: { name: 'GUIDs', test: (item: string) => z.guid().safeParse(item).success },
  range: {
    name: 'addresses or CIDR blocks',
    test: (item: string) => z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(item).success,
  },
};

function exemptionProblems(content: unknown, checks: readonly Check[]): string[] {
  const ids = checks.map(({ id }) => id);
  const { exemptions } = (content ?? {}) as { exemptions?: unknown };
  return (Array.isArray(exemptions) ? exemptions : []).flatMap((exemption: unknown, index) => {
    const { check } = (exemption ?? {}) as { check?: unknown };
    return typeof check !== 'string' || ids.includes(check)
      ? []
      : [unknownName(`exemptions.${index}.check`, 'check', check, ids)];
  });
}

function baselineOf(file: BaselineFile): Baseline {
  const profile = file.profile ?? 'standard';
  const exemptions = (file.exemptions ?? []).map((exemption) => ({
    ...exemption,
    matches: matcher(exemption.match ?? {}),
  }));
  return {
    hash: hash(file),
    profile,
    expectationOf: (check): Expectation => {
      const given = file.checks?.[check.id];
      const params = { ...defaultsOf(check.params), ...(given?.params as ParamValues | undefined) };
      return {
        enabled: given?.enabled ?? check.onByDefault,
        params,
        severity: given?.severity ?? null,
        hash: hash({ profile, params }),
      };
    },
    exemptionOf: (subject, now): Exemption | null => {
      const today = now.toISOString().slice(0, 10);
      const [last] = exemptions
        .filter(({ check, expiresOn, matches }) => check === subject.checkId && expiresOn >= today && matches(subject))
        .sort((a, b) => (a.expiresOn > b.expiresOn ? -1 : 1));
      return last === undefined
        ? null
        : { reason: last.reason, expiresOn: last.expiresOn, approvedBy: last.approvedBy ?? null };
    },
  };
}

/** Every name that is given must match; `*` stands for any characters, `?` for one; letter case does not count. */
function matcher(match: z.infer<typeof matchSchema>): (subject: ExemptionSubject) => boolean {
  const tests = (
    [
      [match.subscription, 'subscriptionId'],
      [match.resourceGroup, 'resourceGroup'],
      [match.cluster, 'cluster'],
      [match.nodePool, 'nodePool'],
    ] as const
  ).flatMap(([glob, name]) => (glob === undefined ? [] : [{ name, pattern: globPattern(glob) }]));
  return (subject) => tests.every(({ name, pattern }) => pattern.test(subject[name] ?? ''));
}

function globPattern(glob: string): RegExp {
  const source = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
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
