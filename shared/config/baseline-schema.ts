import { z } from 'zod';

import type { Attestation } from '../model/baseline';
import { PROFILES, SEVERITIES, type Check, type Profile, type Severity } from '../model/check';
import type { ListParam, Param, ParamValue } from '../model/params';
import { parseInstant } from './day';
import type { Match } from './match';
import { isTimeZone, WEEKDAYS, type MuteWindow } from './mute-window';
import { nearest } from './nearest';

/** What a file says about one check. */
export interface CheckSettings {
  readonly enabled?: boolean | undefined;
  readonly severity?: Severity | undefined;
  readonly params?: Readonly<Partial<Record<string, ParamValue>>> | undefined;
}
type SettingsByCheck = Readonly<Partial<Record<string, CheckSettings>>>;
type ClusterMatch = Omit<Match, 'nodePool'>;
export type TagNames = Readonly<
  Partial<Record<'cluster' | 'resourceGroup' | 'subscription', readonly string[] | undefined>>
>;

/** A baseline file of version 1. */
export interface BaselineFile {
  readonly version: 1;
  readonly profile?: Profile | undefined;
  readonly checks?: SettingsByCheck | undefined;
  readonly overrides?: readonly { readonly match: Match; readonly checks: SettingsByCheck }[] | undefined;
  readonly exemptions?: readonly ExemptionRule[] | undefined;
  readonly gateways?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly attestations?: readonly Attestation[] | undefined;
  readonly scope?: { readonly exclude: readonly ScopeRule[] } | undefined;
  readonly mute?: readonly MuteRule[] | undefined;
  readonly ownership?:
    { readonly owner?: TagNames | undefined; readonly environment?: TagNames | undefined } | undefined;
  readonly remediationDays?: Readonly<Partial<Record<Severity, number | undefined>>> | undefined;
}

export interface ExemptionRule {
  readonly check: string;
  readonly match?: Match | undefined;
  readonly reason: string;
  readonly expiresOn: string;
  readonly approvedBy?: string | undefined;
}

export interface ScopeRule extends ClusterMatch {
  /** By the creation of the cluster. */
  readonly youngerThanDays?: number | undefined;
}

export interface MuteRule extends MuteWindow {
  readonly match?: Match | undefined;
  /** Absent: all. */
  readonly checks?: readonly string[] | undefined;
  readonly reason: string;
  readonly by: string;
}

/** Days for which an attestation holds where it does not say: a year. */
const ATTESTED_DAYS = 365;

type Told = (issue: z.core.$ZodRawIssue) => string;

/** Every error names what it got and what would have been accepted. */
function accepts(words: string): { error: Told } {
  return {
    error: ({ input }) => `${input === undefined ? 'not set' : `got ${JSON.stringify(input)}`}; accepts ${words}`,
  };
}

function didYouMean(noun: string, name: string, known: readonly string[]): string {
  const hint = known.length === 0 ? 'there is none' : `did you mean "${nearest(name, known)}"?`;
  return `unknown ${noun} "${name}"; ${hint}`;
}

/** An object whose unknown keys are errors that name the nearest one. @param noun what a key is called. */
function objectOf<S extends z.core.$ZodLooseShape>(shape: S, noun = 'key'): z.ZodObject<S, z.core.$strict> {
  const names = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => didYouMean(noun, key, names)).join('; ')
        : accepts(names.length > 12 ? `${noun}s by name` : names.join(', ') || 'nothing').error(issue),
  });
}

/** One of many names; an unknown one is told with the nearest. */
function nameOf(noun: string, known: readonly string[]): z.ZodType<string> {
  const { error: wrong } = accepts(`the name of ${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`);
  return z.enum(known, {
    error: (issue) => (typeof issue.input === 'string' ? didYouMean(noun, issue.input, known) : wrong(issue)),
  });
}

const wordOf = <const W extends readonly [string, ...string[]]>(words: W): z.ZodEnum<z.core.util.ToEnum<W[number]>> =>
  z.enum(words, accepts(words.join(', ')));
