import { nodeOsUpgradeChannel } from '../../../shared/checks/configuration/node-os-upgrade-channel';
import { describeCheck } from '../../support/describe-check';
import type { Cluster } from '../../../shared/model/cluster';
import { pool } from '../../support/evidence';

const automatic = { sku: { name: 'Automatic' } };
const windows = pool({ name: 'win', osType: 'Windows' });
const SECURITY_PATCH = { nodeOSUpgradeChannel: 'SecurityPatch' };
/** A body without an array of pools, which "optional" does not let one write. */
const unseen = {
  autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'SecurityPatch' },
  nodePools: undefined,
} as unknown as Partial<Cluster>;
const NONE = 'The node OS upgrade channel is None: the nodes are not updated automatically.';
const ENFORCED = 'The node OS upgrade channel is NodeImage; AKS Automatic enforces it.';
const UNMANAGED = 'The node OS upgrade channel is Unmanaged: updates take effect only when somebody reboots the nodes.';

describeCheck(nodeOsUpgradeChannel, {
  pass: [
    {
      when: 'NodeImage',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' } } },
      says: 'The node OS upgrade channel is NodeImage.',
      watched: 'nodeimage',
    },
    {
      when: 'SecurityPatch',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'SecurityPatch' } } },
      says: 'The node OS upgrade channel is SecurityPatch.',
      watched: 'securitypatch',
    },
    {
      when: 'SecurityPatch with Windows beside Linux',
      given: {
        cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'SecurityPatch' }, nodePools: [windows, pool()] },
      },
      says: 'The node OS upgrade channel is SecurityPatch.',
    },
    {
      when: 'SecurityPatch with a pool of an operating system that is not known beside Linux',
      given: { cluster: { autoUpgradeProfile: SECURITY_PATCH, nodePools: [pool({ osType: 'Plan9' }), pool()] } },
      says: 'The node OS upgrade channel is SecurityPatch.',
    },
    {
      when: 'SecurityPatch and no pool is listed, as with hosted system pools',
      given: {
        cluster: { ...automatic, autoUpgradeProfile: { nodeOSUpgradeChannel: 'SecurityPatch' }, nodePools: [] },
      },
      says: 'The node OS upgrade channel is SecurityPatch.',
    },
    {
      when: 'the cluster channel node-image does it and no other is set',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'node-image' } } },
      says: 'The cluster upgrade channel is node-image, which keeps the node images current by itself.',
      watched: 'nodeimage',
    },
    {
      when: 'the cluster channel node-image overrules None',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'node-image', nodeOSUpgradeChannel: 'None' } } },
      says: 'The cluster upgrade channel is node-image, which keeps the node images current by itself.',
    },
    { when: 'never set on AKS Automatic', given: { cluster: automatic }, says: ENFORCED, watched: 'nodeimage' },
    {
      when: 'NodeImage on AKS Automatic',
      given: { cluster: { ...automatic, autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' } } },
      says: ENFORCED,
      watched: 'nodeimage',
    },
  ],
  fail: [
    { when: 'never set', given: {}, says: NONE, watched: 'none' },
    {
      when: 'None',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'None' } } },
      says: NONE,
      watched: 'none',
    },
    {
      when: 'a Kubernetes channel alone is set (Azure/AKS #2429)',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'patch' } } },
      says: NONE,
    },
    {
      when: 'None on AKS Automatic',
      given: { cluster: { ...automatic, autoUpgradeProfile: { nodeOSUpgradeChannel: 'None' } } },
      says: NONE,
    },
    {
      when: 'Unmanaged',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'Unmanaged' } } },
      says: UNMANAGED,
      watched: 'unmanaged',
    },
    {
      when: 'Unmanaged on Windows only',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'Unmanaged' }, nodePools: [windows] } },
      says: 'The node OS upgrade channel is Unmanaged, which does nothing on Windows.',
    },
    {
      when: 'SecurityPatch on Windows only',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'SecurityPatch' }, nodePools: [windows] } },
      says: 'The node OS upgrade channel is SecurityPatch, which Windows does not support.',
      watched: 'securitypatch',
    },
  ],
  unknown: [
    {
      when: 'the channel is not known',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'Hourly' } } },
      says: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel is Hourly: not known.',
      reason: 'invalid',
    },
    {
      when: 'SecurityPatch and the pools are not shown',
      given: { cluster: unseen },
      says: 'The node OS upgrade channel is SecurityPatch, but properties.agentPoolProfiles is missing.',
      reason: 'notVisible',
    },
    {
      when: 'SecurityPatch and a pool beside Windows does not show its operating system',
      given: { cluster: { autoUpgradeProfile: SECURITY_PATCH, nodePools: [windows, { name: 'pool1', mode: 'User' }] } },
      says: 'The node OS upgrade channel is SecurityPatch, but properties.agentPoolProfiles[].osType names neither Linux nor Windows.',
      reason: 'notVisible',
    },
    {
      when: 'SecurityPatch and the operating system of the only pool is not known',
      given: { cluster: { autoUpgradeProfile: SECURITY_PATCH, nodePools: [pool({ osType: 'Plan9' })] } },
      says: 'The node OS upgrade channel is SecurityPatch, but properties.agentPoolProfiles[].osType names neither Linux nor Windows.',
      reason: 'notVisible',
    },
  ],
});
