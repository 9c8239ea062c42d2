import { fail, nodePoolCheck, pass } from '../../model/check';
import { replaceNodePool } from '../commands';
import { shown } from '../facts';
import { missing, unknownWord } from '../unknowns';

const OS_DISK_TYPE = 'properties.agentPoolProfiles[].osDiskType';

export const ephemeralOsDisk = nodePoolCheck({
  id: 'ephemeral-os-disk',
  title: 'OS disks of nodes are ephemeral',
  category: 'reliability',
  severity: 'info',
  checklistItem: null,
  rationale:
    'An ephemeral disk lies on the host itself: nodes start and are reimaged faster, and no remote disk throttles them. It asks for a machine size with room for it.',
  remediation: replaceNodePool('--node-osdisk-type Ephemeral'),
  references: ['https://learn.microsoft.com/azure/aks/concepts-storage'],

  evaluate({ pool: { osDiskType } }) {
    const observed = shown({ osDiskType });
    switch (osDiskType) {
      case undefined:
        return missing(OS_DISK_TYPE, { observed });
      case 'Ephemeral':
        return pass('The OS disks are ephemeral.', { observed });
      case 'Managed':
        return fail('The OS disks are managed disks.', { observed });
      default:
        return unknownWord(OS_DISK_TYPE, osDiskType, { observed });
    }
  },
});
