import { nodePoolCheck } from '../../model/check';
import { replaceNodePool } from '../commands';
import { shown } from '../facts';
import { mustBeOn } from '../switches';

export const encryptionAtHost = nodePoolCheck({
  id: 'encryption-at-host',
  title: 'Node pools are encrypted at host',
  category: 'secrets',
  severity: 'medium',
  checklistItem: 'S2',
  rationale:
    'Managed disks are encrypted where they are stored. Temporary disks, ephemeral OS disks and the caches of disks lie on the host in plain text, with container layers and mounted secrets on them, unless the host encrypts them too.',
  // It needs a size of machine that supports it, and cannot be switched on for a pool that exists.
  remediation: replaceNodePool('--enable-encryption-at-host'),
  references: ['https://learn.microsoft.com/azure/aks/enable-host-encryption'],

  evaluate({ pool: { enableEncryptionAtHost } }) {
    return mustBeOn('Encryption at host', enableEncryptionAtHost, shown({ enableEncryptionAtHost }));
  },
});
