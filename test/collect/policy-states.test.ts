import { policyStates } from '../../shared/collect/policy-states';
import type { Cluster } from '../../shared/model/cluster';
import { generatedFleet, type Fault, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { armPaths, clustersOf, connected, subscriptionIdOf, unread, valueOf } from './collecting';

let azure: LocalAzure;
let world: World;
let subscriptionId: string;
let clusters: Cluster[];

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 1, now: NOW });
  subscriptionId = subscriptionIdOf(world);
  azure = await startLocalAzure(world);
  clusters = await clustersOf(azure, subscriptionId);
  azure.simulator.requests.length = 0;
});

afterEach(() => azure.simulator.stop());

const first = (): Cluster => at(clusters, 0);
const ask = () => policyStates(connected(azure), subscriptionId, NOW)(first());
const policyPaths = (): string[] => armPaths(azure).filter((path) => path.includes('PolicyInsights'));

/** Makes the service answer with these rows, on one page. */
function answerWith(rows: readonly object[]): void {
  const body = JSON.stringify({ '@odata.nextLink': null, value: rows });
  azure.simulator.faults.push({ match: /queryResults/, body });
}

it('gives each cluster its states, with one query for all', async () => {
  const states = policyStates(connected(azure), subscriptionId, NOW);
  const answers = await Promise.all(clusters.map(async (cluster) => valueOf(await states(cluster))));
  expect(answers.map((answer) => answer.length)).toEqual([4, 4, 4]);
  expect(policyPaths()).toHaveLength(1);
  expect(answers[0]).toContainEqual({
    assignmentId:
      '/providers/microsoft.management/managementgroups/mg-platform/providers/microsoft.authorization/policyassignments/aks-baseline',
    assignmentName: 'aks-baseline',
    definitionId: '/providers/microsoft.authorization/policydefinitions/0a15ec92-a229-4763-bb14-0ea34a568f8d',
    referenceId: 'policyaddon',
    complianceState: 'Compliant',
    evaluatedAt: at(world.policyStates, 0).timestamp,
  });
});

it('looks back seven days, and says so', async () => {
  at(world.policyStates, 0).timestamp = '2026-11-17T10:00:00Z';
  at(world.policyStates, 1).timestamp = '2026-11-17T08:00:00Z';
  expect(valueOf(await ask()).map(({ evaluatedAt }) => evaluatedAt)).toContain('2026-11-17T10:00:00.000Z');
  expect(valueOf(await ask())).toHaveLength(3);
  const { searchParams } = new URL(at(policyPaths(), 0), 'https://localhost');
  expect(searchParams.get('$from')).toBe('2026-11-17T09:00:00.000Z');
  expect(searchParams.get('$filter')).toBe("ResourceType eq 'Microsoft.ContainerService/managedClusters'");
});

it('reads to the last page, the next ones with GET', async () => {
  world.pageSizes.policyStates = 5;
  expect(valueOf(await ask())).toHaveLength(4);
  const requests = azure.simulator.requests.filter(({ action }) => action?.startsWith('Microsoft.PolicyInsights/'));
  expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
});

it('a cluster without states has an empty list', async () => {
  world.policyStates.length = 0;
  expect(await ask()).toEqual({ ok: true, value: [] });
});

it('ids are the same in any letter case', async () => {
  for (const state of world.policyStates) {
    state.resourceId = state.resourceId.toUpperCase();
  }
  expect(valueOf(await ask())).toHaveLength(4);
});

