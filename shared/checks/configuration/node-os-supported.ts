import { nodePoolCheck, pass } from '../../model/check';
import { judgeRetirement } from '../calendar';
import { nodePoolCommand, replaceNodePool } from '../commands';
import { shown } from '../facts';
import { isWindows, NODE_IMAGE_VERSION } from '../node-image';
import { endOfSystem } from '../operating-system';
import { missing, unknownWord } from '../unknowns';

const OS_SKU = 'properties.agentPoolProfiles[].osSKU';

export const nodeOsSupported = nodePoolCheck({
  id: 'node-os-supported',
  title: 'The operating system of the nodes is supported, for at least half a year more',
  category: 'nodes',
  severity: 'high',
  checklistItem: 'S2',
  rationale:
    'A retired operating system gets no security fixes, and when AKS deletes its images the pool can neither scale nor replace a node. Moving to another one means new nodes and tests, which take time.',
  remediation: nodePoolCommand('update', '--os-sku "<Ubuntu2404 or AzureLinux3>"'),
  references: [
    'https://learn.microsoft.com/azure/aks/upgrade-os-version',
    'https://learn.microsoft.com/azure/aks/node-images',
  ],

  evaluate({ pool }, { now }) {
    const { nodeImageVersion, osSKU } = pool;
    const observed = shown({ nodeImageVersion, osSKU });
    const end = endOfSystem(pool);
    const [property, value] = nodeImageVersion === undefined ? [OS_SKU, osSKU] : [NODE_IMAGE_VERSION, nodeImageVersion];
    if (end === 'varies' || value === undefined) {
      return missing(NODE_IMAGE_VERSION, { observed });
    }
    if (end === undefined) {
      return unknownWord(property, value, { observed });
    }
    if (end === null) {
      return pass(`No end was announced for the operating system ${value}.`, { observed });
    }
    // The OS SKU of Windows nodes cannot be changed.
    const moved = replaceNodePool('--os-type Windows --os-sku Windows2025');
    return { ...judgeRetirement(end, now, observed), ...(isWindows(pool) ? { remediation: moved } : {}) };
  },
});
