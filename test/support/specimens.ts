import { basename } from 'node:path';

import { CATALOGUE } from '../../shared/checks';
import { evaluateCluster, type EvaluateOptions } from '../../shared/evaluate/evaluate';
import type { Check, Profile } from '../../shared/model/check';
import type { Cluster } from '../../shared/model/cluster';
import type { Finding } from '../../shared/model/finding';
import { defaultsOf } from '../../shared/model/params';
import type { ClusterSnapshot } from '../../shared/model/snapshot';
import { azureReaders, collectCluster, sectionsOf } from '../../shared/run/collection';
import { generatedFleet, poolsOf, type ArmBody, type World } from '../../simulator';
import { clustersOf, connected, subscriptionIdOf } from '../collect/collecting';
import { at, NOW, startLocalAzure } from '../simulator/local-azure';
import { resourcesIn, sampleFiles } from './samples';

type Properties = Record<string, unknown>;

/** What a shape says in place of a well-configured cluster; a pool may be the generated one with other properties. */
interface Shape {
  readonly top?: Properties;
  readonly properties?: Properties;
  readonly pools?: readonly Properties[];
  /** True: nothing is there but what is said here. */
  readonly bare?: true;
}

const SUBNET =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-network/providers/Microsoft.Network';

/** Clusters of every kind that the checks tell apart; between them each property is there once well and once badly set. */
const SHAPES: Readonly<Record<string, Shape>> = {
  'well configured': {},
  bare: { bare: true },
  careless: {
    top: { sku: { name: 'Base', tier: 'Free' }, identity: { type: 'None' }, tags: null },
    properties: {
      provisioningState: 'Failed',
      status: { provisioningError: { code: 'QuotaExceeded', message: 'No cores are left.' } },
      enableRBAC: false,
      disableLocalAccounts: false,
      supportPlan: 'AKSLongTermSupport',
      kubernetesVersion: '1.36.4',
      currentKubernetesVersion: '1.29.2',
      aadProfile: { managed: false, enableAzureRBAC: false, adminGroupObjectIDs: [] },
      apiServerAccessProfile: {
        authorizedIPRanges: ['0.0.0.0/0', '203.0.113.7', 'AzureCloud'],
        enablePrivateCluster: false,
        disableRunCommand: false,
      },
      servicePrincipalProfile: { clientId: '3c3a2b1f-8f9e-4a55-9c58-6f0a2c1f4f11' },
      oidcIssuerProfile: { enabled: false },
      podIdentityProfile: { enabled: true, allowNetworkPluginKubenet: true },
      networkProfile: {
        networkPlugin: 'kubenet',
        networkPolicy: 'none',
        loadBalancerSku: 'basic',
        outboundType: 'loadBalancer',
        podCidr: '10.244.0.0/16',
      },
      addonProfiles: {
        azurepolicy: { enabled: false },
        azureKeyvaultSecretsProvider: { enabled: true, config: { enableSecretRotation: 'false' } },
        httpApplicationRouting: { enabled: true, config: { HTTPApplicationRoutingZoneName: 'x.aksapp.io' } },
        kubeDashboard: { enabled: true },
        openServiceMesh: { enabled: true },
        aciConnectorLinux: { enabled: true, config: { SubnetName: 'aci' } },
        omsagent: { enabled: false },
      },
      autoUpgradeProfile: { upgradeChannel: 'none', nodeOSUpgradeChannel: 'Unmanaged' },
      securityProfile: {
        defender: { securityMonitoring: { enabled: false } },
        azureKeyVaultKms: { enabled: false },
        workloadIdentity: { enabled: false },
        imageCleaner: { enabled: false },
      },
      ingressProfile: { webAppRouting: { enabled: true, nginx: { defaultIngressControllerType: 'External' } } },
      nodeResourceGroupProfile: { restrictionLevel: 'Unrestricted' },
      azureMonitorProfile: { metrics: { enabled: false } },
      storageProfile: { diskCSIDriver: { enabled: false } },
    },
    pools: [
      {
        provisioningState: 'Failed',
        type: 'AvailabilitySet',
        osSKU: 'Ubuntu',
        nodeImageVersion: 'AKSUbuntu-1804gen2containerd-202305.08.0',
        orchestratorVersion: '1.28.1',
        currentOrchestratorVersion: '1.28.1',
        osDiskType: 'Managed',
        maxPods: 30,
        enableNodePublicIP: true,
        enableEncryptionAtHost: false,
        enableAutoScaling: false,
        availabilityZones: null,
        nodeTaints: ['team=a:NoSchedule'],
        upgradeSettings: { maxSurge: '1' },
        securityProfile: { sshAccess: 'LocalUser', enableVTPM: false, enableSecureBoot: false },
        kubeletConfig: { allowedUnsafeSysctls: ['kernel.msg*'] },
        creationData: { sourceResourceId: `${SUBNET}/snapshots/old` },
      },
      {
        provisioningState: 'Canceled',
        nodePublicIPPrefixID: `${SUBNET}/publicIPPrefixes/nodes`,
        enableNodePublicIP: false,
        enableFIPS: false,
        enableEncryptionAtHost: null,
        securityProfile: null,
        upgradeSettings: { maxSurge: '0', maxUnavailable: '0' },
      },
    ],
  },
  'private with a public name': {
    properties: {
      aadProfile: { managed: false, enableAzureRBAC: true },
      apiServerAccessProfile: {
        enablePrivateCluster: true,
        enablePrivateClusterPublicFQDN: true,
        privateDNSZone: 'system',
        enableVnetIntegration: true,
        disableRunCommand: false,
      },
      networkProfile: {
        networkPlugin: 'azure',
        networkPluginMode: 'overlay',
        networkPolicy: 'azure',
        networkDataplane: 'azure',
        loadBalancerSku: 'standard',
        outboundType: 'managedNATGateway',
      },
      autoUpgradeProfile: { upgradeChannel: 'node-image' },
    },
  },
  'own address only, in motion': {
    properties: {
      provisioningState: 'Updating',
      apiServerAccessProfile: { authorizedIPRanges: ['0.0.0.0/32'] },
      autoUpgradeProfile: { upgradeChannel: 'rapid', nodeOSUpgradeChannel: 'None' },
      networkProfile: { networkPlugin: 'azure', networkPolicy: 'calico', outboundType: 'userAssignedNATGateway' },
    },
    pools: [{ provisioningState: 'Upgrading' }, { upgradeSettings: { maxSurge: '10%' } }],
  },
  'legacy Entra': {
    properties: {
      aadProfile: {
        managed: true,
        clientAppID: '0d2ab8a5-0f1f-4a7e-9d05-1de0a5a6e1f7',
        serverAppID: '9fd36a26-7f4c-4a4c-8a0b-7d5d0c1e6f55',
        serverAppSecret: null,
      },
      disableLocalAccounts: null,
    },
  },
  'AKS Automatic, bare': { bare: true, top: { sku: { name: 'Automatic', tier: 'Standard' }, kind: 'Automatic' } },
  'AKS Automatic against its presets': {
    top: { sku: { name: 'Automatic', tier: 'Free' }, kind: 'Automatic' },
    properties: {
      disableLocalAccounts: false,
      aadProfile: { managed: false, enableAzureRBAC: false },
      autoUpgradeProfile: { upgradeChannel: 'none', nodeOSUpgradeChannel: 'None' },
      networkProfile: { networkPlugin: 'azure', networkPolicy: 'none', outboundType: 'loadBalancer' },
      oidcIssuerProfile: { enabled: false },
      securityProfile: { workloadIdentity: { enabled: false }, imageCleaner: { enabled: false } },
      nodeResourceGroupProfile: { restrictionLevel: 'Unrestricted' },
      hostedSystemProfile: { enabled: true },
      nodeProvisioningProfile: { mode: 'Auto', defaultNodePools: 'Auto' },
    },
    pools: [],
  },
  'AKS Automatic, one half of each pair': {
    top: { sku: { name: 'Automatic', tier: 'Standard' }, kind: 'Automatic' },
    properties: {
      aadProfile: { managed: true, enableAzureRBAC: false },
      oidcIssuerProfile: { enabled: false },
      securityProfile: { workloadIdentity: { enabled: true }, imageCleaner: { enabled: true } },
    },
  },
  'AKS Automatic, the other half': {
    top: { sku: { name: 'Automatic', tier: 'Standard' }, kind: 'Automatic' },
    properties: {
      aadProfile: { managed: false, enableAzureRBAC: true },
      oidcIssuerProfile: { enabled: true },
      securityProfile: { workloadIdentity: { enabled: false }, imageCleaner: { enabled: true } },
    },
  },
  'Windows only': {
    properties: {
      autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'SecurityPatch' },
      networkProfile: { networkPlugin: 'azure', networkPolicy: 'azure', outboundType: 'loadBalancer' },
    },
    pools: [
      {
        osType: 'Windows',
        osSKU: 'Windows2019',
        nodeImageVersion: 'AKSWindows-2019-17763.7009.250117',
        securityProfile: null,
      },
    ],
  },
  'patched without new images': {
    properties: {
      autoUpgradeProfile: { upgradeChannel: 'stable', nodeOSUpgradeChannel: 'SecurityPatch' },
      apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24', '128.0.0.0/1'] },
    },
    pools: [
      { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202607.27.0-2026.11.01', osSKU: 'Ubuntu2204' },
      { nodeImageVersion: 'AKSCBLMariner-V2gen2-202403.04.0', osSKU: 'CBLMariner' },
    ],
  },
  stopped: {
    properties: { powerState: { code: 'Stopped' } },
    pools: [{ powerState: { code: 'Stopped' }, nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202401.01.0' }],
  },
  'network plugin of its own': {
    top: { sku: { name: 'Base', tier: 'Premium' }, identity: { type: 'UserAssigned', userAssignedIdentities: {} } },
    properties: {
      supportPlan: 'AKSLongTermSupport',
      networkProfile: { networkPlugin: 'none', networkDataplane: 'cilium', outboundType: 'none' },
      bootstrapProfile: { artifactSource: 'Cache' },
      addonProfiles: {
        azurePolicy: { enabled: true },
        AzureKeyvaultSecretsProvider: { enabled: true, config: { EnableSecretRotation: true } },
        omsAgent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: SUBNET, useAADAuth: 'false' } },
        ingressApplicationGateway: {
          enabled: true,
          config: { effectiveApplicationGatewayId: `${SUBNET}/applicationGateways/agw` },
        },
      },
      ingressProfile: { webAppRouting: { enabled: true, nginx: { defaultIngressControllerType: 'None' } } },
      securityProfile: {
        kubernetesResourceObjectEncryptionProfile: { infrastructureEncryption: 'Enabled' },
        azureKeyVaultKms: { enabled: false },
      },
      azureMonitorProfile: { containerInsights: { enabled: true } },
    },
  },
  'pools of every kind': {
    pools: [
      { nodeTaints: null, tags: { 'aks-disable-kubelet-serving-certificate-rotation': 'true' } },
      { name: 'stopped', powerState: { code: 'Stopped' }, osSKU: 'AzureLinux' },
      { name: 'gateway', mode: 'Gateway', gatewayProfile: { publicIPPrefixSize: 31 }, count: 2 },
      { name: 'machines', type: 'VirtualMachines', virtualMachinesProfile: { scale: { manual: [] } } },
      { name: 'spot', scaleSetPriority: 'Spot', enableCustomCATrust: true, osDiskType: null },
      {
        ...{ name: 'wannual', osType: 'Windows', osSKU: 'WindowsAnnual' },
        nodeImageVersion: 'AKSWindows-2022-23H2-25398.1369.250117',
      },
      { name: 'flatcar', osSKU: 'Flatcar', nodeImageVersion: 'AKSFlatcar-flatcargen2-202606.01.0' },
      { name: 'managed', mode: 'ManagedSystem', enableNodePublicIP: true },
      { name: 'unbounded', enableAutoScaling: true, minCount: null, maxCount: null, count: 3 },
      {
        ...{ name: 'pinned', creationData: { sourceResourceId: `${SUBNET}/snapshots/old` } },
        nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202410.01.0',
      },
      { name: 'behind', currentOrchestratorVersion: '1.26.3' },
      { name: 'preview', currentOrchestratorVersion: '1.37.0', orchestratorVersion: '1.37' },
    ],
  },
  // As api-version 2019-10-01 told it.
  'read with an old api-version': {
    bare: true,
    top: { sku: null },
    properties: {
      provisioningState: 'Creating',
      kubernetesVersion: '1.13.10',
      dnsPrefix: 'old',
      servicePrincipalProfile: { clientId: '00000000-0000-0000-0000-000000000001' },
      enableRBAC: true,
      networkProfile: { networkPlugin: 'kubenet', podCidr: '10.244.0.0/16' },
      addonProfiles: { httpapplicationrouting: { enabled: false, config: null } },
    },
    pools: [{ name: 'nodepool1', count: 3, vmSize: 'Standard_DS2_v2', osType: 'Linux', maxPods: 110 }],
  },
};

