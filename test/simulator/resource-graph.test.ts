import type { QueryRequest } from '@azure/arm-resourcegraph';
import { generatedFleet } from '../../simulator';
import type { World } from '../../simulator';
import type { LocalAzure } from './local-azure';
import { NOW, at, startLocalAzure } from './local-azure';

const CLUSTERS = "resources | where type =~ 'Microsoft.ContainerService/managedClusters'";

let azure: LocalAzure;
let world: World;

interface Row {
  id: string;
  name: string;
  subscriptionId: string;
}

async function query(text: string, more: Omit<QueryRequest, 'query'> = {}) {
  const response = await azure.resourceGraph().resources({ query: text, ...more });
  return { ...response, rows: response.data as Row[] };
}

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 1, now: NOW });
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

it('executes the query over the clusters of the world', async () => {
  const { rows, totalRecords, resultTruncated } = await query(`${CLUSTERS} | project id, name | order by id asc`);
  expect(rows.map(({ id }) => id)).toEqual(world.clusters.map(({ id }) => id).sort());
  expect(totalRecords).toBe(6);
  expect(resultTruncated).toBe('false');
});

it('continues with a skip token', async () => {
  const text = `${CLUSTERS} | project id | order by id asc`;
  const first = await query(text, { options: { top: 4 } });
  expect(first.count).toBe(4);
  const second = await query(text, { options: { top: 4, skipToken: first.skipToken ?? '' } });
  expect(second.rows).toHaveLength(2);
  expect(second.skipToken).toBeUndefined();
});

it.each([`${CLUSTERS} | project name`, `${CLUSTERS} | project id | take 5`])(
  'cuts a result that it cannot continue, and says so: %s',
  async (text) => {
    const { skipToken, resultTruncated } = await query(text, { options: { top: 2 } });
    expect(skipToken).toBeUndefined();
    expect(resultTruncated).toBe('true');
  },
);

it('leaves out without a word what the caller may not read', async () => {
  const subscriptionId = at(world.subscriptions, 0).id;
  world.denied.push({ scope: `/subscriptions/${subscriptionId}`, action: 'Microsoft.Resources/subscriptions/read' });
  expect((await query(CLUSTERS)).rows).toHaveLength(3);
  expect((await query(CLUSTERS, { subscriptions: [subscriptionId] })).rows).toEqual([]);
});

it('covers the subscriptions below a management group', async () => {
  at(world.subscriptions, 1).managementGroups = ['mg-other'];
  const { rows } = await query(CLUSTERS, { managementGroups: ['MG-Other'] });
  expect(rows).toHaveLength(3);
});

it.each([
  ['resourcecontainers', 2],
  ["securityresources | where type == 'microsoft.security/pricings'", 2],
  ["securityresources | where type == 'microsoft.security/assessments'", 24],
  ["policyresources | where type == 'microsoft.policyinsights/policystates'", 24],
])('knows the table %s', async (text, count) => {
  expect((await query(text)).rows).toHaveLength(count);
});

it('answers 400 to what it cannot execute, never an empty result', async () => {
  for (const text of ['resources | mv-apply x', 'nosuchtable', 'resources | where']) {
    await expect(query(text)).rejects.toMatchObject({ statusCode: 400, code: 'BadRequest' });
  }
});

it('allows 15 queries in 5 seconds', async () => {
  const text = JSON.stringify({ query: 'resourcecontainers' });
  const responses: Response[] = [];
  for (let count = 0; count < 16; count += 1) {
    const path = '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01';
    responses.push(await azure.arm(path, { method: 'POST', body: text }));
  }
  expect(at(responses, 0).headers.get('x-ms-user-quota-remaining')).toBe('14');
  expect(at(responses, 14).status).toBe(200);
  expect(at(responses, 15).status).toBe(429);
  expect(Number(at(responses, 15).headers.get('retry-after'))).toBeGreaterThan(0);
});
