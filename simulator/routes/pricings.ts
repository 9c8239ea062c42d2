import { AzureError } from '../azure-error';
import type { Route } from '../routing';
import { findById } from '../world';

const getContainersPlan: Route = {
  source: 'https://learn.microsoft.com/rest/api/defenderforcloud/pricings/get',
  method: 'GET',
  path: '/subscriptions/{subscriptionId}/providers/Microsoft.Security/pricings/Containers',
  apiVersions: ['2024-01-01'],
  action: 'Microsoft.Security/pricings/read',
  scope: '/subscriptions/{subscriptionId}',
  handle: ({ world, variable }) => {
    const id = `/subscriptions/${variable('subscriptionId')}/providers/Microsoft.Security/pricings/Containers`;
    const body = findById(world.pricings, id);
    if (!body) {
      throw new AzureError(404, 'ResourceNotFound', `The pricing '${id}' was not found.`);
    }
    return { status: 200, body };
  },
};

export const pricingRoutes = [getContainersPlan];
