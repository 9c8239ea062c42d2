import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';

import { SCANS, type Scan } from '../model/scan';
import { CLOUDS, type Cloud } from './clouds';
import { parseInstant } from './day';
import { nearest } from './nearest';
import { ConfigError, problemsOf } from './problems';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const list = <T extends string>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.length > 0, {
      error: ({ input }) => `got ${JSON.stringify(input)}; accepts at least one name`,
    })
    .pipe(z.array(item));

const guid = z
  .string()
  .regex(GUID, {
    error: ({ input }) => `got "${String(input)}"; accepts subscription ids (GUIDs), separated by commas`,
  })
  .transform((id) => id.toLowerCase());

const name = z.string().regex(/^[\w().-]{1,90}$/, {
  error: ({ input }) => `got "${String(input)}"; accepts names of management groups, separated by commas`,
});

const oneOf = <const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number], string> =>
  z.enum(values, { error: ({ input }) => `got "${String(input)}"; accepts ${values.join(', ')}` });

const httpsUrl = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).protocol === 'https:', {
    error: ({ input }) => `got "${String(input)}"; accepts an https URL`,
  })
  .transform((text) => text.replace(/\/+$/, ''));

const flag = z
  .enum(['true', 'false'], { error: ({ input }) => `got "${String(input)}"; accepts true, false` })
  .transform((text) => text === 'true');

const seconds = z
  .string()
  .refine((text) => Number(text) > 0 && Number.isFinite(Number(text)), {
    error: ({ input }) => `got "${String(input)}"; accepts a number of seconds above 0`,
  })
  .transform(Number);

const instant = z.string().transform((text, context) => {
  const moment = parseInstant(text);
  if (moment === null) {
    context.addIssue(`got "${text}"; accepts a moment in ISO 8601, for example 2027-03-01T00:00:00Z`);
    return z.NEVER;
  }
  return moment;
});

/** Second, minute, hour, day, month, day of the week. https://learn.microsoft.com/azure/azure-functions/functions-bindings-timer#ncrontab-expressions */
const schedule = z.string().refine(isDailySchedule, {
  error: ({ input }) =>
    `got "${String(input)}"; accepts an NCRONTAB expression with six fields that fires every day, for example "0 0 * * * *"`,
});

function isDailySchedule(text: string): boolean {
  try {
    CronExpressionParser.parse(text.trim());
  } catch {
    return false;
  }
  return /^(\S+\s+){3}\*\s+\*\s+\*$/.test(text.trim());
}

const address = z.string().refine((text) => URL.canParse(text), {
  error: ({ input }) => `got "${String(input)}"; accepts the address of a storage service, https://…`,
});

/** The blobs of the state container that the monitor writes: it must not judge by what it wrote. infra/modules/storage.bicep lists the same. */
const OWN_BLOB = /^blob:(.*\/.*\.jsonl\.gz|baseline\/last-good|subscriptions\.json)$/s;

const baseline = z.string().refine((place) => !OWN_BLOB.test(place), {
  error: ({ input }) =>
    `got "${String(input)}"; accepts a path, or blob:NAME of a blob that the monitor does not write itself, for example blob:baseline.yaml`,
});

