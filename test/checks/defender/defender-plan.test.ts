import { defenderPlan } from '../../../shared/checks/defender/defender-plan';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const given = (pricingTier: string): Given => ({
  defenderPlan: { pricingTier, extensions: [{ name: 'ContainerSensor', isEnabled: true }] },
});

describeCheck(defenderPlan, {
  pass: [
    {
      when: 'its tier is Standard',
      given: given('Standard'),
      says: 'Defender for Containers is on: its tier is Standard.',
      watched: null,
    },
    {
      when: 'the letter case is another',
      given: given('standard'),
      says: 'Defender for Containers is on: its tier is Standard.',
    },
    {
      when: 'no extension is listed',
      given: { defenderPlan: { pricingTier: 'Standard', extensions: [] } },
      says: 'Defender for Containers is on: its tier is Standard.',
    },
  ],
  fail: [
    {
      when: 'its tier is Free',
      given: given('Free'),
      says: 'Defender for Containers is off: its tier is Free.',
      watched: null,
    },
  ],
  unknown: [
    {
      when: 'its tier is new to us',
      given: given('Premium'),
      reason: 'invalid',
      says: 'properties.pricingTier is neither Standard nor Free: "Premium".',
    },
    {
      when: 'its tier is empty',
      given: given(''),
      reason: 'invalid',
      says: 'properties.pricingTier is neither Standard nor Free: "".',
    },
  ],
});
