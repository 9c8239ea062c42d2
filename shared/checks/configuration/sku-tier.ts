import { clusterCheck, fail, pass } from '../../model/check';
import { update } from '../commands';
import { isAutomatic, shown, tierOf } from '../facts';
import { sayPreset } from '../switches';
import { unknownWord } from '../unknowns';

export const skuTier = clusterCheck({
  id: 'sku-tier',
  title: 'The control plane has an uptime guarantee',
  category: 'lifecycle',
  severity: 'medium',
  checklistItem: null,
  rationale:
    'In the tier Free nobody promises that the API server answers, and it takes fewer requests. Without it no pod is moved off a broken node and nothing scales.',
  remediation: update('--tier standard'),
  references: ['https://learn.microsoft.com/azure/aks/free-standard-pricing-tiers'],

  evaluate({ cluster }) {
    const tier = cluster.sku?.tier;
    const observed = shown({ tier });
    switch (tierOf(cluster)) {
      case 'standard':
      case 'premium':
        return pass(sayPreset(cluster, `The tier is ${tier}, which has an uptime guarantee`), { observed });
      case 'free':
        return fail('The tier is Free, which has no uptime guarantee.', { observed });
      case undefined:
      default:
        return tier === undefined && isAutomatic(cluster)
          ? pass('AKS Automatic enforces it.', { observed })
          : unknownWord('sku.tier', tier, { observed });
    }
  },
});
