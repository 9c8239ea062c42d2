import { clusterCheck, fail, pass } from '../../model/check';
import { update } from '../commands';
import { shown, tierOf } from '../facts';
import { supportPlanOf } from '../kubernetes-version';
import { unknownWord } from '../unknowns';

export const ltsConsistency = clusterCheck({
  id: 'lts-consistency',
  title: 'Long-term support comes with the Premium tier that it needs',
  category: 'lifecycle',
  severity: 'medium',
  checklistItem: 'S10',
  rationale:
    'Security fixes of the second year come only to clusters that have the plan AKSLongTermSupport and the tier Premium. With the plan alone an old version looks supported and is not.',
  remediation: update('--tier premium --k8s-support-plan AKSLongTermSupport'),
  references: ['https://learn.microsoft.com/azure/aks/long-term-support'],

  evaluate({ cluster }) {
    const plan = supportPlanOf(cluster);
    const tier = cluster.sku?.tier;
    const observed = shown({ supportPlan: cluster.supportPlan, tier });
    if (plan === 'KubernetesOfficial') {
      const unused = tier === 'Premium' ? '; the tier Premium would also allow AKSLongTermSupport' : '';
      return pass(`The support plan is ${plan}, which every tier has${unused}.`, { observed });
    }
    if (plan !== 'AKSLongTermSupport') {
      return unknownWord('properties.supportPlan', plan, { observed });
    }
    switch (tierOf(cluster)) {
      case 'premium':
        return pass(`The support plan is ${plan}, and the tier is Premium.`, { observed });
      case 'free':
      case 'standard':
        return fail(`The support plan is ${plan}, which needs the tier Premium; the tier is ${tier}.`, { observed });
      case undefined:
      default:
        return unknownWord('sku.tier', tier, { observed });
    }
  },
});
