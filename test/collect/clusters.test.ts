import { listClusters, seekCluster } from '../../shared/collect/clusters';
import { generatedFleet, type Fault, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { armBody, connected, subscriptionIdOf } from './collecting';

let azure: LocalAzure;
let world: World;
let subscriptionId: string;

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 5, poolsPerCluster: 1, now: NOW });
  world.pageSizes.list = 2;
  subscriptionId = subscriptionIdOf(world);
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

const PAGE_2 = /managedClusters\?.*skiptoken/i;

const ids = (): string[] => world.clusters.slice(0, 5).map(({ id }) => id);
const idsOf = ({ clusters }: Awaited<ReturnType<typeof listClusters>>): string[] =>
  clusters.map(({ cluster }) => cluster.id);

describe('listClusters', () => {
  it('reads to the last page, one request per page and none per cluster', async () => {
    const connection = connected(azure);
    const listing = await listClusters(connection, subscriptionId);
    expect(idsOf(listing)).toEqual(ids());
    expect(listing.unread).toBeNull();
    expect(connection.counts).toEqual({ armRequests: 3, throttled: 0 });
  });

  it('a cluster that moved from one page to the next while it was listed is one cluster', async () => {
    world.clusters.splice(2, 0, structuredClone(at(world.clusters, 1)));
    const listing = await listClusters(connected(azure), subscriptionId);
    expect(idsOf(listing)).toEqual([...new Set(world.clusters.slice(0, 6).map(({ id }) => id))]);
    expect(listing.clusters).toHaveLength(5);
  });

  it('a subscription without clusters is complete and empty', async () => {
    world.clusters.length = 0;
    await expect(listClusters(connected(azure), subscriptionId)).resolves.toEqual({ clusters: [], unread: null });
  });

  it('a subscription in capitals is the same subscription', async () => {
    const listing = await listClusters(connected(azure), subscriptionId.toUpperCase());
    expect(idsOf(listing)).toEqual(ids());
  });

  it.each<[when: string, fault: Omit<Fault, 'match'>, reason: string, detail: RegExp]>([
    ['403', { status: 403 }, 'forbidden', /HTTP 403 AuthorizationFailed: Simulated fault\./],
    ['404', { status: 404 }, 'notFound', /HTTP 404 ResourceNotFound: Simulated fault\./],
    [
      '429',
      { status: 429, headers: { 'Retry-After': '0' } },
      'throttled',
      /HTTP 429 TooManyRequests: Simulated fault\./,
    ],
    [
      '503',
      { status: 503, headers: { 'Retry-After': '0' } },
      'unavailable',
      /HTTP 503 ServerTimeout: Simulated fault\./,
    ],
    ['no JSON', { body: '<html>' }, 'invalid', /./],
    ['value: null', { body: '{"value":null}' }, 'invalid', /./],
    ['value: "text"', { body: '{"value":"text"}' }, 'invalid', /./],
    ['{}', { body: '{}' }, 'invalid', /./],
    ['a cluster that is null', { body: '{"value":[null]}' }, 'invalid', /./],
  ])('page 2 answers %s: what was read stays, and the listing is not complete', async (_, fault, reason, detail) => {
    azure.simulator.faults.push({ ...fault, match: PAGE_2 });
    const listing = await listClusters(connected(azure), subscriptionId);
    expect(idsOf(listing)).toEqual(ids().slice(0, 2));
    const words: unknown = expect.stringMatching(detail);
    const scope = `/subscriptions/${subscriptionId}`;
    expect(listing.unread).toEqual({ source: 'clusters', scope, reason, detail: words });
  });

  it('the deadline passes on page 2, where the SDK ignores the signal of its caller', async () => {
    const deadline = new AbortController();
    const match: Fault['match'] = ({ method, path }) => {
      const struck = PAGE_2.test(`${method} ${path}`);
      if (struck) {
        deadline.abort();
      }
      return struck;
    };
    azure.simulator.faults.push({ match, hang: true });
    const listing = await listClusters(connected(azure, deadline.signal), subscriptionId);
    expect(idsOf(listing)).toEqual(ids().slice(0, 2));
    expect(listing.unread).toMatchObject({ reason: 'timeout' });
  });

  it.each([
    ['without Retry-After', {}],
    ['with Retry-After', { 'Retry-After': '0' }],
  ])('429 once %s is tried again and counted', async (_, headers) => {
    azure.simulator.faults.push({ match: /managedClusters\?/, status: 429, headers, times: 1 });
    const connection = connected(azure);
    expect((await listClusters(connection, subscriptionId)).unread).toBeNull();
    expect(connection.counts).toEqual({ armRequests: 4, throttled: 1 });
  });

  it.each<[when: string, change: (body: Record<string, unknown>) => void]>([
    ['without an id', (body) => delete body.id],
    ['whose id is null', (body) => (body.id = null)],
    ['with the id of something else', (body) => (body.id = '/subscriptions/s/resourceGroups/g')],
  ])('a cluster %s leaves the listing incomplete', async (_, change) => {
    const bodies = world.clusters.slice(0, 3);
    change(at(bodies, 1));
    azure.simulator.faults.push({ match: /managedClusters\?/, body: JSON.stringify({ value: bodies }) });
    const listing = await listClusters(connected(azure), subscriptionId);
    expect(idsOf(listing)).toEqual([ids()[0], ids()[2]]);
    expect(listing.unread).toMatchObject({ source: 'clusters', reason: 'invalid' });
  });

  it('a property of the wrong kind is a problem of that cluster, and the listing is complete', async () => {
    at(world.clusters, 1).properties.disableLocalAccounts = 'true';
    const { clusters, unread } = await listClusters(connected(azure), subscriptionId);
    expect(unread).toBeNull();
    expect(clusters.map(({ problems }) => problems.length)).toEqual([0, 1, 0, 0, 0]);
    expect(at(clusters, 1).problems).toEqual([
      {
        source: 'clusters',
        scope: ids()[1],
        reason: 'invalid',
        detail: expect.stringContaining('disableLocalAccounts: expected a boolean, got a string') as unknown,
      },
    ]);
  });

  it('a list of the wrong kind, which the SDK cannot take, never makes a complete listing without the cluster', async () => {
    at(world.clusters, 1).properties.agentPoolProfiles = 'three';
    const listing = await listClusters(connected(azure), subscriptionId);
    const complete = listing.unread === null;
    expect([complete, listing.unread?.reason, complete && idsOf(listing)]).toEqual(
      complete ? [true, undefined, ids()] : [false, 'invalid', false],
    );
  });

  it('node pools that are null are unknown', async () => {
    at(world.clusters, 1).properties.agentPoolProfiles = null;
    const { clusters, unread } = await listClusters(connected(azure), subscriptionId);
    expect(unread).toBeNull();
    expect(clusters.map(({ cluster }) => cluster.nodePools?.length)).toEqual([1, undefined, 1, 1, 1]);
  });
});

