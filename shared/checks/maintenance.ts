import { unknown, type Verdict } from '../model/check';
import type { Cluster } from '../model/cluster';
import type { Json } from '../model/json';
import type { Collected, MaintenanceConfiguration } from '../model/snapshot';
import { channelsOf } from './channels';

/** What times upgrades of Kubernetes, and what times new node images. https://learn.microsoft.com/azure/aks/planned-maintenance */
export const KUBERNETES_SCHEDULE = 'aksManagedAutoUpgradeSchedule';
const NODE_OS_SCHEDULE = 'aksManagedNodeOSUpgradeSchedule';

/** The longest time between two openings: the first Monday of a month may come five weeks after that of the month before. */
const LONGEST_DAYS = { daily: 1, weekly: 7, absoluteMonthly: 31, relativeMonthly: 35 };

/** Days of the longest window that is expected: what is older by more is late whatever the window. */
export const LONGEST_WINDOW = LONGEST_DAYS.relativeMonthly;

/** What a check says when only a window that nobody could read would explain the age of an image. */
export function windowsNeverRead(nodeImageVersion: string, days: number, observed: Json): Verdict {
  const message = `maintenanceConfigurations was never read, and a monthly window would explain that nodeImageVersion ${nodeImageVersion} is ${days} days old.`;
  return unknown('notVisible', message, { observed });
}

/** Days between two openings, at the longest, by the name of the schedule. */
export type Openings = Readonly<Record<string, number>>;

export function openingsOf(configurations: readonly MaintenanceConfiguration[]): Openings {
  return Object.fromEntries(
    configurations.flatMap(({ name, window }) =>
      window === null ? [] : [[name, LONGEST_DAYS[window.kind] * window.interval] as const],
    ),
  );
}

/**
 * The windows as they are, or as they were when they were last read: what cannot be read today must move no limit.
 * Null: they were never read. A check that asks for them remembers the answer as `openings`.
 */
export function lastOpenings(section: Collected<readonly MaintenanceConfiguration[]>, history: Json): Openings | null {
  const remembered = history as { readonly openings?: Openings | null } | null;
  return section.ok ? openingsOf(section.value) : (remembered?.openings ?? null);
}

/** Which schedule times new images; null: the node OS channel brings none. */
export function imageSchedule(cluster: Cluster, openings: Openings): string | null {
  const { kubernetes, nodeOs } = channelsOf(cluster);
  if (nodeOs !== 'NodeImage' && nodeOs !== 'SecurityPatch') {
    return null;
  }
  // The cluster channel node-image brings the node OS channel NodeImage with it, so that the schedule of either may be meant.
  const ofCluster = kubernetes === 'node-image' && !(NODE_OS_SCHEDULE in openings) && KUBERNETES_SCHEDULE in openings;
  return ofCluster ? KUBERNETES_SCHEDULE : NODE_OS_SCHEDULE;
}

/** Days between two openings of the window that new images wait for; 0: they wait for none. */
export function imageWindowDays(cluster: Cluster, openings: Openings): number {
  return openings[imageSchedule(cluster, openings) ?? ''] ?? 0;
}

/** Days by which windows that were refused so far may raise a limit. What files cannot hold will never be read, and counts as none. */
export function unreadWindowDays(cluster: Cluster, section: Collected<unknown>, openings: Openings | null): number {
  const mayBeThere = openings === null && !section.ok && section.unread.reason !== 'disabled';
  return mayBeThere && imageSchedule(cluster, {}) !== null ? LONGEST_WINDOW : 0;
}
