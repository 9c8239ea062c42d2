import { nodeSsh } from '../../../shared/checks/configuration/node-ssh';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const ssh = (sshAccess: string, more: Given['pool'] = {}): Given => ({
  pool: { securityProfile: { sshAccess }, ...more },
});
const local = 'Nodes let in whoever holds the SSH key of their local user.';

describeCheck(nodeSsh, {
  pass: [
    { when: 'SSH is disabled', given: ssh('Disabled'), says: 'SSH to the nodes is disabled.', watched: 'disabled' },
    {
      when: 'SSH asks for an identity of Entra ID',
      given: ssh('EntraId'),
      says: 'SSH to the nodes asks for an identity of Microsoft Entra ID.',
      watched: 'entraid',
    },
    {
      when: 'SSH of a gateway pool is disabled on AKS Automatic',
      given: { ...ssh('Disabled', { mode: 'Gateway' }), cluster: { sku: { name: 'Automatic' } } },
      says: 'SSH to the nodes is disabled.',
    },
    {
      when: 'the cluster is stopped: SSH is configuration',
      given: { ...ssh('Disabled'), cluster: { powerState: { code: 'Stopped' } } },
      says: 'SSH to the nodes is disabled.',
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: local, watched: 'localuser' },
    {
      when: 'the security profile is empty',
      given: { pool: { securityProfile: {} } },
      says: local,
      watched: 'localuser',
    },
    { when: 'the local user is let in', given: ssh('LocalUser'), says: local, watched: 'localuser' },
    { when: 'a user pool lets in its local user', given: ssh('LocalUser', { mode: 'User' }), says: local },
    {
      when: 'AKS Automatic does not disable it by itself',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: local,
    },
    {
      when: 'the pool does not say its operating system',
      given: { cluster: { nodePools: [{ name: 'pool1', securityProfile: { sshAccess: 'LocalUser' } }] } },
      says: local,
    },
  ],
  notApplicable: [
    {
      when: 'the nodes run Windows',
      given: { pool: { osType: 'Windows' } },
      says: 'Windows nodes have no such setting.',
    },
    {
      when: 'only the image says that the nodes run Windows',
      given: { cluster: { nodePools: [{ name: 'pool1', nodeImageVersion: 'AKSWindows-2019-17763.1554.201021' }] } },
      says: 'Windows nodes have no such setting.',
    },
  ],
  unknown: [
    {
      when: 'the word is not known',
      given: ssh('Passkey'),
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].securityProfile.sshAccess is Passkey: not known.',
    },
  ],
});
