import { nrgLockdown } from '../../../shared/checks/configuration/nrg-lockdown';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const level = (restrictionLevel: string, rest: Partial<Cluster> = {}): Given => ({
  cluster: { ...rest, nodeResourceGroupProfile: { restrictionLevel } },
});
const automatic = { sku: { name: 'Automatic' } };
const ON = 'Lockdown of the node resource group is on.';
const OFF = 'Lockdown of the node resource group is off.';

describeCheck(nrgLockdown, {
  pass: [
    { when: 'read-only', given: level('ReadOnly'), says: ON },
    {
      when: 'read-only in a stopped cluster: configuration is judged all the same',
      given: level('ReadOnly', { powerState: { code: 'Stopped' } }),
      says: ON,
    },
    { when: 'never set on AKS Automatic', given: { cluster: automatic }, says: 'AKS Automatic enforces it.' },
    {
      when: 'read-only with AKS Automatic',
      given: level('ReadOnly', automatic),
      says: 'Lockdown of the node resource group is on; AKS Automatic enforces it.',
    },
  ],
  fail: [
    {
      when: 'never set',
      given: {},
      says: OFF,
      remediation:
        'az aks update --subscription 11111111-1111-1111-1111-111111111111 --resource-group rg1 --name c1 --nrg-lockdown-restriction-level ReadOnly',
    },
    { when: 'the profile is empty', given: { cluster: { nodeResourceGroupProfile: {} } }, says: OFF },
    { when: 'unrestricted', given: level('Unrestricted'), says: OFF },
    { when: 'unrestricted with AKS Automatic', given: level('Unrestricted', automatic), says: OFF },
  ],
  unknown: [
    {
      when: 'the level is new to us',
      given: level('DenyDelete'),
      reason: 'invalid',
      says: 'properties.nodeResourceGroupProfile.restrictionLevel is DenyDelete: not known.',
    },
    {
      when: 'the level is new to us, on AKS Automatic too',
      given: level('DenyDelete', automatic),
      reason: 'invalid',
      says: 'properties.nodeResourceGroupProfile.restrictionLevel is DenyDelete: not known.',
    },
  ],
});
