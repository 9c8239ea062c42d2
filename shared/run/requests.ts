import { CronExpressionParser } from 'cron-parser';

import { connect, credentialOf, deadlineOf } from '../collect/azure';
import { listSubscriptions, SubscriptionsUnreadError } from '../collect/subscriptions';
import type { Settings } from '../config/settings';
import type { AksMonitorRunRow } from '../model/rows';
import type { Scan, ScanRequest } from '../model/scan';
import { failedRun } from '../publish/rows';
import type { StoredState } from '../state/store';
import { contextOf, hostedSettings, storageOf, tellingFailure, type Host } from './hosted';
import { knownSubscriptions } from './known-subscriptions';
import { queueOf, send } from './queue';
import { blobStoreOf, publisherOf, storageCredential } from './wiring';

/** For so long a subscription that is no longer listed is scanned, and fails, so that lost access is loud. */
const LOST_FOR_DAYS = 30;

const DAY = 24 * 60 * 60 * 1000;

/** Schedules with more occurrences a day are even enough for the first of them to tell the longest gap. */
const OCCURRENCES = 100;

/** A scan that is later than so many of its cadences is overdue. */
const OVERDUE_CADENCES = 2;

/**
 * Puts one message per subscription on the queue: those that are listed, and those that have a state.
 * The hourly timer also asks for the first scan of whatever has no state yet, and tells which scans are overdue.
 * @throws when the settings cannot be used, or something cannot be listed or sent; a failed run row says so.
 */
export async function requestScans(scan: Scan, host: Host): Promise<void> {
  const settings = await hostedSettings(host, { scan });
  await tellingFailure(host, { scan }, 'No scan was requested. ', () => listAndSend(scan, settings, host));
}

async function listAndSend(scan: Scan, settings: Settings, host: Host): Promise<void> {
  const now = new Date();
  const listed = await listedSubscriptions(settings);
  const storage = storageOf(settings);
  const store = blobStoreOf(storage);
  const states = await Array.fromAsync(store.list());
  const subscriptions = subscriptionsFor(scan, settings, listed, states, now);
  const known = scan === 'configuration' ? await knownSubscriptions(store, listed, states) : null;
  const requests = [
    ...subscriptions.map((subscriptionId) => ({
      ...{ scan, subscriptionId },
      ...(known === null ? {} : listingOf(subscriptionId, listed, known.newcomers, settings)),
    })),
    ...(scan === 'configuration' ? firstScans(settings, listed, states) : []),
  ].map((request): ScanRequest => ({ ...request, requestedAt: now.toISOString() }));
  await send(requests, queueOf(storage, storageCredential));
  await known?.remember();
  host.log('scans requested', { scan, messages: requests.length });
  if (scan === 'configuration') {
    await tellOverdue(settings, host, listed, states, now);
  }
}

/** The configuration scan tells of subscriptions that come and go; its scan is told what the listing said. What the settings name one by one was put there by its owner. */
function listingOf(
  id: string,
  listed: readonly string[],
  newcomers: readonly string[],
  { subscriptionIds }: Settings,
): Pick<ScanRequest, 'listing'> {
  if (!listed.includes(id)) {
    return { listing: 'missing' };
  }
  return newcomers.includes(id) && subscriptionIds?.includes(id) !== true ? { listing: 'new' } : {};
}

/** Ids of the subscriptions that the settings name, or that can be listed. @throws SubscriptionsUnreadError */
export async function listedSubscriptions(settings: Settings): Promise<string[]> {
  const azure = connect(settings, credentialOf(settings), deadlineOf(settings));
  try {
    return (await listSubscriptions(azure, settings)).map(({ id }) => id);
  } catch (error) {
    throw new SubscriptionsUnreadError(error, azure.signal);
  }
}

function subscriptionsFor(
  scan: Scan,
  settings: Settings,
  listed: readonly string[],
  states: readonly StoredState[],
  now: Date,
): string[] {
  const known = states
    .filter((state) => state.scan === scan && !listed.includes(state.subscriptionId))
    .filter(({ listedAt }) => listedAt === null || now.getTime() - listedAt.getTime() < LOST_FOR_DAYS * DAY)
    .map(({ subscriptionId }) => subscriptionId);
  // A scan that is switched off asks only for those that it still has to take leave of.
  const switchedOff = states.filter((state) => state.scan === scan).map(({ subscriptionId }) => subscriptionId);
  return settings.scans.includes(scan) ? [...listed, ...known] : switchedOff;
}

/** So that the first data of a new subscription does not wait a day. */
function firstScans(
  settings: Settings,
  listed: readonly string[],
  states: readonly StoredState[],
): Omit<ScanRequest, 'requestedAt'>[] {
  const has = new Set(states.map(({ scan, subscriptionId }) => `${scan}|${subscriptionId}`));
  return settings.scans
    .filter((scan) => scan !== 'configuration')
    .flatMap((scan) => listed.map((subscriptionId) => ({ scan, subscriptionId })))
    .filter(({ scan, subscriptionId }) => !has.has(`${scan}|${subscriptionId}`));
}

async function tellOverdue(
  settings: Settings,
  host: Host,
  listed: readonly string[],
  states: readonly StoredState[],
  now: Date,
): Promise<void> {
  const expected = states.filter(({ subscriptionId }) => listed.includes(subscriptionId));
  const rows = overdueRows(settings, host, expected, now);
  if (rows.length > 0) {
    await publisherOf(settings, credentialOf(settings), () => new Date())?.upload('AksMonitorRun_CL', rows);
  }
}

/** Silence is a row too: what should have run and did not. */
export function overdueRows(
  { scans }: Settings,
  { environment }: Pick<Host, 'environment'>,
  states: readonly StoredState[],
  now: Date,
): AksMonitorRunRow[] {
  const patience = new Map(scans.map((scan) => [scan, OVERDUE_CADENCES * cadence(scan, environment, now)]));
  return states
    .filter(({ scan, savedAt }) => now.getTime() - savedAt.getTime() > (patience.get(scan) ?? Infinity))
    .map(({ scan, subscriptionId, savedAt }) =>
      failedRun(
        'overdue',
        `The last run was saved at ${savedAt.toISOString()}.`,
        contextOf({ scan, subscriptionId, requestedAt: now.toISOString() }),
        now.toISOString(),
      ),
    );
}

/** Milliseconds between two runs of a scan, by its schedule; the longest of a day. */
function cadence(scan: Scan, environment: Host['environment'], now: Date): number {
  const schedule = environment[scheduleSetting(scan)] ?? '';
  if (schedule === '') {
    return DAY;
  }
  const occurrences = CronExpressionParser.parse(schedule, { currentDate: now, tz: 'UTC' });
  const times = Array.from({ length: OCCURRENCES }, () => occurrences.next().getTime());
  const withinADay = times.filter((time, index) => index < 2 || time - (times[0] ?? 0) <= DAY);
  return Math.max(...withinADay.slice(1).map((time, index) => time - (withinADay[index] ?? time)));
}

/** The app setting that holds a scan's schedule. */
function scheduleSetting(scan: Scan): string {
  return `AKS_DRIFT_SCHEDULE_${scan.toUpperCase().replaceAll('-', '_')}`;
}
