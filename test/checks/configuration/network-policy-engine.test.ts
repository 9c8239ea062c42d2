import { networkPolicyEngine } from '../../../shared/checks/configuration/network-policy-engine';
import { describeCheck } from '../../support/describe-check';

const automatic = { sku: { name: 'Automatic' } };
const NONE = 'No network policy engine is installed.';
const OWN_CNI = 'The cluster brings its own CNI (properties.networkProfile.networkPlugin is none)';

describeCheck(networkPolicyEngine, {
  pass: [
    {
      when: 'calico (PSRule #1046)',
      given: { cluster: { networkProfile: { networkPlugin: 'kubenet', networkPolicy: 'calico' } } },
      says: 'The network policy engine is calico.',
    },
    {
      when: 'azure',
      given: { cluster: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'azure' } } },
      says: 'The network policy engine is azure.',
    },
    {
      when: 'cilium (KICS #7297, rancher #57466, kubescape rule-cni-enabled-aks)',
      given: {
        cluster: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'cilium', networkDataplane: 'cilium' } },
      },
      says: 'The network policy engine is cilium.',
    },
    {
      when: 'the data plane is cilium and the engine was never set',
      given: { cluster: { networkProfile: { networkPlugin: 'azure', networkDataplane: 'cilium' } } },
      says: 'The network policy engine is cilium.',
    },
    {
      when: 'the engine is named and the plug-in is not',
      given: { cluster: { networkProfile: { networkPolicy: 'azure' } } },
      says: 'The network policy engine is azure.',
    },
    {
      when: 'never set on AKS Automatic',
      given: { cluster: automatic },
      says: 'The network policy engine is cilium; AKS Automatic enforces it.',
    },
    {
      when: 'the cluster brings its own CNI and the baseline declares its engine',
      given: { cluster: { networkProfile: { networkPlugin: 'none' } } },
      params: { ownEngine: 'calico' },
      says: `${OWN_CNI}; the baseline declares the engine calico.`,
    },
  ],
  fail: [
    {
      when: 'none on AKS Automatic, whose plug-in is not shown',
      given: { cluster: { sku: { name: 'Automatic' }, networkProfile: { networkPolicy: 'none' } } },
      says: 'No network policy engine is installed.',
    },
    { when: 'never set', given: { cluster: { networkProfile: { networkPlugin: 'azure' } } }, says: NONE },
    {
      when: 'the word none is given (Prowler and powerpipe pass it)',
      given: {
        cluster: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'none', networkDataplane: 'azure' } },
      },
      says: NONE,
    },
    {
      when: 'the name is empty',
      given: { cluster: { networkProfile: { networkPlugin: 'kubenet', networkPolicy: '' } } },
      says: NONE,
    },
    {
      when: 'none on AKS Automatic',
      given: { cluster: { ...automatic, networkProfile: { networkPlugin: 'azure', networkPolicy: 'none' } } },
      says: NONE,
    },
    {
      when: 'none, although the baseline declares an engine for clusters with a CNI of their own',
      given: { cluster: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'none' } } },
      params: { ownEngine: 'calico' },
      says: NONE,
    },
  ],
  unknown: [
    {
      when: 'the cluster brings its own CNI',
      given: { cluster: { networkProfile: { networkPlugin: 'none', networkPolicy: 'none' } } },
      says: `${OWN_CNI}, whose engine ARM does not show.`,
      reason: 'notVisible',
    },
    {
      when: 'the cluster brings its own CNI, whatever its data plane',
      given: { cluster: { networkProfile: { networkPlugin: 'none', networkDataplane: 'cilium' } } },
      says: `${OWN_CNI}, whose engine ARM does not show.`,
      reason: 'notVisible',
    },
    {
      when: 'neither plug-in nor engine is set',
      given: {},
      says: 'properties.networkProfile.networkPlugin is missing.',
      reason: 'notVisible',
    },
    {
      when: 'the plug-in is not known: it may bring an engine of its own, whatever is shown',
      given: { cluster: { networkProfile: { networkPlugin: 'mesh', networkDataplane: 'cilium' } } },
      says: 'properties.networkProfile.networkPlugin is mesh: not known.',
      reason: 'invalid',
    },
    {
      when: 'the engine is not known',
      given: { cluster: { networkProfile: { networkPlugin: 'azure', networkPolicy: 'weave' } } },
      says: 'properties.networkProfile.networkPolicy is weave: no known engine.',
      reason: 'invalid',
    },
  ],
});
