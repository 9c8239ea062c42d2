import { nodeRebootStrategy } from '../../../shared/checks/configuration/node-reboot-strategy';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import { pool, type Given } from '../../support/evidence';

const channels = (autoUpgradeProfile: Cluster['autoUpgradeProfile'] & object, more: Partial<Cluster> = {}): Given => ({
  cluster: { autoUpgradeProfile, ...more },
});
const unmanaged = { nodeOSUpgradeChannel: 'Unmanaged' };
const windows = [pool({ name: 'win1', osType: 'Windows' }), pool({ name: 'win2', osType: 'Windows' })];

/** A body without an array of pools, which "optional" does not let one write. */
const unseen = {
  autoUpgradeProfile: { ...unmanaged, upgradeChannel: 'patch' },
  nodePools: undefined,
} as unknown as Partial<Cluster>;

const leaves = (channel: string): string => `The node OS upgrade channel is ${channel}, which leaves no reboot to you.`;
const declared = (by: string): string =>
  `The node OS upgrade channel is Unmanaged; the baseline declares that ${by} reboots the nodes.`;
const undeclared = 'The node OS upgrade channel is Unmanaged, and nothing is declared that reboots the nodes.';
const onlyWindows = 'All node pools run Windows, which Unmanaged does not update.';

describeCheck(nodeRebootStrategy, {
  pass: [
    { when: 'never set', given: {}, says: leaves('None'), watched: null },
    { when: 'the channel is None', given: channels({ nodeOSUpgradeChannel: 'None' }), says: leaves('None') },
    {
      when: 'the channel is NodeImage',
      given: channels({ nodeOSUpgradeChannel: 'NodeImage' }),
      says: leaves('NodeImage'),
    },
    {
      when: 'the channel is SecurityPatch',
      given: channels({ nodeOSUpgradeChannel: 'SecurityPatch' }),
      says: leaves('SecurityPatch'),
    },
    {
      when: 'the cluster channel is node-image, which outranks Unmanaged',
      given: channels({ ...unmanaged, upgradeChannel: 'node-image' }),
      says: leaves('NodeImage'),
    },
    {
      when: 'kured reboots the nodes',
      given: channels(unmanaged),
      params: { rebootManagedBy: 'kured' },
      says: declared('kured'),
    },
    {
      when: 'something else reboots the nodes, of which the pools are not shown',
      given: { cluster: unseen },
      params: { rebootManagedBy: 'other' },
      says: declared('other'),
    },
    {
      when: 'AKS Automatic presets NodeImage',
      given: { cluster: { sku: { name: 'Automatic' } } },
      says: leaves('NodeImage'),
    },
    {
      when: 'the cluster is stopped: the channel is configuration',
      given: channels({ nodeOSUpgradeChannel: 'NodeImage' }, { powerState: { code: 'Stopped' } }),
      says: leaves('NodeImage'),
    },
  ],
  fail: [
    { when: 'the channel is Unmanaged', given: channels(unmanaged), says: undeclared, watched: null },
    {
      when: 'one of the pools runs Linux',
      given: channels(unmanaged, { nodePools: [...windows, pool()] }),
      says: undeclared,
    },
    {
      when: 'a channel for Kubernetes is on too',
      given: channels({ ...unmanaged, upgradeChannel: 'stable' }),
      says: undeclared,
    },
    {
      when: 'AKS Automatic was set to Unmanaged',
      given: channels(unmanaged, { sku: { name: 'Automatic' } }),
      says: undeclared,
    },
  ],
  notApplicable: [
    { when: 'all pools run Windows', given: channels(unmanaged, { nodePools: windows }), says: onlyWindows },
    {
      when: 'all pools run Windows, whatever the channel',
      given: channels({ nodeOSUpgradeChannel: 'NodeImage' }, { nodePools: windows }),
      says: onlyWindows,
    },
  ],
  unknown: [
    {
      when: 'the pools are not shown, which could all run Windows',
      given: { cluster: unseen },
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles is missing.',
    },
    {
      when: 'the node OS channel has a name that is not known',
      given: channels({ nodeOSUpgradeChannel: 'Nightly' }),
      reason: 'invalid',
      says: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel is Nightly: not known.',
    },
    {
      when: 'the cluster channel has a name that is not known',
      given: channels({ ...unmanaged, upgradeChannel: 'weekly' }),
      reason: 'invalid',
      says: 'properties.autoUpgradeProfile.upgradeChannel is weekly: not known.',
    },
  ],
});
