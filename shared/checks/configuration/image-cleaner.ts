import { clusterCheck } from '../../model/check';
import { update } from '../commands';
import { shown } from '../facts';
import { mustBeOnUnlessPreset } from '../switches';

export const imageCleaner = clusterCheck({
  id: 'image-cleaner',
  title: 'Image Cleaner removes unused images from the nodes',
  category: 'scanning',
  severity: 'low',
  checklistItem: 'S11',
  rationale:
    'Images stay on a node after the last pod that used them, with all flaws that become known later. A pod can still be started from them without a pull, and scanners report them again and again.',
  remediation: update('--enable-image-cleaner --image-cleaner-interval-hours 48'),
  references: ['https://learn.microsoft.com/azure/aks/image-cleaner'],

  evaluate({ cluster }) {
    const { enabled, intervalHours } = cluster.securityProfile?.imageCleaner ?? {};
    return mustBeOnUnlessPreset(cluster, 'Image Cleaner', enabled, shown({ enabled, intervalHours }));
  },
});