const flag = z.boolean(accepts('true or false'));
const text = (words: string): z.ZodString => z.string(accepts(words)).regex(/\S/, accepts(words));
const whole = (min: number, max: number): z.ZodInt => {
  const told = accepts(`a whole number from ${min} to ${max}`);
  return z.int(told).min(min, told).max(max, told);
};
const listOf = <T extends z.ZodType>(item: T, words: string): z.ZodArray<T> =>
  z.array(item, accepts(`a list of ${words}`));
const dayWords = 'a day, YYYY-MM-DD';
const day = z.iso.date(accepts(dayWords));
const momentWords = 'a moment with its offset, 2027-01-31T22:00:00+01:00';
const moment = z
  .string(accepts(momentWords))
  // Editors are told the pattern; whether there is such a moment only the reader knows.
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/, {
    ...accepts(momentWords),
    abort: true,
  })
  .refine((value) => parseInstant(value) !== null, accepts(momentWords));
const timeOfDay = z.string(accepts('HH:MM')).regex(/^([01]\d|2[0-3]):[0-5]\d$/, accepts('HH:MM'));
const timeZone = z
  .string(accepts('the name of a time zone, Europe/Zurich'))
  .refine(isTimeZone, accepts('the name of a time zone, Europe/Zurich'));

const glob = text('a name or a glob').describe('A name, or a glob with * and ?; letter case does not count.');
const tags = z.record(z.string(), z.string(accepts('a glob')), accepts('globs by the name of a tag'));
const names = { subscription: glob.optional(), resourceGroup: glob.optional(), cluster: glob.optional() };
/** Whoever can tag a cluster could exempt it. */
const matchExempt = objectOf({
  ...names,
  nodePool: glob.optional(),
  tags: z.never({ error: 'tags grant no exemption, because whoever can tag a cluster could exempt it' }).optional(),
});
const matchTagged = objectOf({ ...names, nodePool: glob.optional(), tags: tags.optional() });

const ITEMS: Readonly<Record<Exclude<ListParam['items'], 'applicationGateway'>, z.ZodType<string>>> = {
  text: text('a text'),
  guid: z.guid(accepts('a GUID')),
  range: z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], accepts('an address or a CIDR block')),
};

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
      return `a list of ${LISTS[param.items]}`;
  }
}

const LISTS: Readonly<Record<ListParam['items'], string>> = {
  text: 'texts',
  guid: 'GUIDs',
  range: 'addresses or CIDR blocks',
  applicationGateway: 'ids of application gateways, which the key "gateways" gives',
};

/** Null: the value comes from another key of the file. */
function paramSchema(param: Param): z.ZodType<ParamValue> | null {
  const told = accepts(acceptedBy(param));
  switch (param.kind) {
    case 'number':
      return whole(param.min, param.max);
    case 'flag':
      return flag;
    case 'text':
      return z.enum([param.default, ...param.accepts], told);
    case 'list':
      return param.items === 'applicationGateway' ? null : z.array(ITEMS[param.items], told);
  }
}

function checkSchema({ params, title }: Check): z.ZodType<CheckSettings> {
  const schemas = Object.entries(params).flatMap(([name, param]) => {
    const schema = paramSchema(param);
    const { description, default: standard } = param;
    return schema === null ? [] : [[name, schema.meta({ description, default: standard }).optional()] as const];
  });
  return objectOf({
    enabled: flag.optional(),
    severity: wordOf(SEVERITIES).optional(),
    params: objectOf(Object.fromEntries(schemas), 'parameter').optional(),
  }).describe(title);
}

const mute = {
  match: matchTagged.optional(),
  once: objectOf({ from: moment, until: moment })
    .refine(({ from, until }) => Date.parse(from) < Date.parse(until), 'must end after it begins')
    .optional(),
  weekly: objectOf({
    days: listOf(wordOf(WEEKDAYS), 'weekdays').min(1, accepts('a list of weekdays')),
    from: timeOfDay,
    until: timeOfDay.describe('On the next day when it is not later than `from`.'),
    timeZone,
  }).optional(),
  reason: text('a text that says why'),
  by: text('who asked for it'),
};

