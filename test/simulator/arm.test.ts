import { FLEET_MANAGEMENT_GROUP, accessToken, generatedFleet } from '../../simulator';
import type { World } from '../../simulator';
import type { LocalAzure } from './local-azure';
import { NOW, at, startLocalAzure } from './local-azure';

let azure: LocalAzure;
let world: World;

beforeAll(async () => {
  world = generatedFleet({ subscriptions: 3, clustersPerSubscription: 1, poolsPerCluster: 1, now: NOW });
  azure = await startLocalAzure(world);
});

afterAll(() => azure.simulator.stop());

beforeEach(() => {
  world.denied = [];
});

async function errorCode(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string } };
  return `${response.status} ${error.code}`;
}

describe('tokens', () => {
  it('come from the managed identity endpoint only with its header', async () => {
    const url = `${azure.simulator.environment.IDENTITY_ENDPOINT ?? ''}?resource=https://monitor.azure.com&api-version=2019-08-01`;
    expect((await fetch(url, { headers: { 'X-IDENTITY-HEADER': 'wrong' } })).status).toBe(401);
    const header = azure.simulator.environment.IDENTITY_HEADER ?? '';
    const response = await fetch(url, { headers: { 'X-IDENTITY-HEADER': header } });
    await expect(response.json()).resolves.toMatchObject({
      resource: 'https://monitor.azure.com',
      token_type: 'Bearer',
    });
  });

  it.each([
    ['none at all', undefined, '401 AuthenticationFailed'],
    ['one that is no token', 'abc', '401 InvalidAuthenticationToken'],
    ['one for another audience', accessToken('https://monitor.azure.com'), '401 InvalidAuthenticationTokenAudience'],
    ['one that has expired', accessToken('https://management.azure.com', 1), '401 ExpiredAuthenticationToken'],
  ])('are refused by ARM: %s', async (_, token, expected) => {
    const url = `${azure.simulator.environment.AKS_DRIFT_ARM_ENDPOINT ?? ''}/subscriptions?api-version=2022-12-01`;
    const response = await fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
    expect(await errorCode(response)).toBe(expected);
    expect(response.headers.get('www-authenticate')).toContain('invalid_token');
  });
});

describe('what ARM does not know', () => {
  const subscription = () => `/subscriptions/${at(world.subscriptions, 0).id}`;

  it.each([
    ['GET', '/providers/Microsoft.Nothing/things', '2020-01-01', '404 InvalidResourceNamespace'],
    ['GET', '/providers/Microsoft.ContainerService/fleets', '2026-06-01', '404 InvalidResourceType'],
    ['GET', '/providers/Microsoft.ContainerService/managedClusters', '2001-01-01', '400 InvalidApiVersionParameter'],
    ['DELETE', '/providers/Microsoft.ContainerService/managedClusters', '2026-06-01', '405 MethodNotAllowed'],
  ])('%s %s %s is %s', async (method, path, version, expected) => {
    const response = await azure.arm(`${subscription()}${path}?api-version=${version}`, { method });
    expect(await errorCode(response)).toBe(expected);
  });

  it('is refused without an api-version and outside of every provider', async () => {
    expect(await errorCode(await azure.arm(subscription()))).toBe('400 MissingApiVersionParameter');
    expect(await errorCode(await azure.arm('/nothing?api-version=2020-01-01'))).toBe('404 MissingSubscription');
  });
});

