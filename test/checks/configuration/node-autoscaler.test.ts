import { nodeAutoscaler } from '../../../shared/checks/configuration/node-autoscaler';
import { describeCheck } from '../../support/describe-check';

const ON = 'The cluster autoscaler is on.';
const OFF = 'The cluster autoscaler is off.';
const machines = { type: 'VirtualMachines', enableAutoScaling: false };

describeCheck(nodeAutoscaler, {
  pass: [
    { when: 'on', given: { pool: { enableAutoScaling: true } }, says: ON, watched: null },
    { when: 'on, on a spot pool', given: { pool: { enableAutoScaling: true, scaleSetPriority: 'Spot' } }, says: ON },
    {
      when: 'a pool of virtual machines has a profile for it',
      given: {
        pool: {
          ...machines,
          virtualMachinesProfile: { scale: { autoscale: [{ size: 's', minCount: 0, maxCount: 3 }] } },
        },
      },
      says: ON,
    },
  ],
  fail: [
    { when: 'never set (APRL 902c82ff asks for the word false)', given: {}, says: OFF, watched: null },
    { when: 'off', given: { pool: { enableAutoScaling: false } }, says: OFF },
    {
      when: 'a later pool has it off (APRL 902c82ff reads the first one)',
      given: { pool: { name: 'second', mode: 'User', enableAutoScaling: false } },
      says: OFF,
    },
    {
      when: 'a pool of virtual machines is sized by hand',
      given: { pool: { ...machines, virtualMachinesProfile: { scale: { manual: [{ size: 's', count: 3 }] } } } },
      says: OFF,
    },
    {
      when: 'a stopped Windows pool, because that is configuration',
      given: { pool: { osType: 'Windows', powerState: { code: 'Stopped' } } },
      says: OFF,
    },
    {
      when: 'nodes are not provisioned automatically',
      given: { cluster: { nodeProvisioningProfile: { mode: 'Manual' } } },
      says: OFF,
    },
    {
      when: 'the mode of node provisioning is not known',
      given: { cluster: { nodeProvisioningProfile: { mode: 'Magic' } } },
      says: OFF,
    },
  ],
  notApplicable: [
    {
      when: 'a Gateway pool',
      given: { pool: { mode: 'Gateway' } },
      says: 'The nodes of a gateway pool share one prefix of addresses: it cannot be scaled automatically.',
    },
    {
      when: 'nodes are provisioned automatically, as on AKS Automatic',
      given: { cluster: { sku: { name: 'Automatic' }, nodeProvisioningProfile: { mode: 'Auto' } } },
      says: 'Node auto-provisioning adds and removes nodes in place of the cluster autoscaler.',
    },
  ],
});
