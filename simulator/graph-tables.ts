import { resourceGroupOf, subscriptionOf } from './arm-id';
import type { ApiServers } from './api-servers';
import type { Json } from './json';
import type { KqlTable } from './kql';
import { isAllowed } from './permissions';
import { readableSubscriptions, subscriptionBody } from './routes/subscriptions';
import type { ArmBody, PolicyState, World } from './world';

/** https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language#resource-graph-tables */
const COLUMNS = {
  id: 'string',
  name: 'string',
  type: 'string',
  tenantId: 'string',
  kind: 'string',
  location: 'string',
  resourceGroup: 'string',
  subscriptionId: 'string',
  managedBy: 'string',
  sku: 'dynamic',
  plan: 'dynamic',
  properties: 'dynamic',
  tags: 'dynamic',
  identity: 'dynamic',
  zones: 'dynamic',
  extendedLocation: 'dynamic',
} as const satisfies KqlTable['columns'];

/** A resource as a row: type, location and resource group in lower case, absent strings empty, absent objects null. */
function rowOf(world: World, body: ArmBody, type: string): Json {
  return {
    id: body.id,
    name: body.name,
    type: type.toLowerCase(),
    tenantId: world.tenantId,
    kind: body.kind ?? '',
    location: (body.location ?? '').toLowerCase(),
    resourceGroup: resourceGroupOf(body.id).toLowerCase(),
    subscriptionId: subscriptionOf(body.id),
    managedBy: body.managedBy ?? '',
    sku: body.sku ?? null,
    plan: body.plan ?? null,
    properties: body.properties,
    tags: body.tags ?? null,
    identity: body.identity ?? null,
    zones: body.zones ?? null,
    extendedLocation: body.extendedLocation ?? null,
  };
}

function policyStateBody(state: PolicyState): ArmBody {
  const definition = state.policyDefinitionId.split('/').at(-1) ?? '';
  const assignment = state.policyAssignmentId.split('/').at(-1) ?? '';
  const name = `${assignment}-${definition}`;
  return {
    id: `${state.resourceId}/providers/Microsoft.PolicyInsights/policyStates/${name}`,
    name,
    properties: { ...state },
  };
}

/**
 * The tables of Resource Graph over a world, limited to these subscriptions (lower case). Rows that the caller may not
 * read are left out without a word, as Azure does.
 */
export async function graphTables(
  world: World,
  apiServers: ApiServers,
  subscriptionIds: ReadonlySet<string>,
): Promise<Record<string, KqlTable>> {
  function table(bodies: readonly ArmBody[], type: string, action: string): Json[] {
    return bodies
      .filter(({ id }) => subscriptionIds.has(subscriptionOf(id)) && isAllowed(world, id, action))
      .map((body) => rowOf(world, body, type));
  }

  const subscriptions = readableSubscriptions(world).map((each) => ({
    id: `/subscriptions/${each.id}`,
    name: each.displayName,
    properties: subscriptionBody(world, each),
  }));
  const clusters = await Promise.all(world.clusters.map((cluster) => apiServers.serve(cluster)));
  const rows = {
    resources: table(
      clusters,
      'microsoft.containerservice/managedclusters',
      'Microsoft.ContainerService/managedClusters/read',
    ),
    resourcecontainers: table(
      subscriptions,
      'microsoft.resources/subscriptions',
      'Microsoft.Resources/subscriptions/read',
    ),
    securityresources: [
      ...table(world.pricings, 'microsoft.security/pricings', 'Microsoft.Security/pricings/read'),
      ...table(world.assessments, 'microsoft.security/assessments', 'Microsoft.Security/assessments/read'),
    ],
    // https://learn.microsoft.com/azure/governance/resource-graph/changes/get-resource-changes
    resourcechanges: table(
      world.resourceChanges,
      'microsoft.resources/changes',
      'Microsoft.ContainerService/managedClusters/read',
    ),
    policyresources: table(
      world.policyStates.map(policyStateBody),
      'microsoft.policyinsights/policystates',
      'Microsoft.PolicyInsights/policyStates/queryResults/read',
    ),
  };
  return Object.fromEntries(Object.entries(rows).map(([name, of]) => [name, { columns: COLUMNS, rows: of }]));
}
