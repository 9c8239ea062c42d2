import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { ROTATE_CERTIFICATES, update } from '../commands';
import { hasEntra, isAutomatic, shown } from '../facts';
import { sayPreset } from '../switches';

export const localAccountsDisabled = clusterCheck({
  id: 'local-accounts-disabled',
  title: 'Local accounts are disabled',
  category: 'identity',
  severity: 'high',
  checklistItem: 'S4',
  rationale:
    'The certificate of a local account makes whoever holds it cluster administrator: Entra ID and conditional access are bypassed, and the audit log names nobody.',
  // Certificates that were handed out before stay valid until the rotation.
  remediation: `${update('--disable-local-accounts')} && ${ROTATE_CERTIFICATES}`,
  references: ['https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad'],

  evaluate({ cluster }) {
    const { disableLocalAccounts } = cluster;
    const said = { observed: shown({ disableLocalAccounts }) };
    if (!hasEntra(cluster)) {
      return notApplicable('Entra ID must be integrated first: without it local accounts are the only way in.', said);
    }
    if (disableLocalAccounts === true) {
      return pass(sayPreset(cluster, 'Local accounts are disabled'), said);
    }
    // Absent means enabled: the service leaves the property out unless it was set.
    return isAutomatic(cluster) && disableLocalAccounts === undefined
      ? pass('AKS Automatic enforces it.', said)
      : fail('Local accounts are enabled.', said);
  },
});
