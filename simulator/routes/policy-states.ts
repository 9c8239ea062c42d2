import { same } from '../arm-id';
import { AzureError } from '../azure-error';
import type { Json } from '../json';
import { isJson } from '../json';
import { nextLinkOf, readToken } from '../paging';
import type { ArmRequest, Route } from '../routing';
import { queryOf } from '../routing';
import type { PolicyState } from '../world';

const PATH = '/subscriptions/{subscriptionId}/providers/Microsoft.PolicyInsights/policyStates/latest/queryResults';
const API_VERSIONS = ['2024-10-01'];
const ACTION = 'Microsoft.PolicyInsights/policyStates/queryResults';
/** "When not specified, the service uses ($to - 1-day)." */
const DEFAULT_RANGE_MS = 86_400_000;

/** What a page must know of the request that began the listing; all of it travels in the continuation token. */
interface PolicyQuery {
  filter: string;
  from: string;
  to: string;
  /** Rows of all pages together. */
  top: number;
  skip: number;
}

interface Condition {
  property: string;
  value: string;
}

function badRequest(message: string): AzureError {
  return new AzureError(400, 'InvalidQueryParameter', message);
}

/** Reads `Property eq 'value' and …`; throws 400 for any other filter, because an ignored one would return too much. */
function conditionsOf(filter: string): Condition[] {
  if (filter === '') {
    return [];
  }
  return filter.split(/ and (?=\w+ eq ')/i).map((part) => {
    const [, property, value] = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(part) ?? [];
    if (property === undefined || value === undefined) {
      throw badRequest(`The simulator does not execute the $filter '${filter}'.`);
    }
    return { property, value: value.replaceAll("''", "'") };
  });
}

function meets(state: PolicyState, { property, value }: Condition): boolean {
  const found = Object.entries(state).find(([name]) => same(name, property))?.[1];
  return typeof found === 'string' && same(found, value);
}

function dateOf(text: string | undefined, fallback: Date): string {
  const date = text === undefined ? fallback : new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw badRequest(`'${text ?? ''}' is not a date.`);
  }
  return date.toISOString();
}

function firstQuery({ url, now }: ArmRequest): PolicyQuery {
  for (const name of ['$select', '$orderby', '$apply', '$expand']) {
    if (queryOf(url, name) !== undefined) {
      throw badRequest(`The simulator does not execute ${name}.`);
    }
  }
  const to = dateOf(queryOf(url, '$to'), now);
  const from = dateOf(queryOf(url, '$from'), new Date(Date.parse(to) - DEFAULT_RANGE_MS));
  const top = Number(queryOf(url, '$top') ?? Number.MAX_SAFE_INTEGER);
  if (!Number.isInteger(top) || top < 0) {
    throw badRequest('$top must be a whole number.');
  }
  return { filter: queryOf(url, '$filter') ?? '', from, to, top, skip: 0 };
}

function queryFrom(request: ArmRequest): PolicyQuery {
  const token = queryOf(request.url, '$skiptoken');
  if (token === undefined) {
    return firstQuery(request);
  }
  const query = readToken(token);
  if (!isJson(query) || typeof query.skip !== 'number') {
    throw badRequest(`The skip token '${token}' is invalid.`);
  }
  return query as unknown as PolicyQuery;
}

/** The newest state of each resource, assignment and definition within the range. */
function latestStates(states: readonly PolicyState[], { from, to }: PolicyQuery): PolicyState[] {
  const latest = new Map<string, PolicyState>();
  for (const state of states) {
    const at = Date.parse(state.timestamp);
    if (at < Date.parse(from) || at > Date.parse(to)) {
      continue;
    }
    const { resourceId, policyAssignmentId, policyDefinitionId, policyDefinitionReferenceId } = state;
    const key = JSON.stringify([resourceId, policyAssignmentId, policyDefinitionId, policyDefinitionReferenceId]);
    const known = latest.get(key.toLowerCase());
    if (!known || Date.parse(known.timestamp) < at) {
      latest.set(key.toLowerCase(), state);
    }
  }
  return [...latest.values()];
}

function answer(request: ArmRequest): Json {
  const { world, origin } = request;
  const subscriptionId = request.variable('subscriptionId');
  const query = queryFrom(request);
  const conditions = conditionsOf(query.filter);
  const ofSubscription = world.policyStates.filter((state) => same(state.subscriptionId, subscriptionId));
  const found = latestStates(ofSubscription, query)
    .filter((state) => conditions.every((condition) => meets(state, condition)))
    .slice(0, query.top);
  const end = query.skip + world.pageSizes.policyStates;
  const context = `${origin}/subscriptions/${subscriptionId}/providers/Microsoft.PolicyInsights/policyStates/$metadata#latest`;
  const value = found
    .slice(query.skip, end)
    .map((state) => ({ '@odata.id': null, '@odata.context': `${context}/$entity`, ...state }));
  return {
    '@odata.nextLink': end < found.length ? nextLinkOf(request, { ...query, skip: end }) : null,
    '@odata.context': context,
    '@odata.count': value.length,
    value,
  };
}

const queryStates: Route = {
  source: 'https://learn.microsoft.com/rest/api/policyinsights/policy-states/list-query-results-for-subscription',
  method: 'POST',
  path: PATH,
  apiVersions: API_VERSIONS,
  action: `${ACTION}/action`,
  scope: '/subscriptions/{subscriptionId}',
  handle: (request) => ({ status: 200, body: answer(request) }),
};

const continueStates: Route = {
  // The page after the first. The specification names a POST of its own for it (ListQueryResultsForSubscriptionNext);
  // @azure/arm-policyinsights follows the link with GET, and what Azure says to that is not documented.
  source: 'https://github.com/Azure/azure-rest-api-specs specification/policyinsights, policyStates.json',
  method: 'GET',
  path: PATH,
  apiVersions: API_VERSIONS,
  action: `${ACTION}/read`,
  scope: '/subscriptions/{subscriptionId}',
  handle: (request) => ({ status: 200, body: answer(request) }),
};

export const policyStateRoutes = [queryStates, continueStates];
