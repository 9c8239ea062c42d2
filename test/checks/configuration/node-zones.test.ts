import { nodeZones } from '../../../shared/checks/configuration/node-zones';
import type { NodePool } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const zones = (availabilityZones: string[], more: Partial<NodePool> = {}): Given => ({
  pool: { availabilityZones, ...more },
});
const NONE = 'The node pool is in no availability zone; 2 are wanted.';

describeCheck(nodeZones, {
  pass: [
    {
      when: 'three zones',
      given: zones(['3', '1', '2']),
      says: 'The node pool is in the zones 1, 2, 3; 2 are wanted.',
      watched: null,
    },
    {
      when: 'two zones, whatever another pool has (azqr aks-003 and review-checklists 02.02.02 read the first one)',
      given: zones(['1', '2'], { mode: 'User', name: 'second' }),
      says: 'The node pool is in the zones 1, 2; 2 are wanted.',
    },
    {
      when: 'one zone, and one is enough for the baseline',
      given: zones(['1']),
      params: { minZones: 1 },
      says: 'The node pool is in the zone 1; 1 are wanted.',
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: NONE, watched: null },
    { when: 'the list is empty', given: zones([]), says: NONE },
    { when: 'one zone', given: zones(['2']), says: 'The node pool is in the zone 2; 2 are wanted.' },
    { when: 'one zone, twice', given: zones(['2', '2']), says: 'The node pool is in the zone 2; 2 are wanted.' },
    {
      when: 'two zones, and the baseline wants three',
      given: zones(['1', '2']),
      params: { minZones: 3 },
      says: 'The node pool is in the zones 1, 2; 3 are wanted.',
    },
    { when: 'an availability set, which has no zones', given: { pool: { type: 'AvailabilitySet' } }, says: NONE },
    {
      when: 'a stopped Gateway pool on AKS Automatic, because that is configuration',
      given: {
        cluster: { sku: { name: 'Automatic' } },
        pool: { mode: 'Gateway', powerState: { code: 'Stopped' } },
      },
      says: NONE,
    },
    { when: 'a Windows pool', given: { pool: { osType: 'Windows' } }, says: NONE },
  ],
});
