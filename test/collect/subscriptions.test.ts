import { listSubscriptions } from '../../shared/collect/subscriptions';
import { readSettings } from '../../shared/config/settings';
import { FLEET_MANAGEMENT_GROUP, generatedFleet, type Fault, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { armPaths, connected } from './collecting';

let azure: LocalAzure;
let world: World;

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 5, clustersPerSubscription: 0, poolsPerCluster: 0, now: NOW });
  world.pageSizes.list = 2;
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

const id = (index: number): string => at(world.subscriptions, index).id;
const list = (environment: Record<string, string> = {}) =>
  listSubscriptions(connected(azure), readSettings({ ...azure.simulator.environment, ...environment }, 'cli'));
const idsOf = async (environment: Record<string, string> = {}) => (await list(environment)).map((each) => each.id);
const sorted = (...indexes: number[]): string[] => indexes.map(id).sort();

describe('every readable subscription', () => {
  it('is listed to the last page, in the order of ids, with its name', async () => {
    const names = new Map(world.subscriptions.map((each) => [each.id, each.displayName]));
    expect(await list()).toEqual(sorted(0, 1, 2, 3, 4).map((each) => ({ id: each, name: names.get(each) })));
    expect(armPaths(azure)).toHaveLength(3);
  });

  it('is one that may be read', async () => {
    world.denied.push({ scope: `/subscriptions/${id(1)}`, action: '*' });
    expect(await idsOf()).toEqual(sorted(0, 2, 3, 4));
  });

  it('is none of those that are left out, in any letter case', async () => {
    const left = `${id(0).toUpperCase()}, ${id(3)}`;
    expect(await idsOf({ AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: left })).toEqual(sorted(1, 2, 4));
  });

  it('has its id in lower case', async () => {
    at(world.subscriptions, 0).id = id(0).toUpperCase();
    expect(await idsOf()).toEqual(world.subscriptions.map((each) => each.id.toLowerCase()).sort());
  });

  it('may be none', async () => {
    world.subscriptions.length = 0;
    expect(await list()).toEqual([]);
  });
});

describe('named subscriptions', () => {
  it('are taken as they are, without a request', async () => {
    const named = `${id(4)},${id(0).toUpperCase()},${id(4)}`;
    expect(await list({ AKS_DRIFT_SUBSCRIPTION_IDS: named })).toEqual(
      sorted(0, 4).map((each) => ({ id: each, name: null })),
    );
    expect(azure.simulator.requests).toEqual([]);
  });

  it('are none of those that are left out', async () => {
    const settings = { AKS_DRIFT_SUBSCRIPTION_IDS: `${id(4)},${id(0)}`, AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: id(4) };
    expect(await idsOf(settings)).toEqual(sorted(0));
  });
});

describe('management groups', () => {
  const group = (name: string) => ({ AKS_DRIFT_MANAGEMENT_GROUP_IDS: name });

  beforeEach(() => {
    at(world.subscriptions, 1).managementGroups = ['mg-inner', FLEET_MANAGEMENT_GROUP];
    at(world.subscriptions, 2).managementGroups = ['mg-other'];
  });

  it('give the subscriptions below them to the last page; the groups between are none', async () => {
    expect(await idsOf(group(FLEET_MANAGEMENT_GROUP))).toEqual(sorted(0, 1, 3, 4));
    expect(armPaths(azure)).toHaveLength(3);
  });

  it('may be several, and may overlap', async () => {
    expect(await idsOf(group('mg-inner,mg-other,mg-inner'))).toEqual(sorted(1, 2));
  });

  it('add to the named subscriptions', async () => {
    expect(await idsOf({ ...group('mg-other'), AKS_DRIFT_SUBSCRIPTION_IDS: `${id(0)},${id(2)}` })).toEqual(
      sorted(0, 2),
    );
  });

  it('give none of those that are left out', async () => {
    const settings = { ...group(FLEET_MANAGEMENT_GROUP), AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: id(3) };
    expect(await idsOf(settings)).toEqual(sorted(0, 1, 4));
  });

  it('that do not exist are an error', async () => {
    await expect(list(group('mg-nowhere'))).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('what cannot be read to its end is an error, never a shorter list', () => {
  it.each<[what: string, environment: Record<string, string>]>([
    ['subscriptions', {}],
    ['descendants', { AKS_DRIFT_MANAGEMENT_GROUP_IDS: FLEET_MANAGEMENT_GROUP }],
  ])('%s', async (_, environment) => {
    const faults: [fault: Omit<Fault, 'match'>, expected: object][] = [
      [{ status: 403 }, { statusCode: 403 }],
      [{ status: 429, headers: { 'Retry-After': '0' } }, { statusCode: 429 }],
      [{ status: 503, headers: { 'Retry-After': '0' } }, { statusCode: 503 }],
      [{ body: '<html>' }, { code: 'PARSE_ERROR' }],
      [{ body: 'null' }, { code: 'PARSE_ERROR' }],
      [{ body: '{"value":null}' }, { code: 'PARSE_ERROR' }],
      [{ body: '{"value":[],"nextLink":5}' }, { code: 'PARSE_ERROR' }],
      [{ body: '{"value":[{"displayName":"x"}]}' }, { name: 'ZodError' }],
    ];
    for (const page of [/(subscriptions|descendants)\?/, /skiptoken/i]) {
      for (const [fault, expected] of faults) {
        azure.simulator.faults.splice(0, 1, { ...fault, match: page });
        await expect(list(environment)).rejects.toMatchObject(expected);
      }
    }
  });

  it('the deadline', async () => {
    const settings = readSettings(azure.simulator.environment, 'cli');
    await expect(listSubscriptions(connected(azure, AbortSignal.abort()), settings)).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});
