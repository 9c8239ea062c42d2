import { ltsConsistency } from '../../../shared/checks/configuration/lts-consistency';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const plan = (supportPlan: string, tier?: string, more: Partial<Cluster> = {}): Given => ({
  cluster: { supportPlan, ...(tier !== undefined && { sku: { name: 'Base', tier } }), ...more },
});
const ORDINARY = 'The support plan is KubernetesOfficial, which every tier has.';
const wants = (tier: string): string =>
  `The support plan is AKSLongTermSupport, which needs the tier Premium; the tier is ${tier}.`;

describeCheck(ltsConsistency, {
  pass: [
    { when: 'never set', given: {}, says: ORDINARY, watched: null },
    { when: 'the ordinary plan in the tier Free', given: plan('KubernetesOfficial', 'Free'), says: ORDINARY },
    {
      when: 'the ordinary plan in a tier that nobody knows',
      given: plan('KubernetesOfficial', 'Gold'),
      says: ORDINARY,
    },
    {
      when: 'long-term support in the tier Premium',
      given: plan('AKSLongTermSupport', 'Premium'),
      says: 'The support plan is AKSLongTermSupport, and the tier is Premium.',
    },
    {
      when: 'Premium without the plan',
      given: plan('KubernetesOfficial', 'Premium'),
      says: 'The support plan is KubernetesOfficial, which every tier has; the tier Premium would also allow AKSLongTermSupport.',
    },
    {
      when: 'Premium, and the plan was never set',
      given: { cluster: { sku: { tier: 'Premium' } } },
      says: 'The support plan is KubernetesOfficial, which every tier has; the tier Premium would also allow AKSLongTermSupport.',
    },
    {
      when: 'AKS Automatic with the ordinary plan',
      given: { cluster: { supportPlan: 'KubernetesOfficial', sku: { name: 'Automatic', tier: 'Standard' } } },
      says: ORDINARY,
    },
  ],
  fail: [
    {
      when: 'long-term support in the tier Standard',
      given: plan('AKSLongTermSupport', 'Standard'),
      says: wants('Standard'),
    },
    { when: 'long-term support in the tier Free', given: plan('AKSLongTermSupport', 'Free'), says: wants('Free') },
    { when: 'long-term support in the old tier Paid', given: plan('AKSLongTermSupport', 'Paid'), says: wants('Paid') },
    {
      when: 'the cluster is stopped, because that is configuration',
      given: plan('AKSLongTermSupport', 'Free', { powerState: { code: 'Stopped' } }),
      says: wants('Free'),
    },
  ],
  unknown: [
    {
      when: 'long-term support, and no SKU is told',
      given: plan('AKSLongTermSupport'),
      says: 'sku.tier is missing.',
      reason: 'notVisible',
    },
    {
      when: 'long-term support on AKS Automatic, and no tier is told',
      given: { cluster: { supportPlan: 'AKSLongTermSupport', sku: { name: 'Automatic' } } },
      says: 'sku.tier is missing.',
      reason: 'notVisible',
    },
    {
      when: 'long-term support in a tier that is not known',
      given: plan('AKSLongTermSupport', 'Gold'),
      says: 'sku.tier is Gold: not known.',
      reason: 'invalid',
    },
    {
      when: 'the plan is not known',
      given: plan('Platinum', 'Premium'),
      says: 'properties.supportPlan is Platinum: not known.',
      reason: 'invalid',
    },
  ],
});