describe('seekCluster', () => {
  it('found', async () => {
    const id = at(ids(), 1);
    const sought = await seekCluster(connected(azure), id);
    expect(sought).toMatchObject({ kind: 'found', listed: { cluster: { id }, problems: [] } });
  });

  it('found by an id in lower case', async () => {
    const sought = await seekCluster(connected(azure), at(ids(), 1).toLowerCase());
    expect(sought).toMatchObject({ kind: 'found' });
  });

  it('gone: the resource does not exist', async () => {
    const id = at(ids(), 1);
    world.clusters.splice(1, 1);
    await expect(seekCluster(connected(azure), id)).resolves.toEqual({ kind: 'gone' });
  });

  it('unread: the subscription does not exist', async () => {
    const id = at(ids(), 1);
    world.subscriptions.shift();
    await expect(seekCluster(connected(azure), id)).resolves.toMatchObject({
      kind: 'unread',
      unread: {
        source: 'clusters',
        scope: id,
        reason: 'notFound',
        detail: expect.stringContaining('SubscriptionNotFound') as unknown,
      },
    });
  });

  it('unread: the caller may not read it', async () => {
    const id = at(ids(), 1);
    world.denied.push({ scope: id, action: 'Microsoft.ContainerService/managedClusters/read' });
    await expect(seekCluster(connected(azure), id)).resolves.toMatchObject({
      kind: 'unread',
      unread: { reason: 'forbidden' },
    });
  });

  const body = (code: string): string => JSON.stringify({ error: { code, message: 'said Azure' } });

  it.each<[when: string, fault: Omit<Fault, 'match'>, expected: object]>([
    ['404 ResourceNotFound', { status: 404, body: body('ResourceNotFound') }, { kind: 'gone' }],
    ['404 ResourceGroupNotFound', { status: 404, body: body('ResourceGroupNotFound') }, { kind: 'gone' }],
    ['404 NotFound, as AKS says it', { status: 404, body: body('NotFound') }, { kind: 'gone' }],
    ['404 SubscriptionNotFound', { status: 404, body: body('SubscriptionNotFound') }, { kind: 'unread' }],
    ['404 InvalidSubscriptionId', { status: 404, body: body('InvalidSubscriptionId') }, { kind: 'unread' }],
    ['404 InvalidResourceNamespace', { status: 404, body: body('InvalidResourceNamespace') }, { kind: 'unread' }],
    ['404 InvalidResourceType', { status: 404, body: body('InvalidResourceType') }, { kind: 'unread' }],
    ['404 MissingSubscription', { status: 404, body: body('MissingSubscription') }, { kind: 'unread' }],
    ['404 NoRegisteredProviderFound', { status: 404, body: body('NoRegisteredProviderFound') }, { kind: 'unread' }],
    ['404 of a proxy, with HTML', { status: 404, body: '<html>Not Found</html>' }, { kind: 'unread' }],
    ['404 without a body', { status: 404, body: '' }, { kind: 'unread' }],
    ['410', { status: 410, body: body('Gone') }, { kind: 'unread' }],
    ['200 with another body', { body: JSON.stringify(armBody({}, { id: '/subscriptions/s' })) }, { kind: 'unread' }],
  ])('%s', async (_, fault, expected) => {
    azure.simulator.faults.push({ ...fault, match: /managedClusters\// });
    await expect(seekCluster(connected(azure), at(ids(), 1))).resolves.toMatchObject(expected);
  });
});
