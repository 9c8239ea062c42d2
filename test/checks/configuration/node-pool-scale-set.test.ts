import { nodePoolScaleSet } from '../../../shared/checks/configuration/node-pool-scale-set';
import { describeCheck } from '../../support/describe-check';

const retired = 'The pool is an availability set, a type that was retired on 2025-09-30.';

describeCheck(nodePoolScaleSet, {
  pass: [
    {
      when: 'it is a scale set',
      given: { pool: { type: 'VirtualMachineScaleSets' } },
      says: 'The pool is of the type VirtualMachineScaleSets.',
      watched: null,
    },
    {
      when: 'it holds virtual machines (PSRule AZR-000017 fails there)',
      given: { pool: { type: 'VirtualMachines' } },
      says: 'The pool is of the type VirtualMachines.',
    },
  ],
  fail: [
    { when: 'it is an availability set', given: { pool: { type: 'AvailabilitySet' } }, says: retired },
    {
      when: 'a stopped user pool is (checkov CKV_AZURE_169 looks at the first pool only)',
      given: { pool: { mode: 'User', type: 'AvailabilitySet', powerState: { code: 'Stopped' } } },
      says: retired,
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: {},
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].type is missing.',
    },
    {
      when: 'the word is not known',
      given: { pool: { type: 'BareMetal' } },
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].type is BareMetal: not known.',
    },
  ],
});