/** A cluster to prove something of, with all that a run reads of its surroundings. */
export interface Specimen {
  readonly name: string;
  readonly body: ArmBody;
  /** False: recorded, and not part of the repository. */
  readonly isOurs: boolean;
  readonly sections: ClusterSnapshot['sections'];
  readonly poolSections: ReadonlyMap<
    string,
    ClusterSnapshot['nodePools'] extends ReadonlyMap<string, infer S> ? S : never
  >;
}

/** A simulated Azure with one cluster of every shape; its subscription is the only one. */
function shapedWorld(): World {
  const names = Object.keys(SHAPES);
  const world = generatedFleet({
    subscriptions: 1,
    clustersPerSubscription: names.length,
    poolsPerCluster: 2,
    now: NOW,
  });
  world.throttling = false;
  world.clusters.forEach((cluster, index) => {
    shape(cluster, SHAPES[at(names, index)] ?? {});
  });
  return world;
}

/** The names of the shapes, in the order of the clusters of their world. */
const SHAPE_NAMES: readonly string[] = Object.keys(SHAPES);

function shape(cluster: ArmBody, { top = {}, properties = {}, pools, bare }: Shape): void {
  const generated = poolsOf(cluster);
  const shaped = pools?.map((pool, index) => (bare ? pool : { ...generated[Math.min(index, 1)], ...pool }));
  if (bare) {
    cluster.properties = { provisioningState: 'Succeeded', agentPoolProfiles: [{ name: 'system' }] };
    for (const name of ['sku', 'identity', 'tags', 'kind']) {
      Reflect.deleteProperty(cluster, name);
    }
  }
  Object.assign(cluster, top);
  Object.assign(cluster.properties, properties, shaped && { agentPoolProfiles: shaped });
}

