import type { ApiServer } from './api-servers';
import { same } from './arm-id';
import type { Json } from './json';

export interface Subscription {
  /** A GUID. */
  id: string;
  displayName: string;
  state: 'Enabled' | 'Warned' | 'PastDue' | 'Disabled';
  /** Names of the management groups above it, the nearest first. */
  managementGroups?: string[];
  tags?: Record<string, string>;
}

/** A resource as ARM sends it: `properties` is not flattened, names are wire names. */
export interface ArmBody {
  id: string;
  name: string;
  type?: string;
  location?: string;
  properties: Json;
  [key: string]: unknown;
}

/** A policy state as Policy Insights sends it; `timestamp` is ISO 8601. */
export interface PolicyState {
  timestamp: string;
  resourceId: string;
  resourceType: string;
  subscriptionId: string;
  policyAssignmentId: string;
  policyDefinitionId: string;
  complianceState: string;
  [key: string]: unknown;
}

/** A permission that the caller lacks at an id and at everything below it; `*` stands for every action, scope `/` for everything. */
export interface DeniedPermission {
  scope: string;
  action: string;
}

/**
 * Everything that the simulated Azure knows. It is read anew for each request, so that a test changes
 * Azure by changing these objects.
 */
export interface World {
  tenantId: string;
  subscriptions: Subscription[];
  clusters: ArmBody[];
  /** Tags of resource groups by id in lower case. A group exists when a cluster lies in it or has its nodes there, or when it has an entry here. */
  resourceGroupTags: Record<string, Record<string, string>>;
  /** Body of the kubernetesVersions answer per location. */
  kubernetesVersions: Record<string, Json>;
  /** Full name of the newest node image per location and image family, such as `AKSUbuntu-2404gen2containerd-202611.16.0`. */
  latestNodeImages: Record<string, Record<string, string>>;
  policyStates: PolicyState[];
  /** Defender plans, `Microsoft.Security/pricings`. */
  pricings: ArmBody[];
  /** Defender assessments in the casing of Resource Graph. */
  assessments: ArmBody[];
  /** What Resource Graph keeps of changes: `Microsoft.Resources/changes`. */
  resourceChanges: ArmBody[];
  /** Maintenance configurations by cluster id in lower case; a cluster without an entry has none. */
  maintenanceConfigurations: Record<string, ArmBody[]>;
  /** API servers by cluster id in lower case; a cluster without one keeps the `fqdn` of its body. */
  apiServers: Record<string, ApiServer>;
  denied: DeniedPermission[];
  /** Rows per page. Resource Graph and Policy Insights send 1,000 at most. */
  pageSizes: { list: number; policyStates: number; resourceGraph: number };
  throttling: boolean;
}

/** A world without any resource, with Azure's page sizes and throttling on. */
export function emptyWorld(): World {
  return {
    tenantId: '5b0c9c6e-5d1e-4a0c-9c0f-6d2a3e9f1a77',
    subscriptions: [],
    clusters: [],
    resourceGroupTags: {},
    kubernetesVersions: {},
    latestNodeImages: {},
    policyStates: [],
    pricings: [],
    assessments: [],
    resourceChanges: [],
    maintenanceConfigurations: {},
    apiServers: {},
    denied: [],
    pageSizes: { list: 20, policyStates: 1000, resourceGraph: 1000 },
    throttling: true,
  };
}

/** The node pools of a cluster as raw objects. */
export function poolsOf(cluster: ArmBody): Json[] {
  const pools = cluster.properties.agentPoolProfiles;
  return Array.isArray(pools) ? (pools as Json[]) : [];
}

/** The resource with this id, compared without regard to letter case. */
export function findById<T extends { id: string }>(items: readonly T[], id: string): T | undefined {
  return items.find((item) => same(item.id, id));
}
