import { fail, nodePoolCheck, pass } from '../../model/check';
import { count } from '../../model/params';
import { replaceNodePool } from '../commands';

export const nodeZones = nodePoolCheck({
  id: 'node-zones',
  title: 'Node pools are spread over availability zones',
  category: 'reliability',
  severity: 'info',
  checklistItem: null,
  onByDefault: false,
  rationale:
    'When a data center fails, a pool in one zone fails with it. Zones are chosen when the pool is made, in regions and for machine sizes that have them.',
  remediation: replaceNodePool('--zones 1 2 3'),
  references: ['https://learn.microsoft.com/azure/aks/availability-zones-overview'],
  params: { minZones: count(2, 'Zones over which a pool is spread', { min: 1, max: 3, stricter: 'higher' }) },

  evaluate({ pool: { availabilityZones = [] } }, { params: { minZones } }) {
    const zones = [...new Set(availabilityZones)].sort();
    const found =
      zones.length === 0 ? 'no availability zone' : `the zone${zones.length === 1 ? '' : 's'} ${zones.join(', ')}`;
    const message = `The node pool is in ${found}; ${minZones} are wanted.`;
    return zones.length < minZones ? fail(message, { observed: zones }) : pass(message, { observed: zones });
  },
});
