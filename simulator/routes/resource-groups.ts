import { resourceGroupOf, subscriptionOf } from '../arm-id';
import type { Json } from '../json';
import { pageOf } from '../paging';
import { isAllowed } from '../permissions';
import type { Route } from '../routing';
import type { ArmBody, World } from '../world';

const READ = 'Microsoft.Resources/subscriptions/resourceGroups/read';

const API_VERSIONS = [
  ...['2020-10-01', '2021-01-01', '2021-04-01', '2022-09-01', '2023-07-01', '2024-03-01', '2024-07-01', '2024-11-01'],
  ...['2025-03-01', '2025-04-01'],
];

/** The group in which a cluster lies, and the one in which AKS keeps its nodes. */
function groupsAround({ id, location = '', properties: { nodeResourceGroup } }: ArmBody): [id: string, body: Json][] {
  const subscription = id.split('/').slice(0, 3).join('/');
  const nodes = typeof nodeResourceGroup === 'string' ? [nodeResourceGroup] : [];
  return [
    [`${subscription}/resourceGroups/${resourceGroupOf(id)}`, { location }],
    ...nodes.map((name): [string, Json] => [`${subscription}/resourceGroups/${name}`, { location, managedBy: id }]),
  ];
}

/** The resource groups of a subscription as ARM sends them, by name. */
function resourceGroups(world: World, subscriptionId: string): ArmBody[] {
  const bodies = new Map<string, ArmBody>();
  const tagged = Object.keys(world.resourceGroupTags).map((id): [string, Json] => [id, { location: 'westeurope' }]);
  for (const [id, rest] of [...world.clusters.flatMap(groupsAround), ...tagged]) {
    const key = id.toLowerCase();
    const tags = world.resourceGroupTags[key];
    if (subscriptionOf(id) === subscriptionId.toLowerCase() && !bodies.has(key)) {
      bodies.set(key, {
        id,
        name: resourceGroupOf(id),
        type: 'Microsoft.Resources/resourceGroups',
        ...rest,
        ...(tags !== undefined && { tags }),
        properties: { provisioningState: 'Succeeded' },
      });
    }
  }
  return [...bodies.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

/** Of groups that the caller may not read nothing is said. */
const listResourceGroups: Route = {
  source: 'https://learn.microsoft.com/rest/api/resources/resource-groups/list',
  method: 'GET',
  path: '/subscriptions/{subscriptionId}/resourcegroups',
  apiVersions: API_VERSIONS,
  action: READ,
  scope: '/subscriptions/{subscriptionId}',
  handle: (request) => {
    const groups = resourceGroups(request.world, request.variable('subscriptionId'));
    return {
      status: 200,
      body: pageOf(
        request,
        groups.filter(({ id }) => isAllowed(request.world, id, READ)),
      ),
    };
  },
};

export const resourceGroupRoutes = [listResourceGroups];
