import { clusterCheck } from '../../model/check';
import { newCluster } from '../commands';
import { shown } from '../facts';
import { mustBeOn } from '../switches';

export const diskCmk = clusterCheck({
  id: 'disk-cmk',
  title: 'Disks of nodes are encrypted with a customer-managed key',
  category: 'secrets',
  severity: 'low',
  checklistItem: null,
  rationale:
    'All disks are encrypted with keys of the platform. With a disk encryption set you hold the key: you can rotate it, prove who used it, and make every disk unreadable by withdrawing it. Some regulations ask for that; it is also one more thing whose loss stops the cluster.',
  remediation: newCluster('--node-osdisk-diskencryptionset-id "<disk encryption set id>"'),
  references: ['https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys'],
  onByDefault: false,

  evaluate({ cluster: { diskEncryptionSetID } }) {
    const isSet = diskEncryptionSetID !== undefined && diskEncryptionSetID.trim() !== '';
    return mustBeOn('Encryption of disks with a customer-managed key', isSet, shown({ diskEncryptionSetID }));
  },
});
