import { maxPods } from '../../../shared/checks/configuration/max-pods';
import { describeCheck } from '../../support/describe-check';

const says = (most: number, minimum = 50): string => `A node can run ${most} pods; ${minimum} are asked for.`;

describeCheck(maxPods, {
  pass: [
    { when: 'more are possible', given: { pool: { maxPods: 110 } }, says: says(110), watched: null },
    { when: 'just as many are', given: { pool: { maxPods: 50 } }, says: says(50) },
    { when: 'fewer are asked for', given: { pool: { maxPods: 30 } }, params: { minimum: 30 }, says: says(30, 30) },
  ],
  fail: [
    { when: 'one is wanting', given: { pool: { maxPods: 49 } }, says: says(49) },
    {
      when: 'many are wanting in a user pool of Windows nodes (checkov CKV_AZURE_168 looks at the first pool only)',
      given: { pool: { mode: 'User', osType: 'Windows', maxPods: 30 } },
      says: says(30),
    },
    { when: 'more are asked for', given: { pool: { maxPods: 110 } }, params: { minimum: 200 }, says: says(110, 200) },
  ],
  unknown: [
    { when: 'never set', given: {}, reason: 'notVisible', says: 'properties.agentPoolProfiles[].maxPods is missing.' },
  ],
});
