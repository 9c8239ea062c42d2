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

/** Of a cluster without Entra ID these checks have nothing to say, and only AKS Automatic has it whatever its profile says. */
const UNKNOWN_SKU = {
  place: 'sku.name',
  mutations: ['unknown word', 'emptied'],
  only: isAutomatic,
  rule: 'Only AKS Automatic is known to have Entra ID where its profile says that it has not (decisions 13, 37 and 38).',
} as const;

const MANAGED = {
  place: 'properties.aadProfile.managed',
  mutations: ABSENT,
  rule: 'A profile without `managed` that names no applications is the managed integration (decisions 14 and 37).',
};

const REQUESTED = {
  place: 'properties.currentKubernetesVersion',
  mutations: ABSENT,
  rule: 'Without the version that runs the requested one is judged (decisions 25 and 41).',
};

const IN_MOTION = {
  mutations: ['unknown word'],
  rule: 'Any other state than Succeeded, Failed and Canceled is a change under way, good for 24 hours (decision 26).',
} as const;

export const EXCEPTIONS: readonly Exception[] = [
  { check: 'azure-rbac-authorization', place: 'properties.aadProfile.enableAzureRBAC', ...PRESET },
  { check: 'cluster-auto-upgrade-channel', place: 'properties.autoUpgradeProfile.upgradeChannel', ...PRESET },
  { check: 'entra-admin-groups', place: 'properties.aadProfile.enableAzureRBAC', ...PRESET },
  { check: 'image-cleaner', place: 'properties.securityProfile.imageCleaner.enabled', ...PRESET },
  { check: 'local-accounts-disabled', place: 'properties.disableLocalAccounts', ...PRESET },
  { check: 'network-policy-engine', place: 'properties.networkProfile.networkPolicy', ...PRESET },
  { check: 'node-os-upgrade-channel', place: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel', ...PRESET },
  { check: 'nrg-lockdown', place: 'properties.nodeResourceGroupProfile.restrictionLevel', ...PRESET },
  { check: 'sku-tier', place: 'sku.tier', ...PRESET },
  { check: 'workload-identity', place: 'properties.oidcIssuerProfile.enabled', ...PRESET },
  { check: 'workload-identity', place: 'properties.securityProfile.workloadIdentity.enabled', ...PRESET },

  {
    check: 'api-private-public-fqdn',
    place: 'properties.apiServerAccessProfile.enablePrivateClusterPublicFQDN',
    ...BAD_THING,
  },
  { check: 'app-routing-nginx-retiring', place: 'properties.ingressProfile.webAppRouting.enabled', ...BAD_THING },
  { check: 'dashboard-off', place: 'properties.addonProfiles.kubeDashboard.enabled', ...BAD_THING },
  { check: 'feature-retirement', place: `${POOL}.enableCustomCATrust`, ...BAD_THING },
  {
    check: 'http-application-routing-off',
    place: 'properties.addonProfiles.httpApplicationRouting.enabled',
    ...BAD_THING,
  },
  { check: 'kubelet-serving-cert-rotation', place: `${POOL}.creationData.sourceResourceId`, ...BAD_THING },
  { check: 'node-image-pinned', place: `${POOL}.creationData.sourceResourceId`, ...BAD_THING },
  { check: 'node-public-ip', place: `${POOL}.enableNodePublicIP`, ...BAD_THING },
  { check: 'node-public-ip', place: `${POOL}.nodePublicIPPrefixID`, ...BAD_THING },
  { check: 'node-unsafe-sysctls', place: `${POOL}.kubeletConfig.allowedUnsafeSysctls[]`, ...BAD_THING },
  { check: 'pod-identity-legacy', place: 'properties.podIdentityProfile.enabled', ...BAD_THING },
  {
    check: 'network-policy-engine-retiring',
    place: 'properties.networkProfile.networkPolicy',
    mutations: [...ABSENT, 'emptied'],
    rule: 'No engine is as good as none, which another check fails (1.5 and 2.0.2).',
  },

  {
    check: 'network-policy-engine',
    place: 'properties.networkProfile.networkPlugin',
    mutations: ABSENT,
    rule: 'Only a network plugin of its own hides the engine; what is absent is none (decisions 17 and 39).',
  },
  { check: 'azure-rbac-authorization', ...MANAGED },
  { check: 'entra-admin-groups', ...MANAGED },
  { check: 'entra-integration', ...MANAGED },
  {
    check: 'kubelet-serving-cert-rotation',
    place: `${POOL}.tags.aks-disable-kubelet-serving-certificate-rotation`,
    mutations: [...ABSENT, 'unknown word', 'emptied', 'mistyped'],
    rule: 'A tag has no type and no list of words; only `true` switches the rotation off (1.2, decision 48).',
  },
  {
    check: 'auto-upgrade-effective',
    place: 'sku.name',
    mutations: ['unknown word', 'emptied'],
    only: isAutomatic,
    rule: 'Only AKS Automatic is known to have a channel where none is set (decision 6); without one nothing can fail to work.',
  },
  { check: 'entra-admin-groups', ...UNKNOWN_SKU },
  { check: 'local-accounts-disabled', ...UNKNOWN_SKU },

  { check: 'k8s-version-eol-soon', ...REQUESTED },
  { check: 'k8s-version-supported', ...REQUESTED },
  { check: 'kubelet-serving-cert-rotation', ...REQUESTED, place: `${POOL}.currentOrchestratorVersion` },
  { check: 'pool-version-skew', ...REQUESTED },
  { check: 'pool-version-skew', ...REQUESTED, place: `${POOL}.currentOrchestratorVersion` },
  {
    check: 'lts-consistency',
    place: 'properties.supportPlan',
    mutations: ABSENT,
    rule: 'Only the plan for long-term support asks for a tier (decision 27).',
  },

  {
    check: 'node-reboot-strategy',
    place: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel',
    mutations: ABSENT,
    rule: 'Only Unmanaged leaves the reboot to somebody (decision 22); that no channel is none, another check fails.',
  },
  {
    check: 'node-pool-min-count',
    place: `${POOL}.enableAutoScaling`,
    mutations: ABSENT,
    rule: 'An opt-in feature that is absent is off (decision 34); what counts then is how many nodes there are.',
  },

  { check: 'provisioning-state', place: 'properties.provisioningState', ...IN_MOTION },
  { check: 'node-pool-provisioning-state', place: `${POOL}.provisioningState`, ...IN_MOTION },
  ...['maxSurge', 'maxUnavailable'].map((name) => ({
    check: 'node-max-surge',
    place: `${POOL}.upgradeSettings.${name}`,
    mutations: ['mistyped'] as const,
    rule: 'decision 29: a number of nodes means the same as its text',
  })),

  {
    check: 'api-authorized-ip-breadth',
    place: 'properties.apiServerAccessProfile.authorizedIPRanges[]',
    mutations: ABSENT,
    rule: 'A range that is no longer listed lets nobody in; without any range the check does not apply (decision 9).',
  },
];
