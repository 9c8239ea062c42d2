import { clusterAutoUpgradeChannel } from '../../../shared/checks/configuration/cluster-auto-upgrade-channel';
import { describeCheck } from '../../support/describe-check';

const automatic = { sku: { name: 'Automatic' } };
const NONE = 'The cluster upgrade channel is none: Kubernetes is upgraded only by hand.';

describeCheck(clusterAutoUpgradeChannel, {
  pass: [
    {
      when: 'patch',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'patch' } } },
      says: 'The cluster upgrade channel is patch.',
      watched: 'patch',
    },
    {
      when: 'stable',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'stable' } } },
      says: 'The cluster upgrade channel is stable.',
      watched: 'stable',
    },
    {
      when: 'rapid',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'rapid' } } },
      says: 'The cluster upgrade channel is rapid.',
      watched: 'rapid',
    },
    {
      when: 'node-image, which is no upgrade of Kubernetes (PSRule #2446)',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'node-image' } } },
      says: 'The cluster upgrade channel is node-image: it renews node images and does not upgrade Kubernetes.',
      watched: 'node-image',
    },
    {
      when: 'never set on AKS Automatic',
      given: { cluster: automatic },
      says: 'The cluster upgrade channel is stable; AKS Automatic enforces it.',
      watched: 'stable',
    },
    {
      when: 'stable on AKS Automatic',
      given: { cluster: { ...automatic, autoUpgradeProfile: { upgradeChannel: 'stable' } } },
      says: 'The cluster upgrade channel is stable; AKS Automatic enforces it.',
      watched: 'stable',
    },
  ],
  fail: [
    { when: 'never set (powerpipe passes it)', given: {}, says: NONE, watched: 'none' },
    {
      when: 'none',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'none' } } },
      says: NONE,
      watched: 'none',
    },
    {
      when: 'only the node OS channel is set',
      given: { cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' } } },
      says: NONE,
    },
    {
      when: 'none on AKS Automatic',
      given: { cluster: { ...automatic, autoUpgradeProfile: { upgradeChannel: 'none' } } },
      says: NONE,
    },
  ],
  unknown: [
    {
      when: 'the channel is not known',
      given: { cluster: { autoUpgradeProfile: { upgradeChannel: 'nightly' } } },
      says: 'properties.autoUpgradeProfile.upgradeChannel is nightly: not known.',
      reason: 'invalid',
    },
  ],
});