/** One of every shape, then every recorded cluster that is there; what surrounds them is read from the simulator. */
export async function specimens(): Promise<Specimen[]> {
  const world = shapedWorld();
  const bodies = structuredClone(world.clusters);
  const subscriptionId = subscriptionIdOf(world);
  const local = await startLocalAzure(world);
  try {
    const readers = azureReaders(connected(local), { subscriptionId, now: NOW, readClusterCa: true });
    const ours: Specimen[] = [];
    // As the list gives them: the address of an API server is that of the one which the simulator started.
    for (const [index, cluster] of (await clustersOf(local, subscriptionId)).entries()) {
      const { sections, nodePools } = await collectCluster(readers, sectionsOf(CATALOGUE), cluster);
      const name = at(SHAPE_NAMES, index);
      ours.push({ name, body: at(bodies, index), isOurs: true, sections, poolSections: nodePools });
    }
    return [...ours, ...recorded(at(ours, 0))];
  } finally {
    await local.simulator.stop();
  }
}

const EXPECTATIONS = new Map(
  CATALOGUE.map(({ id, params }) => [id, { enabled: true, params: defaultsOf(params), severity: null, hash: '' }]),
);

interface JudgeOptions {
  readonly profile?: Profile;
  readonly history?: EvaluateOptions['history'];
}

