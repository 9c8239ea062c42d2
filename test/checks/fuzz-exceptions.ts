import { isAutomatic } from '../../shared/checks/facts';
import type { Cluster } from '../../shared/model/cluster';
import type { MutationKind } from '../support/mutations';

/** What may be lost or changed so that a failure, or what nobody knows, becomes a pass: only because a rule says so. */
export interface Exception {
  readonly check: string;
  /** Names as in an ARM body; `[]` is any item. Who drops an object drops all that it holds. */
  readonly place: string;
  readonly mutations: readonly MutationKind[];
  /** The clusters that the rule is about; absent: all. */
  readonly only?: (cluster: Cluster) => boolean;
  readonly rule: string;
}

/** `properties: null` hides everything and lets nothing pass; below it null is as good as absent. */
const ABSENT: readonly MutationKind[] = ['dropped', 'null'];

const PRESET = {
  mutations: ABSENT,
  only: isAutomatic,
  rule: 'AKS Automatic presets it: what is absent there is enforced by the platform (decision 6).',
};

const BAD_THING = { mutations: ABSENT, rule: 'A bad thing that was never set is off (2.0.2).' };

const POOL = 'properties.agentPoolProfiles[]';

export const EXCEPTIONS: readonly Exception[] = [
  { check: 'cluster-auto-upgrade-channel', place: 'properties.autoUpgradeProfile.upgradeChannel', ...PRESET },
  { check: 'node-os-upgrade-channel', place: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel', ...PRESET },
  { check: 'local-accounts-disabled', place: 'properties.disableLocalAccounts', ...PRESET },
  { check: 'network-policy-engine', place: 'properties.networkProfile.networkPolicy', ...PRESET },
  { check: 'node-public-ip', place: `${POOL}.enableNodePublicIP`, ...BAD_THING },
  { check: 'node-public-ip', place: `${POOL}.nodePublicIPPrefixID`, ...BAD_THING },
  {
    check: 'entra-integration',
    place: 'properties.aadProfile.managed',
    mutations: ABSENT,
    rule: 'A profile without `managed` that names no applications is the managed integration (decisions 14 and 37).',
  },
  {
    check: 'k8s-version-supported',
    place: 'properties.currentKubernetesVersion',
    mutations: ABSENT,
    rule: 'Without the version that runs the requested one is judged, as decision 25 says of version skew.',
  },
  {
    check: 'local-accounts-disabled',
    place: 'sku.name',
    mutations: ['unknown word'],
    only: isAutomatic,
    rule: 'Only AKS Automatic is known to have Entra ID where its profile says that it has not (decisions 13 and 37).',
  },
  {
    check: 'provisioning-state',
    place: 'properties.provisioningState',
    mutations: ['unknown word'],
    rule: 'Any other state than Succeeded, Failed and Canceled is a change under way, good for 24 hours (decision 26).',
  },
  {
    check: 'api-authorized-ip-breadth',
    place: 'properties.apiServerAccessProfile.authorizedIPRanges[]',
    mutations: ABSENT,
    rule: 'A range that is no longer listed lets nobody in; without any range the check does not apply (decision 9).',
  },
];
