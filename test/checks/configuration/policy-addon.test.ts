import { policyAddon } from '../../../shared/checks/configuration/policy-addon';
import { describeCheck } from '../../support/describe-check';

describeCheck(policyAddon, {
  pass: [
    {
      when: 'enabled',
      given: { cluster: { addonProfiles: { azurepolicy: { enabled: true } } } },
      says: 'The Azure Policy add-on is enabled.',
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: 'The Azure Policy add-on was never enabled.' },
    {
      when: 'only other add-ons are enabled',
      given: { cluster: { addonProfiles: { omsagent: { enabled: true } } } },
      says: 'The Azure Policy add-on was never enabled.',
    },
    {
      when: 'disabled',
      given: { cluster: { addonProfiles: { azurepolicy: { enabled: false } } } },
      says: 'The Azure Policy add-on is disabled.',
    },
  ],
});
