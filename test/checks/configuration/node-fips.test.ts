import { nodeFips } from '../../../shared/checks/configuration/node-fips';
import { describeCheck } from '../../support/describe-check';

const off = 'FIPS 140 of the nodes is off.';

describeCheck(nodeFips, {
  pass: [{ when: 'on', given: { pool: { enableFips: true } }, says: 'FIPS 140 of the nodes is on.', watched: null }],
  fail: [
    { when: 'never set', given: {}, says: off },
    { when: 'off', given: { pool: { enableFips: false } }, says: off },
    {
      when: 'off in a user pool of Windows nodes',
      given: { pool: { mode: 'User', osType: 'Windows', enableFips: false } },
      says: off,
    },
  ],
});

it('runs only where a baseline file asks for it', () => {
  expect(nodeFips.onByDefault).toBe(false);
});
