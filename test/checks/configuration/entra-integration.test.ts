import { entraIntegration } from '../../../shared/checks/configuration/entra-integration';
import { describeCheck } from '../../support/describe-check';

const automatic = { sku: { name: 'Automatic' } };
const LEGACY = 'Microsoft Entra ID is integrated in the legacy way, with applications of its own.';
const MANAGED = 'Microsoft Entra ID is integrated in the managed way.';
const NONE = 'Microsoft Entra ID is not integrated.';
const ENFORCED = 'Microsoft Entra ID is integrated; AKS Automatic enforces it.';

describeCheck(entraIntegration, {
  pass: [
    { when: 'managed', given: { cluster: { aadProfile: { managed: true } } }, says: MANAGED },
    {
      when: 'a profile without applications does not say whether it is managed',
      given: { cluster: { aadProfile: { tenantID: 't', adminGroupObjectIDs: ['g'] } } },
      says: MANAGED,
    },
    { when: 'never set on AKS Automatic', given: { cluster: automatic }, says: ENFORCED },
    {
      when: 'managed on AKS Automatic',
      given: { cluster: { ...automatic, aadProfile: { managed: true } } },
      says: ENFORCED,
    },
  ],
  fail: [
    { when: 'never set (azqr #66 and checkov #1956 crash on what is absent)', given: {}, says: NONE },
    { when: 'the profile is empty', given: { cluster: { aadProfile: {} } }, says: NONE },
    { when: 'not managed', given: { cluster: { aadProfile: { managed: false, tenantID: 't' } } }, says: NONE },
    {
      when: 'legacy, with applications of its own (review-checklists takes any aadProfile)',
      given: { cluster: { aadProfile: { clientAppID: 'a', serverAppID: 'b' } } },
      says: LEGACY,
    },
    {
      when: 'legacy by a single application, even where it says managed',
      given: { cluster: { aadProfile: { managed: true, serverAppID: 'b' } } },
      says: LEGACY,
    },
    {
      when: 'not managed on AKS Automatic',
      given: { cluster: { ...automatic, aadProfile: { managed: false } } },
      says: NONE,
    },
    {
      when: 'legacy on AKS Automatic',
      given: { cluster: { ...automatic, aadProfile: { clientAppID: 'a' } } },
      says: LEGACY,
    },
  ],
});
