import { clusterCheck, pass } from '../../model/check';
import { choice } from '../../model/params';
import { clusterCommand } from '../commands';
import { shown } from '../facts';
import { mustBeOn } from '../switches';

export const secretStoreCsi = clusterCheck({
  id: 'secret-store-csi',
  title: 'Pods get their secrets from a secret store',
  category: 'secrets',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'A secret that is kept in Key Vault has one owner, an access log and a way to be replaced. Without a secret store secrets come with the deployments: they lie in repositories and pipelines, and in etcd for whoever may read secrets there.',
  remediation: clusterCommand('enable-addons', '--addons azure-keyvault-secrets-provider'),
  references: ['https://learn.microsoft.com/azure/aks/csi-secrets-store-driver'],
  params: {
    // What a team installs by itself leaves no trace on the cluster resource.
    otherStore: choice('', 'The secret store that the cluster uses in place of the add-on, which ARM cannot see', [
      'external-secrets',
      'key-vault-by-helm',
      'vault',
      'other',
    ]),
  },

  evaluate({ cluster }, { params: { otherStore } }) {
    const enabled = cluster.addonProfiles?.azurekeyvaultsecretsprovider?.enabled;
    const observed = shown({ enabled });
    return enabled !== true && otherStore !== ''
      ? pass(`The Key Vault secrets provider is off; the baseline declares the store ${otherStore}.`, { observed })
      : mustBeOn('The Key Vault secrets provider', enabled, observed);
  },
});
