import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { days } from '../../model/params';
import { upgradesKubernetes, withChannels } from '../channels';
import { dayOf } from '../facts';
import { imageSchedule, KUBERNETES_SCHEDULE, openingsOf } from '../maintenance';

/** @param verb `add` or `update`. */
function weekly(verb: string, schedule: string): string {
  return `az aks maintenanceconfiguration ${verb} --subscription {subscriptionId} --resource-group {resourceGroup} --cluster-name {cluster} --name ${schedule} --schedule-type Weekly --day-of-week Sunday --interval-weeks 1 --start-time 00:00 --duration 8`;
}

export const maintenanceWindow = clusterCheck({
  id: 'maintenance-window',
  title: 'Automatic upgrades have maintenance windows that open often enough',
  category: 'lifecycle',
  severity: 'low',
  checklistItem: 'S10',
  rationale:
    'Without a window an upgrade drains nodes at whatever hour it comes, until somebody switches the channel off. A window that opens too rarely keeps security fixes waiting.',
  remediation: weekly('add', '"<schedule>"'),
  references: ['https://learn.microsoft.com/azure/aks/planned-maintenance'],
  needs: ['maintenanceConfigurations'],
  params: { nodeOsDays: days(28, 'the longest time between two windows for node images', { min: 1, max: 366 }) },

  evaluate({ cluster, maintenanceConfigurations }, { params: { nodeOsDays }, now }) {
    return withChannels(cluster, (channels) => {
      const openings = openingsOf(maintenanceConfigurations);
      const said = { observed: { ...channels, daysBetweenOpenings: openings }, watched: openings };
      const starts = new Map(maintenanceConfigurations.map(({ name, window }) => [name, window?.startsOn ?? '']));
      const imageName = imageSchedule(cluster, openings);
      const schedules = [
        ...(upgradesKubernetes(channels) ? [{ name: KUBERNETES_SCHEDULE, limit: Infinity }] : []),
        ...(imageName === null ? [] : [{ name: imageName, limit: nodeOsDays }]),
      ].map((each) => ({ ...each, days: openings[each.name], startsOn: starts.get(each.name) ?? '' }));
      if (schedules.length === 0) {
        return notApplicable('No channel is on whose upgrades a window could time.', said);
      }
      const faults = schedules.flatMap((schedule) => faultOf(schedule, dayOf(now)));
      if (faults.length === 0) {
        const found = schedules.map(({ name, days = 0 }) => `${name} opens every ${days} days`);
        return pass(`${found.join(', ')}.`, said);
      }
      const remediation = faults.map(({ command }) => command).join(' && ');
      // What only has to begin is mended by time alone.
      const ends = faults.map(({ endsOn }) => endsOn).toSorted();
      const dueOn = ends.includes('') ? {} : { dueOn: `${ends.at(-1) ?? ''}T00:00:00.000Z` };
      return fail(`${faults.map(({ says }) => says).join('; ')}.`, { ...said, ...dueOn, remediation });
    });
  },
});

interface Schedule {
  readonly name: string;
  /** Days that may lie between two openings, and those that do; undefined: it is not set. */
  readonly limit: number;
  readonly days: number | undefined;
  /** Empty: it counts at once. */
  readonly startsOn: string;
}

interface Fault {
  readonly says: string;
  readonly command: string;
  /** The day on which it ends by itself; empty: it does not. */
  readonly endsOn: string;
}

function faultOf({ name, limit, days, startsOn }: Schedule, today: string): Fault[] {
  if (days === undefined) {
    return [{ says: `${name} is not set`, command: weekly('add', name), endsOn: '' }];
  }
  const command = weekly('update', name);
  if (days > limit) {
    return [{ says: `${name} opens every ${days} days, and ${limit} are allowed`, command, endsOn: '' }];
  }
  return startsOn > today ? [{ says: `${name} does not count before ${startsOn}`, command, endsOn: startsOn }] : [];
}
