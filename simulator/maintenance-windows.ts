import type { ArmBody } from './world';

/** The days of the two windows of a generated cluster; the names are those that AKS knows. https://learn.microsoft.com/azure/aks/planned-maintenance */
const DAYS = { aksManagedAutoUpgradeSchedule: 'Saturday', aksManagedNodeOSUpgradeSchedule: 'Sunday' };

/** Maintenance configurations that let a cluster be upgraded, and its nodes patched, once a week. */
export function weeklyWindows(clusterId: string): ArmBody[] {
  return Object.entries(DAYS).map(([name, dayOfWeek]) => ({
    id: `${clusterId}/maintenanceConfigurations/${name}`,
    name,
    properties: {
      maintenanceWindow: {
        schedule: { weekly: { intervalWeeks: 1, dayOfWeek } },
        durationHours: 8,
        utcOffset: '+00:00',
        startDate: '2025-01-01',
        startTime: '00:00',
      },
    },
  }));
}
