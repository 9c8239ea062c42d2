import { clusterCheck, notApplicable } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { mustBeOn, says } from '../switches';

export const secretRotation = clusterCheck({
  id: 'secret-rotation',
  title: 'Secrets mounted from Key Vault are rotated automatically',
  category: 'secrets',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'Without rotation pods keep the secret that was mounted when they started. A secret that was replaced in Key Vault because it leaked then stays in use.',
  remediation: update('--enable-secret-rotation'),
  references: ['https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options'],

  evaluate({ cluster }) {
    const addon = cluster.addonProfiles?.azurekeyvaultsecretsprovider;
    const rotation = addon?.config?.enablesecretrotation;
    const observed = shown({ enabled: addon?.enabled, enableSecretRotation: rotation });
    if (addon?.enabled !== true) {
      return notApplicable('The Key Vault secrets provider is not enabled, so it mounts nothing.', { observed });
    }
    return mustBeOn('Automatic rotation of mounted secrets', says(rotation, 'true'), observed);
  },
});