describe('the newest verdict', () => {
  const row = (timestamp: string, complianceState: string, more: object = {}) => ({
    resourceId: first().id,
    timestamp,
    complianceState,
    policyAssignmentId: '/A',
    policyDefinitionId: '/D',
    policyDefinitionReferenceId: 'r',
    ...more,
  });

  it.each<[when: string, rows: () => object[], expected: string[]]>([
    [
      'comes first',
      () => [row('2026-11-24T02:00:00Z', 'NonCompliant'), row('2026-11-24T01:00:00Z', 'Compliant')],
      ['NonCompliant'],
    ],
    [
      'comes last',
      () => [row('2026-11-24T01:00:00Z', 'Compliant'), row('2026-11-24T02:00:00Z', 'NonCompliant')],
      ['NonCompliant'],
    ],
    [
      'has other letters in its ids',
      () => [
        row('2026-11-24T01:00:00Z', 'Compliant'),
        row('2026-11-24T02:00:00Z', 'NonCompliant', {
          policyAssignmentId: '/a',
          policyDefinitionId: '/d',
          policyDefinitionReferenceId: 'R',
          resourceId: first().id.toUpperCase(),
        }),
      ],
      ['NonCompliant'],
    ],
    [
      'has fractions of a second',
      () => [row('2026-11-24T01:00:00.1Z', 'Compliant'), row('2026-11-24T01:00:00.25Z', 'NonCompliant')],
      ['NonCompliant'],
    ],
    [
      'has an offset',
      () => [row('2026-11-24T01:00:00+02:00', 'Compliant'), row('2026-11-24T00:00:00Z', 'NonCompliant')],
      ['NonCompliant'],
    ],
    [
      'is one per assignment',
      () => [
        row('2026-11-24T01:00:00Z', 'Compliant'),
        row('2026-11-24T02:00:00Z', 'NonCompliant', { policyAssignmentId: '/B' }),
      ],
      ['Compliant', 'NonCompliant'],
    ],
    [
      'is one per definition',
      () => [
        row('2026-11-24T01:00:00Z', 'Compliant'),
        row('2026-11-24T02:00:00Z', 'NonCompliant', { policyDefinitionId: '/E' }),
      ],
      ['Compliant', 'NonCompliant'],
    ],
    [
      'is one per reference',
      () => [
        row('2026-11-24T01:00:00Z', 'Compliant'),
        row('2026-11-24T02:00:00Z', 'NonCompliant', { policyDefinitionReferenceId: 's' }),
      ],
      ['Compliant', 'NonCompliant'],
    ],
    [
      'has no reference',
      () => [row('2026-11-24T01:00:00Z', 'Compliant', { policyDefinitionReferenceId: null })],
      ['Compliant'],
    ],
    ['is in words that nobody knows', () => [row('2026-11-24T01:00:00Z', 'Pending')], ['Pending']],
    [
      'is about something else',
      () => [row('2026-11-24T01:00:00Z', 'NonCompliant', { resourceId: `${first().id}-2` })],
      [],
    ],
  ])('%s', async (_, rows, expected) => {
    answerWith(rows());
    expect(valueOf(await ask()).map(({ complianceState }) => complianceState)).toEqual(expected);
  });

  it.each([
    ['without resourceId', { resourceId: null }],
    ['without timestamp', { timestamp: null }],
    ['with a timestamp that is none', { timestamp: 'yesterday' }],
    ['without complianceState', { complianceState: null }],
    ['without policyAssignmentId', { policyAssignmentId: null }],
    ['without policyDefinitionId', { policyDefinitionId: null }],
  ])('a row %s makes the answer invalid, not shorter', async (_, change) => {
    answerWith([row('2026-11-24T01:00:00Z', 'Compliant'), row('2026-11-24T01:00:00Z', 'NonCompliant', change)]);
    expect(await ask()).toMatchObject(unread('invalid'));
  });
});

describe('page 2', () => {
  it.each<[when: string, fault: Omit<Fault, 'match'>, expected: object]>([
    ['403', { status: 403 }, unread('forbidden', 'HTTP 403 AuthorizationFailed: Simulated fault.')],
    ['405, because Azure takes POST only', { status: 405 }, unread('unavailable', 'HTTP 405')],
    ['429', { status: 429, headers: { 'Retry-After': '0' } }, unread('throttled')],
    ['no JSON', { body: '<html>' }, unread('invalid')],
    ['no list', { body: '{}' }, unread('invalid')],
  ])('answers %s: unread, not a part', async (_, fault, expected) => {
    world.pageSizes.policyStates = 5;
    azure.simulator.faults.push({ ...fault, match: /^GET .*queryResults/ });
    expect(await ask()).toMatchObject(expected);
  });

  it('does not come before the deadline: unread, not a part', async () => {
    world.pageSizes.policyStates = 5;
    const deadline = new AbortController();
    const match: Fault['match'] = ({ method, path }) => {
      const struck = method === 'GET' && path.includes('queryResults');
      if (struck) {
        deadline.abort();
      }
      return struck;
    };
    azure.simulator.faults.push({ match, hang: true });
    const states = policyStates(connected(azure, deadline.signal), subscriptionId, NOW);
    expect(await states(first())).toMatchObject(unread('timeout'));
  });
});

it('what could not be read is asked once, and is unread for every cluster', async () => {
  azure.simulator.faults.push({ match: /queryResults/, status: 403 });
  const states = policyStates(connected(azure), subscriptionId, NOW);
  for (const cluster of clusters) {
    expect(await states(cluster)).toMatchObject(unread('forbidden'));
  }
  expect(policyPaths()).toHaveLength(1);
});
