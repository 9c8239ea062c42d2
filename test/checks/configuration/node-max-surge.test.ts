import { nodeMaxSurge } from '../../../shared/checks/configuration/node-max-surge';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const surge = (maxSurge: string, maxUnavailable?: string, type?: string): Given => ({
  pool: {
    upgradeSettings: { maxSurge, ...(maxUnavailable === undefined ? {} : { maxUnavailable }) },
    ...(type === undefined ? {} : { type }),
  },
});
const adds = (amount: string): string => `Upgrades may add ${amount} of the nodes at a time.`;
const takes = (amount: string): string => `Upgrades may take down ${amount} of the nodes at a time.`;
const one = (maxSurge: string): string => `Upgrades move one node at a time: maxSurge is ${maxSurge}.`;

describeCheck(nodeMaxSurge, {
  pass: [
    { when: 'a share of the nodes is added', given: surge('33%'), says: adds('33%'), watched: null },
    { when: 'several nodes are added', given: surge('2', '0', 'VirtualMachineScaleSets'), says: adds('2') },
    { when: 'a hundredth is added', given: surge('1%', '0', 'VirtualMachines'), says: adds('1%') },
    { when: 'none is added and one may be missing', given: surge('0', '1'), says: takes('1') },
    { when: 'one is added and a share may be missing', given: surge('1', '10%'), says: takes('10%') },
    {
      when: 'a user pool of Windows nodes adds a share',
      given: { pool: { mode: 'User', osType: 'Windows', upgradeSettings: { maxSurge: '10%' } } },
      says: adds('10%'),
    },
    {
      when: 'the cluster is stopped: the surge is configuration',
      given: { ...surge('10%'), cluster: { powerState: { code: 'Stopped' } } },
      says: adds('10%'),
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: one('not set') },
    { when: 'the settings are empty', given: { pool: { upgradeSettings: {} } }, says: one('not set') },
    { when: 'one is added', given: surge('1'), says: one('1') },
    { when: 'one is added, and none may be missing', given: surge('1', '0'), says: one('1') },
    { when: 'none is added', given: surge('0', '0%'), says: one('0') },
    { when: 'no share is added', given: surge('0%'), says: one('0%') },
    {
      when: 'only this is set, that none may be missing',
      given: { pool: { upgradeSettings: { maxUnavailable: '0' } } },
      says: one('not set'),
    },
    {
      when: 'a gateway pool adds one',
      given: { pool: { mode: 'Gateway', upgradeSettings: { maxSurge: '1' } } },
      says: one('1'),
    },
  ],
  notApplicable: [
    {
      when: 'the pool is an availability set',
      given: surge('1', '0', 'AvailabilitySet'),
      says: 'An availability set has no surge.',
    },
  ],
  unknown: [
    {
      when: 'the surge is no amount',
      given: surge('many', '1'),
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].upgradeSettings.maxSurge is many: not known.',
    },
    {
      when: 'what may be missing is no amount',
      given: surge('1', '-1'),
      reason: 'invalid',
      says: 'properties.agentPoolProfiles[].upgradeSettings.maxUnavailable is -1: not known.',
    },
  ],
});
