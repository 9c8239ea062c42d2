import { z } from 'zod';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Collected, MaintenanceConfiguration, MaintenanceWindow } from '../model/snapshot';
import { armList, type Azure } from './azure';
import { attempt } from './unread';

export const MAINTENANCE_CONFIGURATIONS_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read',
    why: 'Reads when maintenance may touch a cluster.',
  },
];

/**
 * That of the SDK, which is not asked itself: it makes a date of a number and an empty window of a text, and fails without
 * a word on nulls. https://learn.microsoft.com/rest/api/aks/maintenance-configurations/list-by-managed-cluster
 */
const API_VERSION = '2026-06-01';

/** The names that AKS gives a meaning. https://learn.microsoft.com/azure/aks/planned-maintenance */
const NAMES = ['default', 'aksManagedAutoUpgradeSchedule', 'aksManagedNodeOSUpgradeSchedule'];

const interval = z.int().positive();
const monthly = z.object({ intervalMonths: interval });

type Schedule = Pick<MaintenanceWindow, 'kind' | 'interval'>;

/** "One and only one of the schedule types should be specified", says the API. */
const scheduleSchema = z
  .object({
    daily: z.object({ intervalDays: interval }).nullish(),
    weekly: z.object({ intervalWeeks: interval }).nullish(),
    absoluteMonthly: monthly.nullish(),
    relativeMonthly: monthly.nullish(),
  })
  .transform(({ daily, weekly, absoluteMonthly, relativeMonthly }, context): Schedule => {
    const [found, ...others] = [
      ...(daily ? [{ kind: 'daily' as const, interval: daily.intervalDays }] : []),
      ...(weekly ? [{ kind: 'weekly' as const, interval: weekly.intervalWeeks }] : []),
      ...(absoluteMonthly ? [{ kind: 'absoluteMonthly' as const, interval: absoluteMonthly.intervalMonths }] : []),
      ...(relativeMonthly ? [{ kind: 'relativeMonthly' as const, interval: relativeMonthly.intervalMonths }] : []),
    ];
    if (found === undefined || others.length > 0) {
      context.addIssue('Expected one known kind of schedule.');
      return z.NEVER;
    }
    return found;
  });

const windowSchema = z
  .object({ schedule: scheduleSchema, durationHours: z.number(), startDate: z.iso.date().nullish() })
  .transform(({ schedule, durationHours, startDate }): MaintenanceWindow => {
    return { ...schedule, durationHours, startsOn: startDate ?? null };
  });

const configurationSchema = z
  .object({ name: z.string().min(1), properties: z.object({ maintenanceWindow: windowSchema.nullish() }) })
  .transform(({ name, properties }): MaintenanceConfiguration => {
    return { name: knownName(name), window: properties.maintenanceWindow ?? null };
  });

/** When maintenance may touch a cluster, to the last page: one request per cluster, because no list holds those of several. */
export function maintenanceConfigurations(
  azure: Azure,
  subscriptionId: string,
): (cluster: Cluster) => Promise<Collected<readonly MaintenanceConfiguration[]>> {
  return ({ id, location }) =>
    attempt('maintenanceConfigurations', id, azure.signal, async () => {
      const send: Azure['send'] = async (request) => {
        await azure.limiter.take(subscriptionId, location);
        return azure.send(request);
      };
      const configurations = [];
      const path = `${id}/maintenanceConfigurations?api-version=${API_VERSION}`;
      for await (const body of armList({ ...azure, send }, path)) {
        configurations.push(configurationSchema.parse(body));
      }
      return configurations;
    });
}

/** Names of resources do not depend on letter case. */
function knownName(name: string): string {
  return NAMES.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
}
