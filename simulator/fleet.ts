import { containersPlan, healthyAssessments } from './defender';
import { guidOf, numberOf } from './deterministic';
import { clusterBody } from './fleet-cluster';
import { weeklyWindows } from './maintenance-windows';
import { surroundings } from './region';
import type { ArmBody, PolicyState, Subscription, World } from './world';
import { emptyWorld } from './world';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Built-in definitions that audit AKS clusters; https://github.com/Azure/azure-policy built-in-policies/policyDefinitions */
const DEFINITIONS = {
  policyAddOn: '0a15ec92-a229-4763-bb14-0ea34a568f8d',
  defenderProfile: 'a1840de2-8088-4ea8-b153-b4c723e9cb01',
  localAccounts: '993c2fcd-2b29-49d2-9eb0-df2c3a730c32',
  authorizedRanges: '0e246bcf-5f6f-4f87-bc6f-775d4712c7ea',
};

/** The management group above every generated subscription. */
export const FLEET_MANAGEMENT_GROUP = 'mg-platform';

interface FleetOptions {
  subscriptions: number;
  clustersPerSubscription: number;
  /** The first pool of a cluster is its system pool. */
  poolsPerCluster: number;
  /** Other seeds give other ids, places and sizes; 1 when absent. */
  seed?: number;
  /** The moment at which everything in the fleet is current. */
  now: Date;
}

function policyStatesOf(cluster: ArmBody, subscriptionId: string, now: Date): PolicyState[] {
  return Object.entries(DEFINITIONS).map(([reference, definition]) => ({
    timestamp: new Date(now.getTime() - (1 + numberOf(cluster.id, 20)) * HOUR_MS).toISOString(),
    resourceId: cluster.id,
    resourceType: 'Microsoft.ContainerService/managedClusters',
    resourceLocation: cluster.location,
    subscriptionId,
    policyAssignmentId: `/providers/Microsoft.Management/managementGroups/${FLEET_MANAGEMENT_GROUP}/providers/Microsoft.Authorization/policyAssignments/aks-baseline`,
    policyAssignmentName: 'aks-baseline',
    policyAssignmentScope: `/providers/Microsoft.Management/managementGroups/${FLEET_MANAGEMENT_GROUP}`,
    policyDefinitionId: `/providers/Microsoft.Authorization/policyDefinitions/${definition}`,
    policyDefinitionName: definition,
    policyDefinitionAction: 'audit',
    policyDefinitionReferenceId: reference,
    policySetDefinitionId: `/providers/Microsoft.Management/managementGroups/${FLEET_MANAGEMENT_GROUP}/providers/Microsoft.Authorization/policySetDefinitions/aks-baseline`,
    policySetDefinitionName: 'aks-baseline',
    managementGroupIds: FLEET_MANAGEMENT_GROUP,
    complianceState: 'Compliant',
    isCompliant: true,
  }));
}

/** A world of well-configured clusters that every check of a sound baseline should pass. The same options give the same world. */
export function generatedFleet(options: FleetOptions): World {
  const { seed = 1, now } = options;
  const world = emptyWorld();
  const subscriptions = Array.from({ length: options.subscriptions }, (_, index): Subscription => ({
    id: guidOf(`${seed} subscription ${index}`),
    displayName: `sub-${String(index + 1).padStart(3, '0')}`,
    state: 'Enabled',
    managementGroups: [FLEET_MANAGEMENT_GROUP],
  }));
  const clusters = subscriptions.flatMap(({ id: subscriptionId }) =>
    Array.from({ length: options.clustersPerSubscription }, (_, index) =>
      clusterBody({
        seed,
        subscriptionId,
        tenantId: world.tenantId,
        number: index + 1,
        pools: options.poolsPerCluster,
        now,
      }),
    ),
  );
  const monthAgo = new Date(now.getTime() - 30 * DAY_MS);
  return {
    ...world,
    ...surroundings(clusters, now),
    subscriptions,
    clusters,
    policyStates: clusters.flatMap((cluster) => policyStatesOf(cluster, cluster.id.split('/')[2] ?? '', now)),
    pricings: subscriptions.map(({ id }) => containersPlan(id, 'Standard', monthAgo)),
    maintenanceConfigurations: Object.fromEntries(clusters.map(({ id }) => [id.toLowerCase(), weeklyWindows(id)])),
    assessments: clusters.flatMap(({ id }) => healthyAssessments(id, monthAgo)),
  };
}