const tagNames = listOf(text('the name of a tag'), 'names of tags').optional();
const ownerFrom = objectOf({ cluster: tagNames, resourceGroup: tagNames, subscription: tagNames }).describe(
  'Tags that tell it, the first that is set; the nearest wins: cluster, then resource group, then subscription.',
);
const gatewayWords = 'the id of an application gateway, /subscriptions/…/applicationGateways/NAME';
const APPLICATION_GATEWAY =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.network\/applicationgateways\/[^/]+$/i;
const applicationGateway = z
  .string(accepts(gatewayWords))
  // JSON Schema knows no pattern that leaves letter case open: editors are told how many segments there are.
  .regex(/^(\/[^/]+){8}$/, { ...accepts(gatewayWords), abort: true })
  .refine((id) => APPLICATION_GATEWAY.test(id), accepts(gatewayWords));

/**
 * What a baseline file may hold, as zod checks it and as editors are told by the JSON Schema that is generated from it.
 * @param attestable the items that people can attest.
 */
export function baselineSchema(checks: readonly Check[], attestable: readonly string[]): z.ZodType<BaselineFile> {
  const ids = checks.map(({ id }) => id);
  const perCheck = objectOf(
    Object.fromEntries(checks.map((check) => [check.id, checkSchema(check).optional()])),
    'check',
  );
  return objectOf({
    version: z.literal(1, accepts('1')),
    profile: wordOf(PROFILES).describe('What is expected where nothing else is said.').optional(),
    checks: perCheck.describe('Switches, severities and parameters, by check.').optional(),
    overrides: z
      .array(objectOf({ match: matchTagged, checks: perCheck }), accepts('a list of overrides'))
      .describe('The same for some clusters or node pools only; the last match wins.')
      .optional(),
    exemptions: z
      .array(
        objectOf({
          check: nameOf('check', ids),
          match: matchExempt.optional(),
          reason: text('a text that says why'),
          expiresOn: day.describe('The last day on which it holds, UTC.'),
          approvedBy: text('who approved it').optional(),
        }),
        accepts('a list of exemptions'),
      )
      .describe('Findings that may fail for a while. By name only, not by tags.')
      .optional(),
    gateways: z
      .record(z.string(), listOf(applicationGateway, 'ids of application gateways'), accepts('lists of ids by cluster'))
      .describe('Application gateways in front of a cluster that ARM cannot link to it, by name or id of the cluster.')
      .optional(),
    attestations: z
      .array(
        objectOf({
          item: nameOf('item', attestable),
          reviewedOn: day,
          by: text('who looked at it'),
          validForDays: whole(1, 3650).meta({ default: ATTESTED_DAYS }).default(ATTESTED_DAYS),
        }),
        accepts('a list of attestations'),
      )
      .describe('What people looked at because no check can: items of the checklist, requirements of a framework.')
      .optional(),
    scope: objectOf({
      exclude: z.array(
        objectOf({ ...names, tags: tags.optional(), youngerThanDays: whole(1, 365).optional() })
          .refine((rule) => Object.keys(rule).length > 0, 'names nothing, and would leave every cluster out')
          .meta({ minProperties: 1 }),
        accepts('a list of rules'),
      ),
    })
      .describe('Clusters that are not watched.')
      .optional(),
    mute: z
      .array(
        objectOf({ ...mute, checks: listOf(nameOf('check', ids), 'checks').optional() })
          .refine(
            ({ once, weekly }) => (once === undefined) !== (weekly === undefined),
            'must have one window: once or weekly',
          )
          .meta({ oneOf: [{ required: ['once'] }, { required: ['weekly'] }] }),
        accepts('a list of windows'),
      )
      .describe('Windows in which what is found raises no alert.')
      .optional(),
    ownership: objectOf({ owner: ownerFrom.optional(), environment: ownerFrom.optional() }).optional(),
    remediationDays: objectOf(
      Object.fromEntries(SEVERITIES.map((severity) => [severity, whole(1, 3650).optional()])),
      'severity',
    )
      .describe('Days in which a failure must be mended, by severity.')
      .optional(),
  });
}
