import { localAccountsDisabled } from '../../../shared/checks/configuration/local-accounts-disabled';
import { describeCheck } from '../../support/describe-check';
import { unreadable } from '../../support/evidence';

const entra = { aadProfile: { managed: true } };
const automatic = { sku: { name: 'Automatic' } };

describeCheck(localAccountsDisabled, {
  pass: [
    {
      when: 'disabled',
      given: { cluster: { ...entra, disableLocalAccounts: true } },
      says: 'Local accounts are disabled.',
    },
    {
      when: 'never set on AKS Automatic',
      given: { cluster: automatic },
      says: 'AKS Automatic enforces it.',
    },
    {
      when: 'disabled on AKS Automatic, whose aadProfile may be absent',
      given: { cluster: { ...automatic, disableLocalAccounts: true } },
      says: 'Local accounts are disabled; AKS Automatic enforces it.',
    },
    {
      when: 'disabled with the legacy Entra integration',
      given: { cluster: { aadProfile: { serverAppID: 'b' }, disableLocalAccounts: true } },
      says: 'Local accounts are disabled.',
    },
  ],
  fail: [
    {
      when: 'enabled',
      given: { cluster: { ...entra, disableLocalAccounts: false } },
      says: 'Local accounts are enabled.',
    },
    {
      when: 'enabled, although Kubernetes RBAC is on (APRL ca324d71 looks at that)',
      given: { cluster: { ...entra, enableRbac: true, disableLocalAccounts: false } },
      says: 'Local accounts are enabled.',
    },
    { when: 'never set', given: { cluster: entra }, says: 'Local accounts are enabled.' },
    {
      when: 'enabled, and all that the profile of Entra ID holds is of the wrong kind',
      given: { cluster: { aadProfile: unreadable('tenantID'), disableLocalAccounts: false } },
      says: 'Local accounts are enabled.',
    },
    {
      when: 'enabled on AKS Automatic, whose aadProfile may be absent',
      given: { cluster: { ...automatic, disableLocalAccounts: false } },
      says: 'Local accounts are enabled.',
    },
    {
      when: 'never set with the legacy Entra integration',
      given: { cluster: { aadProfile: { clientAppID: 'a' } } },
      says: 'Local accounts are enabled.',
    },
  ],
  notApplicable: [
    {
      when: 'Entra ID is not integrated',
      given: { cluster: { disableLocalAccounts: false } },
      says: 'Entra ID must be integrated first: without it local accounts are the only way in.',
    },
    {
      when: 'neither was ever set',
      given: {},
      says: 'Entra ID must be integrated first: without it local accounts are the only way in.',
    },
    {
      when: 'disabled without Entra ID, with which nobody could get in',
      given: { cluster: { disableLocalAccounts: true } },
      says: 'Entra ID must be integrated first: without it local accounts are the only way in.',
    },
    {
      when: 'the profile of Entra ID says that it is not managed',
      given: { cluster: { aadProfile: { managed: false }, disableLocalAccounts: true } },
      says: 'Entra ID must be integrated first: without it local accounts are the only way in.',
    },
    {
      when: 'the profile of Entra ID is empty',
      given: { cluster: { aadProfile: {} } },
      says: 'Entra ID must be integrated first: without it local accounts are the only way in.',
    },
  ],
});
