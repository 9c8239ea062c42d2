import { guidOf, numberOf, pickOf } from './deterministic';
import type { Json } from './json';
import { weeklyImage } from './node-image';
import { KUBERNETES_VERSION } from './region';
import type { ArmBody } from './world';

const LOCATIONS = ['westeurope', 'northeurope', 'eastus2', 'southeastasia'];
const VM_SIZES = ['Standard_D4ds_v5', 'Standard_D8ds_v5', 'Standard_E4ds_v5'];
const OWNERS = ['payments', 'logistics', 'web', 'data'];
const IMAGES = { Ubuntu2404: 'AKSUbuntu-2404gen2containerd', AzureLinux3: 'AKSAzureLinux-V3gen2' };

/** Where a generated cluster stands in its fleet. */
export interface Place {
  seed: number;
  subscriptionId: string;
  tenantId: string;
  /** From 1 within its subscription. */
  number: number;
  pools: number;
  now: Date;
}

function poolBody(label: string, index: number, location: string, { subscriptionId, now }: Place): Json {
  const system = index === 0;
  const osSKU = system ? 'AzureLinux3' : pickOf(label, ['Ubuntu2404', 'AzureLinux3'] as const);
  const count = 3 + numberOf(label, 4);
  return {
    name: system ? 'system' : `user${index}`,
    count,
    vmSize: pickOf(label, VM_SIZES),
    osDiskSizeGB: 128,
    osDiskType: 'Ephemeral',
    kubeletDiskType: 'OS',
    vnetSubnetID: `/subscriptions/${subscriptionId}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-${location}/subnets/aks`,
    maxPods: 110,
    type: 'VirtualMachineScaleSets',
    availabilityZones: ['1', '2', '3'],
    enableAutoScaling: true,
    minCount: 3,
    maxCount: 10,
    scaleDownMode: 'Delete',
    provisioningState: 'Succeeded',
    powerState: { code: 'Running' },
    orchestratorVersion: KUBERNETES_VERSION,
    currentOrchestratorVersion: KUBERNETES_VERSION,
    enableNodePublicIP: false,
    mode: system ? 'System' : 'User',
    ...(system && { nodeTaints: ['CriticalAddonsOnly=true:NoSchedule'] }),
    enableEncryptionAtHost: true,
    enableUltraSSD: false,
    enableFIPS: false,
    osType: 'Linux',
    osSKU,
    nodeImageVersion: weeklyImage(IMAGES[osSKU], now),
    upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' },
    securityProfile: { sshAccess: 'Disabled', enableVTPM: true, enableSecureBoot: true },
    eTag: guidOf(`${label} etag`),
  };
}

function accessProperties(label: string, tenantId: string): Json {
  return {
    enableRBAC: true,
    disableLocalAccounts: true,
    aadProfile: {
      managed: true,
      enableAzureRBAC: true,
      adminGroupObjectIDs: [guidOf(`${label} admins`)],
      tenantID: tenantId,
    },
    apiServerAccessProfile: {
      authorizedIPRanges: ['203.0.113.0/24'],
      enablePrivateCluster: false,
      disableRunCommand: true,
    },
    servicePrincipalProfile: { clientId: 'msi' },
    oidcIssuerProfile: {
      enabled: true,
      issuerURL: `https://westeurope.oic.prod-aks.azure.com/${guidOf(`${label} oidc`)}/`,
    },
  };
}

function protectionProperties(subscriptionId: string): Json {
  const workspace = `/subscriptions/${subscriptionId}/resourceGroups/rg-monitoring/providers/Microsoft.OperationalInsights/workspaces/law-platform`;
  return {
    addonProfiles: {
      azurepolicy: { enabled: true, config: { version: 'v2' } },
      azureKeyvaultSecretsProvider: {
        enabled: true,
        config: { enableSecretRotation: 'true', rotationPollInterval: '2m' },
      },
      omsagent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: workspace, useAADAuth: 'true' } },
    },
    autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'NodeImage' },
    securityProfile: {
      defender: { logAnalyticsWorkspaceResourceId: workspace, securityMonitoring: { enabled: true } },
      azureKeyVaultKms: {
        enabled: true,
        keyId: 'https://kv-aks.vault.azure.net/keys/etcd/0123456789abcdef0123456789abcdef',
        keyVaultNetworkAccess: 'Public',
      },
      workloadIdentity: { enabled: true },
      imageCleaner: { enabled: true, intervalHours: 168 },
    },
    azureMonitorProfile: { metrics: { enabled: true } },
  };
}

const NETWORK: Json = {
  networkPlugin: 'azure',
  networkPluginMode: 'overlay',
  networkPolicy: 'cilium',
  networkDataplane: 'cilium',
  loadBalancerSku: 'standard',
  outboundType: 'userDefinedRouting',
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.0.0.0/16',
  dnsServiceIP: '10.0.0.10',
  ipFamilies: ['IPv4'],
};

/** A cluster with good configuration; the same place gives the same body. */
export function clusterBody(place: Place): ArmBody {
  const { seed, subscriptionId, tenantId, number } = place;
  const label = `${seed} ${subscriptionId} cluster ${number}`;
  const location = pickOf(label, LOCATIONS);
  const owner = pickOf(`${label} owner`, OWNERS);
  const name = `aks-${owner}-${String(number).padStart(3, '0')}`;
  const group = `rg-${owner}`;
  return {
    id: `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    type: 'Microsoft.ContainerService/ManagedClusters',
    location,
    kind: 'Base',
    tags: { owner, environment: pickOf(`${label} environment`, ['production', 'staging']) },
    sku: { name: 'Base', tier: 'Standard' },
    identity: { type: 'SystemAssigned', principalId: guidOf(`${label} identity`), tenantId },
    properties: {
      provisioningState: 'Succeeded',
      powerState: { code: 'Running' },
      kubernetesVersion: KUBERNETES_VERSION,
      currentKubernetesVersion: KUBERNETES_VERSION,
      supportPlan: 'KubernetesOfficial',
      resourceUID: guidOf(label).replaceAll('-', '').slice(0, 24),
      dnsPrefix: name,
      fqdn: `${name}-${guidOf(label).slice(0, 8)}.hcp.${location}.azmk8s.io`,
      nodeResourceGroup: `MC_${group}_${name}_${location}`,
      nodeResourceGroupProfile: { restrictionLevel: 'ReadOnly' },
      maxAgentPools: 100,
      agentPoolProfiles: Array.from({ length: place.pools }, (_, index) =>
        poolBody(`${label} pool ${index}`, index, location, place),
      ),
      networkProfile: { ...NETWORK },
      ingressProfile: {
        gatewayAPI: { installation: 'Standard' },
        webAppRouting: {
          enabled: true,
          nginx: { defaultIngressControllerType: 'None' },
          gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } },
        },
      },
      ...accessProperties(label, tenantId),
      ...protectionProperties(subscriptionId),
    },
  };
}
