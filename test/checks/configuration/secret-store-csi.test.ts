import { secretStoreCsi } from '../../../shared/checks/configuration/secret-store-csi';
import { describeCheck } from '../../support/describe-check';

const ON = 'The Key Vault secrets provider is on.';
const OFF = 'The Key Vault secrets provider is off.';
const enabled = (value: boolean): object => ({ addonProfiles: { azurekeyvaultsecretsprovider: { enabled: value } } });

describeCheck(secretStoreCsi, {
  pass: [
    { when: 'on', given: { cluster: enabled(true) }, says: ON },
    {
      when: 'on, and the baseline declares another store beside it',
      given: { cluster: enabled(true) },
      params: { otherStore: 'vault' },
      says: ON,
    },
    {
      when: 'never set, and the baseline declares another store',
      given: {},
      params: { otherStore: 'external-secrets' },
      says: 'The Key Vault secrets provider is off; the baseline declares the store external-secrets.',
    },
    {
      when: 'off, and the baseline declares another store',
      given: { cluster: enabled(false) },
      params: { otherStore: 'vault' },
      says: 'The Key Vault secrets provider is off; the baseline declares the store vault.',
    },
    {
      when: 'on in a stopped cluster: configuration is judged all the same',
      given: { cluster: { ...enabled(true), powerState: { code: 'Stopped' } } },
      says: ON,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: OFF,
      remediation:
        'az aks enable-addons --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --addons azure-keyvault-secrets-provider',
    },
    { when: 'off', given: { cluster: enabled(false) }, says: OFF },
    {
      when: 'off, with settings left over',
      given: {
        cluster: {
          addonProfiles: { azurekeyvaultsecretsprovider: { enabled: false, config: { enablesecretrotation: 'true' } } },
        },
      },
      says: OFF,
    },
    {
      when: 'only another add-on is on',
      given: { cluster: { addonProfiles: { azurepolicy: { enabled: true } } } },
      says: OFF,
    },
    {
      when: 'never set on AKS Automatic, which is not known to preset it',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: OFF,
    },
  ],
});
