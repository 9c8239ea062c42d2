import { etcdKms } from '../../../shared/checks/configuration/etcd-kms';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const keyId = 'https://vault1.vault.azure.net/keys/key1/00000000000000000000000000000000';
const ON = 'A key of Key Vault encrypts the secrets in etcd.';
const OFF =
  'No key of Key Vault encrypts the secrets in etcd, and stable API versions do not show keys of the platform.';
/** As preview API versions show it; the SDK does not name it. */
const platform = (infrastructureEncryption: unknown, rest: Cluster['securityProfile'] = {}): Given => ({
  cluster: {
    securityProfile: {
      ...rest,
      kubernetesResourceObjectEncryptionProfile: { infrastructureEncryption },
    } as typeof rest,
  },
});

describeCheck(etcdKms, {
  pass: [
    {
      when: 'a key of Key Vault is used',
      given: { cluster: { securityProfile: { azureKeyVaultKms: { enabled: true, keyId } } } },
      says: ON,
    },
    {
      when: 'a key of Key Vault is used in a stopped cluster: configuration is judged all the same',
      given: {
        cluster: { powerState: { code: 'Stopped' }, securityProfile: { azureKeyVaultKms: { enabled: true, keyId } } },
      },
      says: ON,
    },
    {
      when: 'the body of a preview API version shows keys of the platform',
      given: platform('Enabled'),
      says: 'A key of the platform encrypts the secrets in etcd; this feature is a preview.',
    },
    {
      when: 'keys of the platform are used, in other letters, and the key of Key Vault is off',
      given: platform('enabled', { azureKeyVaultKms: { enabled: false } }),
      says: 'A key of the platform encrypts the secrets in etcd; this feature is a preview.',
    },
    {
      when: 'both are used',
      given: platform('Enabled', { azureKeyVaultKms: { enabled: true, keyId } }),
      says: ON,
    },
    {
      when: 'a key of Key Vault is used, whatever is said of the platform',
      given: platform('Perhaps', { azureKeyVaultKms: { enabled: true, keyId } }),
      says: ON,
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: OFF,
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --enable-azure-keyvault-kms --azure-keyvault-kms-key-id "<key id>"',
    },
    { when: 'the security profile is empty', given: { cluster: { securityProfile: {} } }, says: OFF },
    {
      when: 'off, with the id of its key left over',
      given: { cluster: { securityProfile: { azureKeyVaultKms: { enabled: false, keyId } } } },
      says: OFF,
    },
    {
      when: 'only the id of a key is told',
      given: { cluster: { securityProfile: { azureKeyVaultKms: { keyId } } } },
      says: OFF,
    },
    { when: 'keys of the platform are off', given: platform('Disabled'), says: OFF },
    { when: 'nothing is said of keys of the platform', given: platform(null), says: OFF },
    {
      when: 'only the hosts of nodes are encrypted, which is another layer (kubescape calls it the fix)',
      given: { pool: { enableEncryptionAtHost: true } },
      says: OFF,
    },
    {
      when: 'never set on AKS Automatic, which does not preset it',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: OFF,
    },
  ],
  unknown: [
    {
      when: 'a word about keys of the platform is new',
      given: platform('Perhaps'),
      reason: 'invalid',
      says: 'properties.securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption is Perhaps: not known.',
    },
    {
      when: 'keys of the platform are told as a boolean',
      given: platform(true),
      reason: 'invalid',
      says: 'properties.securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption is true: not known.',
    },
  ],
});
