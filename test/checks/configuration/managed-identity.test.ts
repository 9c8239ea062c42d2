import { managedIdentity } from '../../../shared/checks/configuration/managed-identity';
import { describeCheck } from '../../support/describe-check';

const clientId = '00000000-0000-0000-0000-000000000001';

describeCheck(managedIdentity, {
  pass: [
    {
      when: 'assigned by the system (KubeBuddy fails it)',
      given: { cluster: { identity: { type: 'SystemAssigned' }, servicePrincipalProfile: { clientId: 'msi' } } },
      says: 'The cluster uses a managed identity (SystemAssigned).',
    },
    {
      when: 'assigned by the user',
      given: { cluster: { identity: { type: 'UserAssigned' } } },
      says: 'The cluster uses a managed identity (UserAssigned).',
    },
    {
      when: 'a client id still stands beside it',
      given: { cluster: { identity: { type: 'SystemAssigned' }, servicePrincipalProfile: { clientId } } },
      says: 'The cluster uses a managed identity (SystemAssigned).',
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: 'The cluster has no managed identity: its identity type is not set.' },
    {
      when: 'a service principal',
      given: { cluster: { servicePrincipalProfile: { clientId } } },
      says: 'The cluster has no managed identity: its identity type is not set.',
    },
    {
      when: 'the type is None',
      given: { cluster: { identity: { type: 'None' }, servicePrincipalProfile: { clientId } } },
      says: 'The cluster has no managed identity: its identity type is None.',
    },
    {
      when: 'the marker of a managed identity stands alone',
      given: { cluster: { servicePrincipalProfile: { clientId: 'msi' } } },
      says: 'The cluster has no managed identity: its identity type is not set.',
    },
  ],
});
