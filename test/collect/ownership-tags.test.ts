import { resourceGroupTags, subscriptionTags } from '../../shared/collect/ownership-tags';
import { generatedFleet, type Fault, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { armPaths, connected, subscriptionIdOf } from './collecting';

let azure: LocalAzure;
let world: World;
let subscriptionId: string;

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 1, now: NOW });
  subscriptionId = subscriptionIdOf(world);
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

const groupId = (index: number): string => at(world.clusters, index).id.toLowerCase().split('/').slice(0, 5).join('/');
const nameOf = (index: number): string => groupId(index).split('/').at(-1) ?? '';
const groups = () => resourceGroupTags(connected(azure), subscriptionId);
const own = () => subscriptionTags(connected(azure), subscriptionId);

/** Makes the list of resource groups answer with these. */
function answerWith(...value: readonly unknown[]): void {
  azure.simulator.faults.push({ match: /resourcegroups\?/, body: JSON.stringify({ value }) });
}

describe('tags of resource groups', () => {
  it('come in one list to its last page, by the name in lower case', async () => {
    world.pageSizes.list = 2;
    world.resourceGroupTags[groupId(0)] = { Owner: 'payments', empty: '' };
    const known = await groups();
    expect(known.get(nameOf(0))).toEqual({ Owner: 'payments', empty: '' });
    // Two clusters share a group, and each of the three has its nodes in another.
    expect(known.size).toBe(5);
    expect(armPaths(azure)).toHaveLength(3);
  });

  it('are none for a group without tags', async () => {
    expect((await groups()).get(nameOf(1))).toEqual({});
  });

  it('are those of one subscription', async () => {
    world.resourceGroupTags[groupId(3)] = { owner: 'web' };
    expect([...(await groups()).values()].filter(({ owner }) => owner !== undefined)).toEqual([]);
  });

  it('say nothing of a group that may not be read', async () => {
    world.denied.push({ scope: groupId(0), action: '*' });
    expect((await groups()).has(nameOf(0))).toBe(false);
  });

  it.each<[what: string, group: object, tags: object | undefined]>([
    ['no tags', { name: 'RG' }, {}],
    ['null for tags', { name: 'RG', tags: null }, {}],
    ['properties that nobody asked for', { name: 'RG', tags: { a: 'b' }, managedBy: null, x: 1 }, { a: 'b' }],
  ])('may hold %s', async (_, group, tags) => {
    answerWith(group);
    expect((await groups()).get('rg')).toEqual(tags);
  });

  it.each<[what: string, group: unknown]>([
    ['no name', { tags: { a: 'b' } }],
    ['null for a name', { name: null, tags: { a: 'b' } }],
    ['a list for tags', { name: 'rg', tags: ['a'] }],
    ['a number for the value of a tag', { name: 'rg', tags: { a: 1 } }],
    ['null for the value of a tag', { name: 'rg', tags: { a: null } }],
    ['null for a group', null],
  ])('cannot be read when one has %s: no part for the whole', async (_, group) => {
    answerWith({ name: 'good', tags: { a: 'b' } }, group);
    await expect(groups()).rejects.toMatchObject({ name: 'ZodError' });
  });
});

describe('tags of the subscription', () => {
  it('are read with one request', async () => {
    at(world.subscriptions, 0).tags = { CostCentre: '4711' };
    expect(await own()).toEqual({ CostCentre: '4711' });
    expect(armPaths(azure)).toHaveLength(1);
  });

  it.each<[what: string, body: object]>([
    ['none', {}],
    ['null', { tags: null }],
  ])('may be %s', async (_, body) => {
    azure.simulator.faults.push({ match: /\/subscriptions\/[^/]*\?/, body: JSON.stringify(body) });
    expect(await own()).toEqual({});
  });

  it.each(['null', '[]', '{"tags":["a"]}', '{"tags":{"a":1}}'])('are no tags in a body %s', async (body) => {
    azure.simulator.faults.push({ match: /\/subscriptions\/[^/]*\?/, body });
    await expect(own()).rejects.toMatchObject({ name: 'ZodError' });
  });
});

describe('what cannot be read to its end is an error, never less', () => {
  const faults: [fault: Omit<Fault, 'match'>, expected: object][] = [
    [{ status: 403 }, { statusCode: 403 }],
    [{ status: 404 }, { statusCode: 404 }],
    [{ status: 429, headers: { 'Retry-After': '0' } }, { statusCode: 429 }],
    [{ status: 503, headers: { 'Retry-After': '0' } }, { statusCode: 503 }],
    [{ body: '<html>' }, { code: 'PARSE_ERROR' }],
  ];
  const noLists: [fault: Omit<Fault, 'match'>, expected: object][] = [
    [{ body: 'null' }, { code: 'PARSE_ERROR' }],
    [{ body: '{"value":null}' }, { code: 'PARSE_ERROR' }],
    [{ body: '{"value":[],"nextLink":5}' }, { code: 'PARSE_ERROR' }],
  ];

  it.each([
    ['the first page of groups', /resourcegroups\?api/],
    ['the second page of groups', /resourcegroups\?.*skiptoken/i],
  ])('%s', async (_, match) => {
    world.pageSizes.list = 2;
    for (const [fault, expected] of [...faults, ...noLists]) {
      azure.simulator.faults.splice(0, 1, { ...fault, match });
      await expect(groups()).rejects.toMatchObject(expected);
    }
  });

  it('the subscription', async () => {
    for (const [fault, expected] of faults) {
      azure.simulator.faults.splice(0, 1, { ...fault, match: /\/subscriptions\/[^/]*\?/ });
      await expect(own()).rejects.toMatchObject(expected);
    }
  });

  it('what the identity may not read', async () => {
    world.denied.push({ scope: `/subscriptions/${subscriptionId}`, action: '*' });
    await expect(groups()).rejects.toMatchObject({ statusCode: 403 });
    await expect(own()).rejects.toMatchObject({ statusCode: 403 });
  });

  it('the deadline', async () => {
    const late = connected(azure, AbortSignal.abort());
    await expect(resourceGroupTags(late, subscriptionId)).rejects.toMatchObject({ name: 'AbortError' });
    await expect(subscriptionTags(late, subscriptionId)).rejects.toMatchObject({ name: 'AbortError' });
  });
});
