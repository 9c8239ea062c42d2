import type { Cluster } from '../../../shared/model/cluster';
import { networkPluginSupported } from '../../../shared/checks/configuration/network-plugin-supported';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const plugin = (networkPlugin: string, more: Partial<Cluster> = {}): Given => ({
  cluster: { networkProfile: { networkPlugin }, ...more },
});
const KUBENET = 'The network plugin kubenet will be retired on 2028-03-31';

describeCheck(networkPluginSupported, {
  pass: [
    { when: 'Azure CNI', given: plugin('azure'), says: 'The network plugin is Azure CNI.', watched: null },
    {
      when: 'Azure CNI on AKS Automatic',
      given: plugin('azure', { sku: { name: 'Automatic' } }),
      says: 'The network plugin is Azure CNI.',
    },
    {
      when: 'the cluster brings its own',
      given: plugin('none'),
      says: 'The cluster brings its own network plugin.',
    },
    {
      when: 'kubenet, long before its end (APRL c22db132 fails it at once)',
      given: plugin('kubenet'),
      says: `${KUBENET}, which is still far.`,
      dueOn: '2027-10-03T00:00:00.000Z',
      watched: null,
    },
    {
      when: 'kubenet, a millisecond before the half year of notice',
      given: plugin('kubenet'),
      now: '2027-10-02T23:59:59.999Z',
      says: `${KUBENET}, which is still far.`,
      dueOn: '2027-10-03T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'kubenet within the half year of notice',
      given: plugin('kubenet'),
      now: '2027-10-03T00:00:00.000Z',
      says: `${KUBENET}.`,
      dueOn: '2028-03-31T00:00:00.000Z',
    },
    {
      when: 'kubenet after its end, on a stopped cluster',
      given: plugin('kubenet', { powerState: { code: 'Stopped' } }),
      now: '2028-03-31T00:00:00.000Z',
      says: 'The network plugin kubenet was retired on 2028-03-31.',
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: {},
      says: 'properties.networkProfile.networkPlugin is missing.',
      reason: 'notVisible',
    },
    {
      when: 'never set on AKS Automatic',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: 'properties.networkProfile.networkPlugin is missing.',
      reason: 'notVisible',
    },
    {
      when: 'the plugin is not known',
      given: plugin('flannel'),
      says: 'properties.networkProfile.networkPlugin is flannel: not known.',
      reason: 'invalid',
    },
  ],
});