describe('subscriptions', () => {
  const names = async (path: string) => {
    const response = await azure.arm(path);
    return ((await response.json()) as { value: { displayName: string }[] }).value.map(
      ({ displayName }) => displayName,
    );
  };

  it('are listed page by page, without those that the caller may not read', async () => {
    world.denied = [{ scope: `/subscriptions/${at(world.subscriptions, 1).id}`, action: '*' }];
    world.pageSizes.list = 1;
    const first = await azure.arm('/subscriptions?api-version=2022-12-01');
    const page = (await first.json()) as { value: { displayName: string }[]; nextLink: string };
    expect(page.value.map(({ displayName }) => displayName)).toEqual(['sub-001']);
    const { pathname, search } = new URL(page.nextLink);
    expect(await names(`${pathname}${search}`)).toEqual(['sub-003']);
    world.pageSizes.list = 20;
  });

  it('are found below a management group, with the groups in between', async () => {
    at(world.subscriptions, 2).managementGroups = ['mg-web', FLEET_MANAGEMENT_GROUP];
    const descendants = async (group: string) => {
      const path = `/providers/Microsoft.Management/managementGroups/${group}/descendants?api-version=2020-05-01`;
      const { value } = (await (await azure.arm(path)).json()) as { value: { name: string; type: string }[] };
      return value.map(({ name, type }) => `${type.split('/').at(-1) ?? ''} ${name}`);
    };
    const subscriptions = world.subscriptions.map(({ id }) => `subscriptions ${id}`);
    expect(new Set(await descendants(FLEET_MANAGEMENT_GROUP))).toEqual(
      new Set([...subscriptions, 'managementGroups mg-web']),
    );
    expect(await descendants('MG-Web')).toEqual(subscriptions.slice(2));
    const missing = await azure.arm(
      '/providers/Microsoft.Management/managementGroups/mg-none/descendants?api-version=2020-05-01',
    );
    expect(await errorCode(missing)).toBe('404 NotFound');
  });

  it('have tags, and resource groups with tags: those of clusters and of their nodes, and others with an entry', async () => {
    const { id } = at(world.subscriptions, 0);
    const cluster = at(world.clusters, 0);
    const group = cluster.id.split('/')[4] ?? '';
    world.resourceGroupTags = {
      [`/subscriptions/${id}/resourcegroups/${group.toLowerCase()}`]: { owner: 'web' },
      [`/subscriptions/${id}/resourcegroups/aaa`]: { owner: 'data' },
    };
    at(world.subscriptions, 0).tags = { stage: 'prod' };
    const own = await azure.arm(`/subscriptions/${id}?api-version=2022-12-01`);
    const listed = await azure.arm(`/subscriptions/${id}/resourcegroups?api-version=2021-04-01`);
    const { value } = (await listed.json()) as { value: { name: string; tags?: object; managedBy?: string }[] };

    await expect(own.json()).resolves.toMatchObject({ tags: { stage: 'prod' } });
    expect(value.map(({ name, tags }) => [name, tags])).toEqual([
      ['aaa', { owner: 'data' }],
      [cluster.properties.nodeResourceGroup, undefined],
      [group, { owner: 'web' }],
    ]);
    expect(value.map(({ managedBy }) => managedBy)).toEqual([undefined, cluster.id, undefined]);
  });

  it('have a Defender plan', async () => {
    const path = `/subscriptions/${at(world.subscriptions, 0).id}/providers/Microsoft.Security/pricings/Containers`;
    const response = await azure.arm(`${path}?api-version=2024-01-01`);
    await expect(response.json()).resolves.toMatchObject({ properties: { pricingTier: 'Standard' } });
  });
});

describe('a fault', () => {
  it('answers with what it is given, before authentication', async () => {
    const match = ({ path }: { path: string }) => path.startsWith('/faulty');
    azure.simulator.faults.push({ match, status: 429, headers: { 'Retry-After': '7' }, times: 1 });
    const url = `${azure.simulator.environment.AKS_DRIFT_ARM_ENDPOINT ?? ''}/faulty`;
    const response = await fetch(url);
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect((await fetch(url)).status).toBe(401);
  });

  it('with a delay alone only slows a request down', async () => {
    azure.simulator.faults.push({ match: /^GET \/subscriptions\?/, delayMs: 150, times: 1 });
    const started = performance.now();
    expect((await azure.arm('/subscriptions?api-version=2022-12-01')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(140);
  });
});