/** What checks say of a cluster in the surroundings of a specimen; also the checks that are off by default. */
export function judgeCluster(
  checks: readonly Check[],
  { sections, poolSections: nodePools }: Pick<Specimen, 'sections' | 'poolSections'>,
  cluster: Cluster,
  { profile = 'standard', history = () => null }: JudgeOptions = {},
): Finding[] {
  const { subscriptionId, resourceGroup, name, id } = cluster;
  return evaluateCluster(
    checks,
    { cluster, sections, nodePools },
    {
      ...{ now: NOW, history },
      subject: { subscriptionId, resourceGroup, cluster: name, clusterId: id, tags: {}, nodePool: null },
      baseline: {
        profile,
        expectationOf: (check) =>
          EXPECTATIONS.get(check.id) ?? { enabled: false, params: {}, severity: null, hash: '' },
      },
    },
  );
}

/** Around a recorded cluster everything is as around a good one. */
function recorded({ sections, poolSections }: Specimen): Specimen[] {
  const [around] = poolSections.values();
  return sampleFiles('clusters').flatMap((file) =>
    resourcesIn(file).map((body, index) => {
      const names = poolsOf(body).map(({ name }) => String(name));
      return {
        ...{ name: `${basename(file)}[${index}]`, body, isOurs: false, sections },
        poolSections: new Map(names.map((name) => [name, around ?? {}])),
      };
    }),
  );
}
