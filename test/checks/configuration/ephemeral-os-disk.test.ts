import { ephemeralOsDisk } from '../../../shared/checks/configuration/ephemeral-os-disk';
import { describeCheck } from '../../support/describe-check';

describeCheck(ephemeralOsDisk, {
  pass: [
    {
      when: 'they are ephemeral',
      given: { pool: { osDiskType: 'Ephemeral' } },
      says: 'The OS disks are ephemeral.',
      watched: null,
    },
  ],
  fail: [
    { when: 'they are managed', given: { pool: { osDiskType: 'Managed' } }, says: 'The OS disks are managed disks.' },
    {
      when: 'they are managed in a gateway pool of a stopped cluster',
      given: { pool: { mode: 'Gateway', osDiskType: 'Managed' }, cluster: { powerState: { code: 'Stopped' } } },
      says: 'The OS disks are managed disks.',
    },
  ],
  unknown: [
    {
      when: 'never set: the service chooses by the size of the machine',
      given: {},
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].osDiskType is missing.',
    },
    {
      when: 'the word is not known',
      given: { pool: { osDiskType: 'Nvme' } },
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].osDiskType is Nvme: not known.',
    },
  ],
});