const schema = z.object({
  AKS_DRIFT_SUBSCRIPTION_IDS: list(guid).nullable().default(null),
  AKS_DRIFT_MANAGEMENT_GROUP_IDS: list(name).default([]),
  AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: list(guid).default([]),
  AKS_DRIFT_SCANS: list(oneOf(SCANS)).default([...SCANS]),
  AKS_DRIFT_CLOUD: oneOf(['AzurePublic', 'AzureUSGovernment', 'AzureChina']).default('AzurePublic'),
  AKS_DRIFT_ARM_ENDPOINT: httpsUrl.optional(),
  AKS_DRIFT_LOGS_ENDPOINT: httpsUrl.optional(),
  AKS_DRIFT_DCR_ID: z
    .string()
    .regex(/^[\w-]+$/, {
      error: ({ input }) => `got "${String(input)}"; accepts the immutable id of a data collection rule, dcr-…`,
    })
    .optional(),
  AKS_DRIFT_BASELINE: baseline.nullable().default(null),
  AKS_DRIFT_SCHEDULE_CONFIGURATION: schedule.optional(),
  AKS_DRIFT_SCHEDULE_NODE_IMAGES: schedule.optional(),
  AKS_DRIFT_SCHEDULE_CERTIFICATES: schedule.optional(),
  AKS_DRIFT_SCHEDULE_POLICY: schedule.optional(),
  AKS_DRIFT_SCHEDULE_DEFENDER: schedule.optional(),
  AKS_DRIFT_READ_CLUSTER_CA: flag.default(false),
  AKS_DRIFT_DEADLINE_SECONDS: seconds.optional(),
  AKS_DRIFT_NOW: instant.nullable().default(null),
  AKS_DRIFT_CHANGED_BY: oneOf(['off', 'pseudonym', 'name']).optional(),
  AzureWebJobsStorage: z.string().optional(),
  AzureWebJobsStorage__blobServiceUri: address.optional(),
  AzureWebJobsStorage__queueServiceUri: address.optional(),
  AzureWebJobsStorage__clientId: z.string().optional(),
  AZURE_CLIENT_ID: z.string().optional(),
  IDENTITY_ENDPOINT: z.string().optional(),
});

/** Every setting that is read; https://learn.microsoft.com/azure/azure-functions/functions-app-settings has those of the host. */
export const SETTING_NAMES: readonly string[] = Object.keys(schema.shape);

/** How to reach the account that holds the state and the queue. */
export type Storage =
  | { readonly connectionString: string }
  | {
      /** Null for a CLI that only sends to the queue. */
      readonly blobServiceUri: string | null;
      readonly queueServiceUri: string;
      readonly clientId: string | undefined;
    };

export interface Settings {
  /** Null: every subscription that the identity can read. Lower case. */
  readonly subscriptionIds: readonly string[] | null;
  readonly managementGroupIds: readonly string[];
  readonly excludedSubscriptionIds: readonly string[];
  readonly scans: readonly Scan[];
  readonly cloud: Cloud;
  readonly armEndpoint: string;
  /** Null: rows are not published. */
  readonly logs: { readonly endpoint: string; readonly dcrId: string } | null;
  /** A path or `blob:NAME`; null: the built-in defaults. */
  readonly baseline: string | null;
  readonly readClusterCa: boolean;
  /** How those who made a change are named in events. */
  readonly changedBy: 'off' | 'pseudonym' | 'name';
  readonly deadlineSeconds: number | null;
  /** Null: the real clock. */
  readonly now: Date | null;
  /** Null where nothing is stored in an account. */
  readonly storage: Storage | null;
  /** Client id of a user-assigned identity. */
  readonly clientId: string | undefined;
  /** A managed identity's endpoint is there, as on App Service and Functions. */
  readonly managedIdentity: boolean;
}

export type Host = 'functions' | 'cli';

/** The problem of those who need an account for the state and the queue. */
export const STORAGE_NOT_SET =
  'AzureWebJobsStorage: not set; accepts a connection string, or set AzureWebJobsStorage__blobServiceUri and AzureWebJobsStorage__queueServiceUri';

/** The functions' deadline: below the 30 minutes after which Flex Consumption ends an execution. https://learn.microsoft.com/azure/azure-functions/functions-scale#timeout */
const FUNCTIONS_DEADLINE_SECONDS = 1500;

