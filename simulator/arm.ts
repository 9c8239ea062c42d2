import type { ApiServers } from './api-servers';
import { same } from './arm-id';
import { AzureError } from './azure-error';
import type { IncomingRequest, Reply } from './https-server';
import { requirePermission } from './permissions';
import type { ArmRequest, Route } from './routing';
import { fill, matchPath, queryOf } from './routing';
import { assessmentRoutes } from './routes/assessments';
import { managedClusterRoutes } from './routes/managed-clusters';
import { policyStateRoutes } from './routes/policy-states';
import { pricingRoutes } from './routes/pricings';
import { resourceGraphRoutes } from './routes/resource-graph';
import { resourceGroupRoutes } from './routes/resource-groups';
import { subscriptionRoutes } from './routes/subscriptions';
import type { LimitName, Throttle } from './throttling';
import { AUDIENCES, requireToken } from './tokens';
import type { World } from './world';

/** Every operation that the simulated ARM knows. */
const ROUTES: readonly Route[] = [
  ...subscriptionRoutes,
  ...resourceGroupRoutes,
  ...managedClusterRoutes,
  ...policyStateRoutes,
  ...pricingRoutes,
  ...assessmentRoutes,
  ...resourceGraphRoutes,
];

function unknownPath(path: string): AzureError {
  const [, namespace, type] = /\/providers\/([^/]+)\/?([^/]*)/i.exec(path) ?? [];
  if (!namespace) {
    const message = 'The request did not have a subscription or a valid tenant level resource provider.';
    return new AzureError(404, 'MissingSubscription', message);
  }
  const known = ROUTES.some((route) => route.path.toLowerCase().includes(`/providers/${namespace.toLowerCase()}/`));
  return known
    ? new AzureError(
        404,
        'InvalidResourceType',
        `The resource type '${type ?? ''}' could not be found in the namespace '${namespace}' (${path}).`,
      )
    : new AzureError(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`);
}

function findRoute(method: string, path: string): { route: Route; variables: ReadonlyMap<string, string> } {
  const candidates = ROUTES.flatMap((route) => {
    const variables = matchPath(route.path, path);
    return variables ? [{ route, variables }] : [];
  });
  if (candidates.length === 0) {
    throw unknownPath(path);
  }
  const found = candidates.find(({ route }) => route.method === method);
  if (!found) {
    throw new AzureError(405, 'MethodNotAllowed', `The method '${method}' is not allowed for '${path}'.`);
  }
  return found;
}

function requireSubscription(world: World, id: string | undefined): void {
  if (id !== undefined && !world.subscriptions.some((subscription) => same(subscription.id, id))) {
    throw new AzureError(404, 'SubscriptionNotFound', `The subscription '${id}' could not be found.`);
  }
}

function requireApiVersion(route: Route, url: URL): void {
  const version = queryOf(url, 'api-version');
  if (version === undefined) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw new AzureError(400, 'MissingApiVersionParameter', message);
  }
  if (!route.apiVersions.some((each) => same(each, version))) {
    const supported = route.apiVersions.join(',');
    const message = `The api-version '${version}' is invalid. The supported versions are '${supported}'.`;
    throw new AzureError(400, 'InvalidApiVersionParameter', message);
  }
}

/** Takes a request from a bucket and returns what is left there; throws 429 when it is empty. */
function takeFrom(throttle: Throttle, name: LimitName, key: string, code: string): number {
  const taken = throttle.take(name, key);
  if ('retryAfter' in taken) {
    throw new AzureError(
      429,
      code,
      `The request is being throttled. Please try again after ${taken.retryAfter} seconds.`,
      {
        headers: { 'Retry-After': String(taken.retryAfter) },
      },
    );
  }
  return taken.remaining;
}

/** ARM counts the reads of a subscription whatever their outcome, and reports what is left. */
function throttleReads(throttle: Throttle, subscriptionId: string): Record<string, string> {
  const code = 'SubscriptionRequestsThrottled';
  const key = subscriptionId.toLowerCase();
  return {
    'x-ms-ratelimit-remaining-subscription-reads': String(takeFrom(throttle, 'armReads', key, code)),
    'x-ms-ratelimit-remaining-subscription-global-reads': String(takeFrom(throttle, 'armGlobalReads', key, code)),
  };
}

function parseJson(body: Buffer): unknown {
  if (body.length === 0) {
    return undefined;
  }
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch {
    throw new AzureError(
      400,
      'InvalidRequestContent',
      'The request content was invalid and could not be deserialized.',
    );
  }
}

/** Answers a request to Azure Resource Manager, in the order in which ARM objects to it. */
export async function answerArm(
  request: IncomingRequest,
  azure: { world: World; now: Date; origin: string; apiServers: ApiServers; throttle: Throttle },
): Promise<Reply> {
  const { world, throttle } = azure;
  requireToken(request, AUDIENCES.arm);
  const { route, variables } = findRoute(request.method, request.url.pathname);
  const variable = (name: string): string => variables.get(name) ?? '';
  request.recorded.action = route.action;
  const subscriptionId = variables.get('subscriptionId');
  const limited = world.throttling && subscriptionId !== undefined && request.method === 'GET';
  const headers = limited ? throttleReads(throttle, subscriptionId) : {};
  requireSubscription(world, subscriptionId);
  requirePermission(world, fill(route.scope, variable), route.action);
  requireApiVersion(route, request.url);
  const { method, url } = request;
  const armRequest: ArmRequest = { ...azure, method, url, body: parseJson(request.body), variable };
  if (world.throttling && route.limit) {
    takeFrom(throttle, route.limit.name, route.limit.key(armRequest).toLowerCase(), 'Throttled');
  }
  const reply = await route.handle(armRequest);
  return { ...reply, headers: { ...headers, ...reply.headers } };
}
