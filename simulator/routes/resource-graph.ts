import { randomUUID } from 'node:crypto';
import { AzureError } from '../azure-error';
import { graphTables } from '../graph-tables';
import type { Json } from '../json';
import { isJson, textOf } from '../json';
import type { KqlTable } from '../kql';
import { KqlError, runQuery } from '../kql';
import { readToken, tokenOf } from '../paging';
import type { ArmRequest, Route } from '../routing';
import { readableSubscriptions } from './subscriptions';

/** "The maximum value allowed is 1000", which is also what a query gets that does not ask. */
const MAX_ROWS = 1000;

/** Rows of a query that limits itself cannot be continued; https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data */
const LIMITS_ITSELF = /\|\s*(limit|take|sample|top)\b/i;

function badRequest(now: Date, code: string, message: string): AzureError {
  const support = `Please provide below info when asking for support: timestamp = ${now.toISOString()}, correlationId = ${randomUUID()}.`;
  return new AzureError(400, 'BadRequest', support, {
    details: [
      {
        code: 'InvalidQuery',
        message:
          'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
      },
      { code, message },
    ],
  });
}

function namesOf(body: Json, key: string): string[] | undefined {
  const names = body[key];
  return Array.isArray(names) ? names.map((name) => String(name).toLowerCase()) : undefined;
}

/** The subscriptions that a request covers, in lower case: those named or below a named group, else all that the caller may read. */
function scopeOf(request: ArmRequest, body: Json): Set<string> {
  const subscriptions = namesOf(body, 'subscriptions');
  const groups = namesOf(body, 'managementGroups');
  const readable = readableSubscriptions(request.world).filter(({ id, managementGroups = [] }) => {
    const inGroup = groups === undefined || managementGroups.some((name) => groups.includes(name.toLowerCase()));
    return inGroup && (subscriptions === undefined || subscriptions.includes(id.toLowerCase()));
  });
  return new Set(readable.map(({ id }) => id.toLowerCase()));
}

function execute(request: ArmRequest, query: string, tables: Record<string, KqlTable>): ReturnType<typeof runQuery> {
  try {
    return runQuery(query, tables, { now: request.now });
  } catch (error) {
    throw error instanceof KqlError ? badRequest(request.now, 'ParserFailure', error.message) : error;
  }
}

function pageSizeOf(request: ArmRequest, options: Json): number {
  const top = options.$top ?? MAX_ROWS;
  if (typeof top !== 'number' || !Number.isInteger(top) || top < 1 || top > MAX_ROWS) {
    throw badRequest(request.now, 'InvalidTop', `$top must be a whole number from 1 to ${MAX_ROWS}.`);
  }
  return Math.min(top, request.world.pageSizes.resourceGraph);
}

async function answer(request: ArmRequest): Promise<Json> {
  const body = isJson(request.body) ? request.body : {};
  const options = isJson(body.options) ? body.options : {};
  const query = textOf(body, 'query');
  if (query === undefined) {
    throw badRequest(request.now, 'InvalidQuery', 'The request has no query.');
  }
  if ((options.resultFormat ?? 'objectArray') !== 'objectArray') {
    throw badRequest(request.now, 'InvalidResultFormat', 'The simulator answers resultFormat objectArray only.');
  }
  const size = pageSizeOf(request, options);
  const tables = await graphTables(request.world, request.apiServers, scopeOf(request, body));
  const { columns, rows } = execute(request, query, tables);
  const token = textOf(options, '$skipToken');
  const start = token === undefined ? 0 : Number(readToken(token));
  const data = rows.slice(start, start + size);
  const more = start + size < rows.length;
  // Paging works only over an id, and only for queries that do not cut the result themselves.
  const continues = more && columns.some(({ name }) => name === 'id') && !LIMITS_ITSELF.test(query);
  return {
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: more && !continues ? 'true' : 'false',
    ...(continues && { $skipToken: tokenOf(start + size) }),
  };
}

const queryResources: Route = {
  source: 'https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources',
  method: 'POST',
  path: '/providers/Microsoft.ResourceGraph/resources',
  apiVersions: ['2024-04-01'],
  action: 'Microsoft.ResourceGraph/resources/read',
  scope: '/',
  handle: async (request) => {
    const headers = request.world.throttling ? request.throttle.takeGraphQuery() : {};
    return { status: 200, headers, body: await answer(request) };
  },
};

export const resourceGraphRoutes = [queryResources];
