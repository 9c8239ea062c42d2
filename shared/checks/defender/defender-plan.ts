import { fail, pass, subscriptionCheck, unknown } from '../../model/check';

export const defenderPlan = subscriptionCheck({
  id: 'defender-plan',
  title: 'The subscription has the plan Defender for Containers',
  category: 'scanning',
  severity: 'high',
  checklistItem: 'S11',
  rationale:
    'Without the plan nothing scans the images that clusters run, and nobody is told of attacks on nodes and control planes. The old plans for Kubernetes and registries do not replace it.',
  remediation: 'az security pricing create --subscription {subscriptionId} --name Containers --tier Standard',
  references: ['https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction'],
  needs: ['defenderPlan'],

  evaluate({ defenderPlan: { pricingTier, extensions } }) {
    const said = { observed: { pricingTier, extensions } };
    switch (pricingTier.toLowerCase()) {
      case 'standard':
        return pass('Defender for Containers is on: its tier is Standard.', said);
      case 'free':
        return fail('Defender for Containers is off: its tier is Free.', said);
      default:
        return unknown('invalid', `properties.pricingTier is neither Standard nor Free: "${pricingTier}".`, said);
    }
  },
});
