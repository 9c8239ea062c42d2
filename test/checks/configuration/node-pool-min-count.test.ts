import { nodePoolMinCount } from '../../../shared/checks/configuration/node-pool-min-count';
import type { NodePool } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const fixed = (count: number, more: Partial<NodePool> = {}): Given => ({ pool: { count, ...more } });
const scaled = (minCount: number, count = 5): Given => ({
  pool: { enableAutoScaling: true, count, minCount, maxCount: 9 },
});
type Scale = NonNullable<NonNullable<NodePool['virtualMachinesProfile']>['scale']>;
const machines = (scale: Scale): Given => ({
  pool: { type: 'VirtualMachines', enableAutoScaling: false, virtualMachinesProfile: { scale } },
});
const says = (nodes: number, property = 'count', wanted = 2): string =>
  `The node pool has at least ${nodes} nodes (${property}); ${wanted} are wanted.`;
const MACHINES = 'virtualMachinesProfile.scale';
const NAMES = '--subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --cluster-name c1 --name pool1';

describeCheck(nodePoolMinCount, {
  pass: [
    { when: 'two nodes', given: fixed(2), says: says(2), watched: null },
    { when: 'the autoscaler keeps two', given: scaled(2), says: says(2, 'minCount') },
    {
      when: 'a user pool of Windows has three',
      given: fixed(3, { mode: 'User', osType: 'Windows' }),
      says: says(3),
    },
    {
      when: 'virtual machines of two sizes, one each',
      given: machines({
        manual: [
          { size: 'a', count: 1 },
          { size: 'b', count: 1 },
        ],
      }),
      says: says(2, MACHINES),
    },
    {
      when: 'virtual machines are scaled from two on',
      given: machines({ autoscale: [{ size: 'a', minCount: 2, maxCount: 3 }] }),
      says: says(2, MACHINES),
    },
    {
      when: 'one node is enough for the baseline',
      given: fixed(1),
      params: { minNodes: 1 },
      says: says(1, 'count', 1),
    },
    {
      when: 'the pool does not tell its mode',
      given: fixed(4, { mode: undefined } as unknown as Partial<NodePool>),
      says: says(4),
    },
  ],
  fail: [
    {
      when: 'one node, and the autoscaler was never set (APRL 005ccbbd asks for the word false)',
      given: fixed(1),
      says: says(1),
      remediation: `az aks nodepool scale ${NAMES} --node-count 2`,
      watched: null,
    },
    {
      when: 'one node and no autoscaler, on a system pool without a taint (APRL 7f7ae535 reads the minimum only)',
      given: fixed(1, { enableAutoScaling: false, nodeTaints: [] }),
      says: says(1),
    },
    {
      when: 'five nodes now, and the autoscaler may go down to one',
      given: scaled(1),
      says: says(1, 'minCount'),
      remediation: `az aks nodepool update ${NAMES} --update-cluster-autoscaler --min-count 2 --max-count "<most>"`,
    },
    {
      when: 'a user pool was scaled to nothing, on AKS Automatic',
      given: { cluster: { sku: { name: 'Automatic' } }, pool: { mode: 'User', count: 0 } },
      says: says(0),
    },
    {
      when: 'a user pool has one node (PSRule #2683 looked at the first pool only)',
      given: fixed(1, { name: 'second', mode: 'User' }),
      says: says(1),
    },
    {
      when: 'virtual machines may go down to none',
      given: machines({ autoscale: [{ size: 'a', minCount: 0, maxCount: 3 }] }),
      says: says(0, MACHINES),
      remediation: `az aks nodepool update ${NAMES} --update-cluster-autoscaler --min-count 2 --max-count "<most>"`,
    },
    {
      when: 'the baseline wants three, as PSRule AZR-000024 and AZR-000412 do',
      given: fixed(2),
      params: { minNodes: 3 },
      says: says(2, 'count', 3),
    },
  ],
  notApplicable: [
    {
      when: 'a spot pool (APRL 005ccbbd counts it)',
      given: fixed(1, { scaleSetPriority: 'Spot' }),
      says: 'No minimum is asked of a spot pool.',
    },
    {
      when: 'a Gateway pool',
      given: fixed(1, { mode: 'Gateway' }),
      says: 'No minimum is asked of a gateway pool.',
    },
    {
      when: 'the cluster is stopped',
      given: { cluster: { powerState: { code: 'Stopped' } }, pool: { count: 0 } },
      says: 'The cluster is stopped.',
      reason: 'stopped',
    },
    {
      when: 'the pool is stopped, which shows as no nodes',
      given: fixed(0, { powerState: { code: 'Stopped' } }),
      says: 'The node pool is stopped.',
      reason: 'stopped',
    },
  ],
  unknown: [
    { when: 'never set', given: {}, says: 'properties.agentPoolProfiles[].count is missing.', reason: 'notVisible' },
    {
      when: 'the autoscaler is on and tells no minimum',
      given: { pool: { enableAutoScaling: true, count: 3 } },
      says: 'properties.agentPoolProfiles[].minCount is missing.',
      reason: 'notVisible',
    },
    {
      when: 'virtual machines of one size are not counted',
      given: machines({ manual: [{ size: 'a', count: 3 }, { size: 'b' }] }),
      says: `properties.agentPoolProfiles[].${MACHINES} is missing.`,
      reason: 'notVisible',
    },
  ],
});
