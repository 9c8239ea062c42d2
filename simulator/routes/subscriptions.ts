import { same } from '../arm-id';
import { AzureError } from '../azure-error';
import type { Json } from '../json';
import { pageOf } from '../paging';
import { isAllowed } from '../permissions';
import type { Route } from '../routing';
import type { Subscription, World } from '../world';

const READ = 'Microsoft.Resources/subscriptions/read';
const MANAGEMENT_GROUPS = '/providers/Microsoft.Management/managementGroups';
const API_VERSIONS = ['2020-01-01', '2021-01-01', '2021-04-01', '2022-09-01', '2022-12-01'];

/** A subscription as ARM sends it. */
export function subscriptionBody(world: World, subscription: Subscription): Json {
  return {
    id: `/subscriptions/${subscription.id}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription.id,
    tenantId: world.tenantId,
    displayName: subscription.displayName,
    state: subscription.state,
    subscriptionPolicies: {
      locationPlacementId: 'Internal_2014-09-01',
      quotaId: 'Internal_2014-09-01',
      spendingLimit: 'Off',
    },
    ...(subscription.tags !== undefined && { tags: subscription.tags }),
  };
}

/** The subscriptions that the caller may read. */
export function readableSubscriptions(world: World): Subscription[] {
  return world.subscriptions.filter(({ id }) => isAllowed(world, `/subscriptions/${id}`, READ));
}

/** What is below a management group: the subscriptions, and the groups between them and it. */
function descendantsOf(world: World, group: string): Json[] {
  const descendants = world.subscriptions.flatMap(({ id, displayName, managementGroups = [] }) => {
    const above = managementGroups.findIndex((name) => same(name, group));
    if (above < 0) {
      return [];
    }
    const chain = managementGroups.slice(0, above + 1);
    const parentOf = (index: number) => ({ id: `${MANAGEMENT_GROUPS}/${chain[index] ?? group}` });
    const groups = chain.slice(0, -1).map((name, index) => ({
      type: 'Microsoft.Management/managementGroups',
      id: `${MANAGEMENT_GROUPS}/${name}`,
      name,
      properties: { displayName: name, parent: parentOf(index + 1) },
    }));
    const subscription = {
      type: 'Microsoft.Management/managementGroups/subscriptions',
      id: `/subscriptions/${id}`,
      name: id,
      properties: { displayName, parent: parentOf(0) },
    };
    return [...groups, subscription];
  });
  return [...new Map(descendants.map((each) => [each.id.toLowerCase(), each])).values()];
}

const listSubscriptions: Route = {
  source: 'https://learn.microsoft.com/rest/api/resources/subscriptions/list',
  method: 'GET',
  path: '/subscriptions',
  apiVersions: API_VERSIONS,
  action: READ,
  scope: '/',
  handle: (request) => {
    const { world } = request;
    const items = readableSubscriptions(world).map((each) => subscriptionBody(world, each));
    return { status: 200, body: { ...pageOf(request, items), count: { type: 'Total', value: items.length } } };
  },
};

const getSubscription: Route = {
  source: 'https://learn.microsoft.com/rest/api/resources/subscriptions/get',
  method: 'GET',
  path: '/subscriptions/{subscriptionId}',
  apiVersions: API_VERSIONS,
  action: READ,
  scope: '/subscriptions/{subscriptionId}',
  handle: ({ world, variable }) => {
    const found = world.subscriptions.filter(({ id }) => same(id, variable('subscriptionId')));
    return { status: 200, body: found.map((each) => subscriptionBody(world, each))[0] };
  },
};

const listDescendants: Route = {
  source: 'https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants',
  method: 'GET',
  path: '/providers/Microsoft.Management/managementGroups/{groupId}/descendants',
  apiVersions: ['2020-05-01', '2021-04-01', '2023-04-01'],
  action: 'Microsoft.Management/managementGroups/descendants/read',
  scope: '/providers/Microsoft.Management/managementGroups/{groupId}',
  handle: (request) => {
    const group = request.variable('groupId');
    const items = descendantsOf(request.world, group);
    if (items.length === 0) {
      throw new AzureError(404, 'NotFound', `'${group}' was not found.`);
    }
    return { status: 200, body: pageOf(request, items) };
  },
};

export const subscriptionRoutes = [listSubscriptions, getSubscription, listDescendants];
