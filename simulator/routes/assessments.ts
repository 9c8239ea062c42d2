import { pageOf } from '../paging';
import { isAllowed } from '../permissions';
import type { Route } from '../routing';

const READ = 'Microsoft.Security/assessments/read';

const SOURCE = 'https://learn.microsoft.com/rest/api/defenderforcloud/assessments/list';

/** The list below a scope: of a subscription, or of one cluster. */
function listBelow(scope: string): Route {
  return {
    source: SOURCE,
    method: 'GET',
    path: `${scope}/providers/Microsoft.Security/assessments`,
    apiVersions: ['2020-01-01'],
    action: READ,
    scope,
    handle: (request) => {
      const { world, variable } = request;
      const prefix = scope.replaceAll(/\{(\w+)\}/g, (_, name: string) => variable(name));
      const visible = world.assessments.filter(
        ({ id }) => id.toLowerCase().startsWith(`${prefix}/`.toLowerCase()) && isAllowed(world, id, READ),
      );
      return { status: 200, body: pageOf(request, visible) };
    },
  };
}

export const assessmentRoutes = [
  listBelow('/subscriptions/{subscriptionId}'),
  listBelow(
    '/subscriptions/{subscriptionId}/resourceGroups/{resourceGroup}/providers/Microsoft.ContainerService/managedClusters/{cluster}',
  ),
];
