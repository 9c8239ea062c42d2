import { skuTier } from '../../../shared/checks/configuration/sku-tier';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const sku = (tier: string, name = 'Base'): Given => ({ cluster: { sku: { name, tier } } });
const has = (tier: string): string => `The tier is ${tier}, which has an uptime guarantee`;
const FREE = 'The tier is Free, which has no uptime guarantee.';

describeCheck(skuTier, {
  pass: [
    { when: 'Standard (powerpipe #340)', given: sku('Standard'), says: `${has('Standard')}.`, watched: null },
    {
      when: 'Premium (PSRule #2202, PSRule #2214, APRL #439, APRL #441, KubeBuddy AKSDR002)',
      given: sku('Premium'),
      says: `${has('Premium')}.`,
    },
    { when: 'Paid, as Standard was called (PSRule #2065)', given: sku('Paid'), says: `${has('Paid')}.` },
    { when: 'Paid in other letters', given: sku('PAID'), says: `${has('PAID')}.` },
    {
      when: 'Standard on AKS Automatic',
      given: sku('Standard', 'Automatic'),
      says: `${has('Standard')}; AKS Automatic enforces it.`,
    },
    {
      when: 'never set on AKS Automatic',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: 'AKS Automatic enforces it.',
    },
  ],
  fail: [
    {
      when: 'Free, although its first pool has zones (azqr aks-003)',
      given: { ...sku('Free'), pool: { availabilityZones: ['1', '2', '3'] } },
      says: FREE,
    },
    { when: 'Free under the old name of the SKU', given: sku('Free', 'Basic'), says: FREE },
    { when: 'Free on AKS Automatic', given: sku('Free', 'Automatic'), says: FREE },
    {
      when: 'the cluster is stopped, because that is configuration',
      given: { cluster: { sku: { tier: 'Free' }, powerState: { code: 'Stopped' } } },
      says: FREE,
    },
  ],
  unknown: [
    { when: 'never set', given: {}, says: 'sku.tier is missing.', reason: 'notVisible' },
    {
      when: 'only the name is set',
      given: { cluster: { sku: { name: 'Base' } } },
      says: 'sku.tier is missing.',
      reason: 'notVisible',
    },
    { when: 'the tier is not known', given: sku('Gold'), says: 'sku.tier is Gold: not known.', reason: 'invalid' },
    {
      when: 'the tier is not known on AKS Automatic',
      given: sku('Gold', 'Automatic'),
      says: 'sku.tier is Gold: not known.',
      reason: 'invalid',
    },
  ],
});
