import { clusterCheck, fail, pass, unknown } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';

/** What only preview API versions show, so that the SDK does not name it. https://learn.microsoft.com/azure/aks/kms-data-encryption */
interface Preview {
  readonly kubernetesResourceObjectEncryptionProfile?: { readonly infrastructureEncryption?: string | boolean | null };
}

const PREVIEW = 'kubernetesResourceObjectEncryptionProfile.infrastructureEncryption';
const NONE =
  'No key of Key Vault encrypts the secrets in etcd, and stable API versions do not show keys of the platform.';

export const etcdKms = clusterCheck({
  id: 'etcd-kms',
  title: 'Kubernetes secrets are encrypted in etcd with a key of a key management service',
  category: 'secrets',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'Kubernetes stores secrets in etcd as they are; Azure encrypts only the disk below it. With a key of your own in Key Vault a copy of etcd is worth nothing, and you can withdraw the key. Secrets that exist already are encrypted only when they are written again.',
  remediation: update('--enable-azure-keyvault-kms --azure-keyvault-kms-key-id "<key id>"'),
  references: [
    'https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption',
    'https://learn.microsoft.com/azure/aks/kms-data-encryption',
  ],

  evaluate({ cluster }) {
    const { azureKeyVaultKms: kms, ...rest } = cluster.securityProfile ?? {};
    const { enabled, keyId, keyVaultNetworkAccess } = kms ?? {};
    const platform = (rest as Preview).kubernetesResourceObjectEncryptionProfile?.infrastructureEncryption;
    const said = { observed: shown({ enabled, keyId, keyVaultNetworkAccess, infrastructureEncryption: platform }) };
    if (enabled === true) {
      return pass('A key of Key Vault encrypts the secrets in etcd.', said);
    }
    const word = String(platform ?? 'Disabled');
    switch (word.toLowerCase()) {
      case 'enabled':
        return pass('A key of the platform encrypts the secrets in etcd; this feature is a preview.', said);
      case 'disabled':
        return fail(NONE, said);
      default:
        return unknown('invalid', `properties.securityProfile.${PREVIEW} is ${word}: not known.`, said);
    }
  },
});
