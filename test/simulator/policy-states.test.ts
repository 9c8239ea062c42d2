import { generatedFleet } from '../../simulator';
import type { World } from '../../simulator';
import type { LocalAzure } from './local-azure';
import { NOW, at, collect, startLocalAzure } from './local-azure';

const FILTER = "ResourceType eq 'Microsoft.ContainerService/managedClusters'";

let azure: LocalAzure;
let world: World;
let subscriptionId: string;

const query = (queryOptions: { filter?: string; from?: Date; to?: Date; top?: number; orderBy?: string } = {}) =>
  collect(
    azure.policyInsights().policyStates.listQueryResultsForSubscription('latest', subscriptionId, { queryOptions }),
  );

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 1, now: NOW });
  subscriptionId = at(world.subscriptions, 0).id;
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

it('are read page by page; the SDK continues with GET and the range and filter stay', async () => {
  at(world.policyStates, 0).complianceState = 'NonCompliant';
  world.pageSizes.policyStates = 5;
  const states = await query({ filter: `${FILTER} and ComplianceState eq 'Compliant'` });
  expect(states).toHaveLength(11);
  const asked = azure.simulator.requests.filter(({ action }) => action?.startsWith('Microsoft.PolicyInsights/'));
  expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
});

it('are those of the last day unless a range is given', async () => {
  at(world.policyStates, 0).timestamp = '2026-11-22T09:00:00Z';
  expect(await query({ filter: FILTER })).toHaveLength(11);
  expect(await query({ filter: FILTER, from: new Date('2026-11-21T09:00:00Z') })).toHaveLength(12);
  expect(await query({ to: new Date('2026-11-23T00:00:00Z') })).toHaveLength(1);
});

it('are the newest of each resource and definition', async () => {
  const state = at(world.policyStates, 0);
  world.policyStates.push({ ...state, timestamp: '2026-11-24T08:59:00Z', complianceState: 'NonCompliant' });
  const states = await query();
  expect(states).toHaveLength(12);
  expect(states.filter(({ complianceState }) => complianceState === 'NonCompliant')).toHaveLength(1);
});

it('are limited by top', async () => {
  world.pageSizes.policyStates = 2;
  expect(await query({ top: 3 })).toHaveLength(3);
});

it.each([{ filter: "startswith(ResourceId, 'x')" }, { filter: "A eq 'b' or C eq 'd'" }, { orderBy: 'Timestamp desc' }])(
  'are refused for what the simulator does not execute: %p',
  async (options) => {
    await expect(query(options)).rejects.toMatchObject({ statusCode: 400 });
  },
);

it('are denied on the second page to a caller without the read action', async () => {
  world.pageSizes.policyStates = 5;
  world.denied.push({ scope: '/', action: 'Microsoft.PolicyInsights/policyStates/queryResults/read' });
  await expect(query()).rejects.toMatchObject({ statusCode: 403 });
});
