import { clusterCheck, fail, pass } from '../../model/check';
import { days } from '../../model/params';
import { clusterCommand } from '../commands';
import { DAY, dayOf, isoAfter, shown, wholeDays } from '../facts';
import { sinceWhen } from '../since';
import { unknownWord } from '../unknowns';

export const powerState = clusterCheck({
  id: 'power-state',
  title: 'The cluster was not stopped so long that its state is lost',
  category: 'lifecycle',
  severity: 'info',
  checklistItem: null,
  rationale:
    'A stopped cluster keeps its state for 12 months, and cannot be started after that. Meanwhile it takes no upgrades, so that it comes back with old images.',
  remediation: clusterCommand('start'),
  references: ['https://learn.microsoft.com/azure/aks/start-stop-cluster'],
  params: { maxDays: days(300, 'how long a cluster may be stopped', { min: 1, max: 365 }) },

  evaluate({ cluster, history }, { params: { maxDays }, now }) {
    const state = cluster.powerState?.code;
    const observed = shown({ powerState: state });
    switch (state) {
      case 'Running':
        return pass('The cluster is running.', { observed });
      case 'Stopped': {
        const since = sinceWhen(state, history, now);
        const days = wholeDays(since, now);
        const message = `The cluster has been stopped since ${dayOf(since)} or longer, for ${days} days; the limit is ${maxDays} days.`;
        const said = { observed, remember: { state, since: since.toISOString() } };
        return days > maxDays
          ? fail(message, { ...said, severity: 'medium' })
          : pass(message, { ...said, dueOn: isoAfter(since, (maxDays + 1) * DAY) });
      }
      case undefined:
      default:
        return unknownWord('properties.powerState.code', state, { observed });
    }
  },
});
