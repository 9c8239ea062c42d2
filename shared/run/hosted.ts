import { z } from 'zod';

import { connect, credentialOf, deadlineOf } from '../collect/azure';
import { listSubscriptions } from '../collect/subscriptions';
import { ConfigError, problemsOf } from '../config/problems';
import { readSettings, STORAGE_NOT_SET, type Settings, type Storage } from '../config/settings';
import { SCANS, SUBSCRIPTION_LISTINGS, type ScanRequest } from '../model/scan';
import { failedRun, type RunRowContext } from '../publish/rows';
import { CONFIRM_AFTER_MILLISECONDS } from './confirm';
import type { ScanOutcome } from './report';
import { runIdOf, scanSubscription } from './scan';
import { MONITOR_VERSION } from './version';
import { blobStoreOf, loadBaseline, publisherOf } from './wiring';

/** What the functions are given by their host. */
export interface Host {
  /** App settings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A fixed message and what belongs to it. */
  readonly log: (message: string, details: object) => void;
}

const requestSchema = z.object({
  scan: z.enum(SCANS),
  subscriptionId: z.guid().transform((id) => id.toLowerCase()),
  requestedAt: z.iso.datetime({ offset: true }),
  listing: z.enum(SUBSCRIPTION_LISTINGS).optional(),
});

const clock = (): Date => new Date();

/** @throws ConfigError when a message is no request. */
function parseRequest(message: unknown): ScanRequest {
  const parsed = requestSchema.safeParse(message);
  if (!parsed.success) {
    throw new ConfigError('A message on scan-requests is no scan request', problemsOf(parsed.error));
  }
  return parsed.data;
}

/**
 * Reads the settings for one invocation. Wrong settings are told in the tables as far as they let us.
 * @throws ConfigError with every problem at once.
 */
export async function hostedSettings(host: Host, request: Partial<ScanRequest>): Promise<Settings> {
  return tellingFailure(host, request, '', () => Promise.resolve(readSettings(host.environment, 'functions')));
}

/** Does a piece of work; when it fails, the tables say so too. @throws what the work throws. */
export async function tellingFailure<T>(
  host: Host,
  request: Partial<ScanRequest>,
  introduction: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await reportFailure(host, request, `${introduction}${error instanceof Error ? error.message : String(error)}`);
    throw error;
  }
}

/** Runs the scan that a message asks for. A scan that fails has written its row and is done; only what nobody foresaw throws. */
export async function runScan(message: unknown, host: Host): Promise<ScanOutcome> {
  const request = parseRequest(message);
  const settings = await hostedSettings(host, request);
  const credential = credentialOf(settings);
  const loaded = await tellingFailure(host, request, '', () => loadBaseline(settings));
  const outcome = await scanSubscription(
    {
      request,
      subscriptionName: null,
      input: null,
      clusterNames: null,
      retire: await isSwitchedOff(request, settings),
    },
    {
      ...{ settings, credential, clock, ...loaded },
      ...{ store: blobStoreOf(storageOf(settings)), publisher: publisherOf(settings, credential, clock) },
      ...{ keepsState: true, asOf: null, observer: null, confirmAfter: CONFIRM_AFTER_MILLISECONDS },
    },
  );
  host.log('scan finished', { ...outcome, failure: outcome.failure?.message ?? null });
  return outcome;
}

/** The account of the state and the queue; the settings of the functions always name one. @throws ConfigError */
export function storageOf({ storage }: Settings): Storage {
  if (storage === null) {
    throw new ConfigError('The settings cannot be used', [STORAGE_NOT_SET]);
  }
  return storage;
}

/** The settings name neither the scan nor the subscription any more: one last run takes leave of what is known. */
async function isSwitchedOff({ scan, subscriptionId }: ScanRequest, settings: Settings): Promise<boolean> {
  if (!settings.scans.includes(scan) || settings.excludedSubscriptionIds.includes(subscriptionId)) {
    return true;
  }
  if (settings.subscriptionIds === null && settings.managementGroupIds.length === 0) {
    return false;
  }
  if (settings.subscriptionIds?.includes(subscriptionId) === true) {
    return false;
  }
  if (settings.managementGroupIds.length === 0) {
    return true;
  }
  const azure = connect(settings, credentialOf(settings), deadlineOf(settings));
  try {
    const named = await listSubscriptions(azure, settings);
    return !named.some(({ id }) => id === subscriptionId);
  } catch {
    // A management group that cannot be read takes nobody's leave.
    return false;
  }
}

/** Writes a failed run row for a message that was given up. */
export async function reportFailedScan(message: unknown, host: Host): Promise<void> {
  const parsed = requestSchema.safeParse(message);
  const request = parsed.success ? parsed.data : {};
  const shown = parsed.success ? '' : ` The message was no scan request: ${problemsOf(parsed.error).join('; ')}`;
  await reportFailure(host, request, `The scan was started several times and never came to its end.${shown}`);
}

/** Tells of a failure with as many of the settings as can be used. Never throws. */
async function reportFailure(host: Host, request: Partial<ScanRequest>, message: string): Promise<void> {
  host.log('scan failed', { ...request, message });
  try {
    const settings = readSettings(settingsForRows(host.environment), 'cli');
    const publisher = publisherOf(settings, credentialOf(settings), clock);
    await publisher?.upload('AksMonitorRun_CL', [
      failedRun('failed', message, contextOf(request), clock().toISOString()),
    ]);
  } catch (error) {
    host.log('the failure could not be published', { message: error instanceof Error ? error.message : String(error) });
  }
}

/** What a row about a run needs when no scan ran. */
export function contextOf({ scan, subscriptionId, requestedAt }: Partial<ScanRequest>): RunRowContext {
  const isWhole = scan !== undefined && subscriptionId !== undefined && requestedAt !== undefined;
  return {
    runId: isWhole ? runIdOf({ scan, subscriptionId, requestedAt }) : null,
    scan: scan ?? null,
    subscriptionId: subscriptionId ?? null,
    baselineHash: null,
    monitorVersion: MONITOR_VERSION,
  };
}

/** Only these decide where rows go; the others may be wrong. */
function settingsForRows(environment: Host['environment']): Record<string, string | undefined> {
  const names = [
    'AKS_DRIFT_CLOUD',
    'AKS_DRIFT_LOGS_ENDPOINT',
    'AKS_DRIFT_DCR_ID',
    'AZURE_CLIENT_ID',
    'IDENTITY_ENDPOINT',
  ];
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}
