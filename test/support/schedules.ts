import type { MaintenanceConfiguration, MaintenanceWindow } from '../../shared/model/snapshot';

/** What times new node images, and what times upgrades of Kubernetes. */
export const NODE_OS = 'aksManagedNodeOSUpgradeSchedule';
export const KUBERNETES = 'aksManagedAutoUpgradeSchedule';

/** A maintenance configuration of eight hours. */
export function schedule(
  name: string,
  kind: MaintenanceWindow['kind'],
  interval = 1,
  startsOn: string | null = null,
): MaintenanceConfiguration {
  return { name, window: { kind, interval, durationHours: 8, startsOn } };
}
