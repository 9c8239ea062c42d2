import { secretRotation } from '../../../shared/checks/configuration/secret-rotation';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const provider = (enabled: boolean, config: Readonly<Record<string, unknown>>): Given => ({
  cluster: { addonProfiles: { azurekeyvaultsecretsprovider: { enabled, config: config as Record<string, string> } } },
});
const ON = 'Automatic rotation of mounted secrets is on.';
const OFF = 'Automatic rotation of mounted secrets is off.';
const UNUSED = 'The Key Vault secrets provider is not enabled, so it mounts nothing.';

describeCheck(secretRotation, {
  pass: [
    { when: 'on', given: provider(true, { enablesecretrotation: 'true' }), says: ON },
    { when: 'on, in other letters', given: provider(true, { enablesecretrotation: 'True' }), says: ON },
    { when: 'on, as a boolean', given: provider(true, { enablesecretrotation: true }), says: ON },
  ],
  fail: [
    {
      when: 'never set',
      given: { cluster: { addonProfiles: { azurekeyvaultsecretsprovider: { enabled: true } } } },
      says: OFF,
    },
    { when: 'off', given: provider(true, { enablesecretrotation: 'False' }), says: OFF },
    { when: 'only the interval is set', given: provider(true, { rotationpollinterval: '2m' }), says: OFF },
  ],
  notApplicable: [
    { when: 'the add-on was never enabled (checkov #5454)', given: {}, says: UNUSED },
    {
      when: 'the add-on is disabled and its settings are left over',
      given: provider(false, { enablesecretrotation: 'false' }),
      says: UNUSED,
    },
  ],
});