/**
 * Reads the settings from the environment. An empty value counts as not set.
 * @throws ConfigError with every problem at once.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, host: Host): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const parsed = schema.safeParse(given);
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error)),
    ...unknownNames(given),
    ...crossProblems(given, host),
  ];
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError('The settings cannot be used', problems);
  }
  const values = parsed.data;
  const cloud = CLOUDS[values.AKS_DRIFT_CLOUD];
  const { AKS_DRIFT_LOGS_ENDPOINT: endpoint, AKS_DRIFT_DCR_ID: dcrId } = values;
  return {
    subscriptionIds: values.AKS_DRIFT_SUBSCRIPTION_IDS,
    managementGroupIds: values.AKS_DRIFT_MANAGEMENT_GROUP_IDS,
    excludedSubscriptionIds: values.AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS,
    scans: SCANS.filter((scan) => values.AKS_DRIFT_SCANS.includes(scan)),
    cloud,
    armEndpoint: values.AKS_DRIFT_ARM_ENDPOINT ?? cloud.armEndpoint,
    logs: endpoint !== undefined && dcrId !== undefined ? { endpoint, dcrId } : null,
    baseline: values.AKS_DRIFT_BASELINE,
    readClusterCa: values.AKS_DRIFT_READ_CLUSTER_CA,
    changedBy: values.AKS_DRIFT_CHANGED_BY ?? (host === 'functions' ? 'name' : 'off'),
    deadlineSeconds: values.AKS_DRIFT_DEADLINE_SECONDS ?? (host === 'functions' ? FUNCTIONS_DEADLINE_SECONDS : null),
    now: values.AKS_DRIFT_NOW,
    storage: storageOf(values),
    clientId: values.AZURE_CLIENT_ID,
    managedIdentity: values.IDENTITY_ENDPOINT !== undefined,
  };
}

function storageOf(values: z.infer<typeof schema>): Storage | null {
  const { AzureWebJobsStorage__blobServiceUri: blobServiceUri, AzureWebJobsStorage__queueServiceUri: queueServiceUri } =
    values;
  if (queueServiceUri !== undefined) {
    return {
      blobServiceUri: blobServiceUri ?? null,
      queueServiceUri,
      clientId: values.AzureWebJobsStorage__clientId ?? values.AZURE_CLIENT_ID,
    };
  }
  return values.AzureWebJobsStorage === undefined ? null : { connectionString: values.AzureWebJobsStorage };
}

/** A mistyped name would leave its setting at the default, which may be to scan everything. */
function unknownNames(given: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(given)
    .filter((setting) => setting.startsWith('AKS_DRIFT_') && !SETTING_NAMES.includes(setting))
    .map((setting) => `${setting}: there is no such setting; did you mean ${nearest(setting, SETTING_NAMES)}?`);
}

/** What no single setting can tell. */
function crossProblems(given: Readonly<Record<string, string | undefined>>, host: Host): string[] {
  const has = (setting: string): boolean => given[setting] !== undefined;
  const needs = (present: string, missing: string): string[] =>
    has(present) && !has(missing) ? [`${missing}: not set; must be set together with ${present}`] : [];
  const [blobs, queues] = ['AzureWebJobsStorage__blobServiceUri', 'AzureWebJobsStorage__queueServiceUri'];
  const problems = [
    ...needs('AKS_DRIFT_LOGS_ENDPOINT', 'AKS_DRIFT_DCR_ID'),
    ...needs('AKS_DRIFT_DCR_ID', 'AKS_DRIFT_LOGS_ENDPOINT'),
    ...needs(blobs, queues),
  ];
  return host === 'functions' ? [...problems, ...needs(queues, blobs), ...functionsProblems(has)] : problems;
}

function functionsProblems(has: (setting: string) => boolean): string[] {
  const problems = [];
  if (!has('AKS_DRIFT_LOGS_ENDPOINT') && !has('AKS_DRIFT_DCR_ID')) {
    problems.push(
      'AKS_DRIFT_LOGS_ENDPOINT, AKS_DRIFT_DCR_ID: not set; the functions do not scan without a place for the rows',
    );
  }
  const named = ['AzureWebJobsStorage', 'AzureWebJobsStorage__blobServiceUri', 'AzureWebJobsStorage__queueServiceUri'];
  if (!named.some(has)) {
    problems.push(STORAGE_NOT_SET);
  }
  if (has('AKS_DRIFT_NOW')) {
    problems.push('AKS_DRIFT_NOW: the functions know no clock but the real one; remove it');
  }
  return problems;
}
