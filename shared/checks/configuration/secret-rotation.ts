import { clusterCheck, fail, notApplicable, pass } from '../../model/check';

export const secretRotation = clusterCheck({
  id: 'secret-rotation',
  title: 'Secrets mounted from Key Vault are rotated automatically',
  category: 'secrets',
  severity: 'medium',
  checklistItem: 'S5',
  rationale:
    'Without rotation pods keep the secret that was mounted when they started. A secret that was replaced in Key Vault because it leaked then stays in use.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --enable-secret-rotation',
  references: ['https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options'],

  evaluate({ cluster }) {
    const addon = cluster.addonProfiles?.azurekeyvaultsecretsprovider;
    const rotation = addon?.config?.enablesecretrotation;
    const observed = { enabled: addon?.enabled ?? null, enableSecretRotation: rotation ?? null };
    if (addon?.enabled !== true) {
      return notApplicable('The Key Vault secrets provider is not enabled, so it mounts nothing.', { observed });
    }
    // Settings of add-ons are strings; where one came as a boolean, that is as good.
    return String(rotation).toLowerCase() === 'true'
      ? pass('Automatic rotation of mounted secrets is on.', { observed })
      : fail('Automatic rotation of mounted secrets is off.', { observed });
  },
});
