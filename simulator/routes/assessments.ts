import { same, subscriptionOf } from '../arm-id';
import { pageOf } from '../paging';
import { isAllowed } from '../permissions';
import type { Route } from '../routing';

const READ = 'Microsoft.Security/assessments/read';

const listAssessments: Route = {
  source: 'https://learn.microsoft.com/rest/api/defenderforcloud/assessments/list',
  method: 'GET',
  path: '/subscriptions/{subscriptionId}/providers/Microsoft.Security/assessments',
  apiVersions: ['2020-01-01'],
  action: READ,
  scope: '/subscriptions/{subscriptionId}',
  handle: (request) => {
    const { world, variable } = request;
    const visible = world.assessments.filter(
      ({ id }) => same(subscriptionOf(id), variable('subscriptionId')) && isAllowed(world, id, READ),
    );
    return { status: 200, body: pageOf(request, visible) };
  },
};

export const assessmentRoutes = [listAssessments];
