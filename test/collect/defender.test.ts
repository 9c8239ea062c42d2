import { assessments } from '../../shared/collect/assessments';
import { defenderPlan } from '../../shared/collect/defender-plan';
import { generatedFleet, type Fault, type World } from '../../simulator';
import { NOW, at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { asked, clustersOf, connected, subscriptionIdOf, unread, valueOf } from './collecting';

const READ = 'Microsoft.Security/assessments/read';
const GRAPH = 'Microsoft.ResourceGraph/resources/read';

let azure: LocalAzure;
let world: World;
let subscriptionId: string;

beforeEach(async () => {
  world = generatedFleet({ subscriptions: 2, clustersPerSubscription: 3, poolsPerCluster: 1, now: NOW });
  subscriptionId = subscriptionIdOf(world);
  azure = await startLocalAzure(world);
});

afterEach(() => azure.simulator.stop());

describe('defenderPlan', () => {
  const ask = () => defenderPlan(connected(azure), subscriptionId)();
  const answerWith = (properties: unknown): void => {
    azure.simulator.faults.push({ match: /pricings/, body: JSON.stringify({ properties }) });
  };

  it('reads the plan and its extensions', async () => {
    expect(valueOf(await ask())).toEqual({
      pricingTier: 'Standard',
      extensions: [
        { name: 'ContainerRegistriesVulnerabilityAssessments', isEnabled: true },
        { name: 'AgentlessDiscoveryForKubernetes', isEnabled: true },
        { name: 'AgentlessVmScanning', isEnabled: true },
        { name: 'ContainerSensor', isEnabled: true },
      ],
    });
    expect(asked(azure, 'Microsoft.Security/pricings/read')).toHaveLength(1);
  });

  it.each<[when: string, properties: object, expected: object]>([
    ['Free without extensions', { pricingTier: 'Free' }, { pricingTier: 'Free', extensions: [] }],
    ['extensions null', { pricingTier: 'Free', extensions: null }, { pricingTier: 'Free', extensions: [] }],
    [
      "'True', 'False' and other letters",
      {
        pricingTier: 'Standard',
        extensions: ['True', 'False', 'true', 'FALSE'].map((isEnabled) => ({ name: 'e', isEnabled })),
      },
      {
        pricingTier: 'Standard',
        extensions: [true, false, true, false].map((isEnabled) => ({ name: 'e', isEnabled })),
      },
    ],
  ])('%s', async (_, properties, expected) => {
    answerWith(properties);
    expect(valueOf(await ask())).toEqual(expected);
  });

  it.each([
    ['no properties', undefined, 'properties'],
    ['properties that are a string', 'Standard', 'properties'],
    ['no tier', {}, 'properties.pricingTier'],
    ['a tier that is a number', { pricingTier: 1 }, 'properties.pricingTier'],
    ['extensions that are no list', { pricingTier: 'Standard', extensions: {} }, 'properties.extensions'],
    [
      'an extension without a name',
      { pricingTier: 'Standard', extensions: [{ isEnabled: 'True' }] },
      'properties.extensions.0.name',
    ],
    [
      'an extension that does not say whether it is on',
      { pricingTier: 'Standard', extensions: [{ name: 'e' }] },
      'properties.extensions.0.isEnabled',
    ],
    [
      'an extension that says neither True nor False',
      { pricingTier: 'Standard', extensions: [{ name: 'e', isEnabled: 'Maybe' }] },
      'properties.extensions.0.isEnabled',
    ],
  ])('%s is invalid', async (_, properties, place) => {
    answerWith(properties);
    expect(await ask()).toMatchObject(unread('invalid', place));
  });

  it('403 in the words of Azure', async () => {
    world.denied.push({ scope: `/subscriptions/${subscriptionId}`, action: 'Microsoft.Security/pricings/read' });
    expect(await ask()).toMatchObject(unread('forbidden', "perform action 'Microsoft.Security/pricings/read'"));
  });

  it('404', async () => {
    world.pricings.length = 0;
    expect(await ask()).toMatchObject(unread('notFound', 'ResourceNotFound'));
  });
});

describe('assessments', () => {
  const KEY = '56a83a6e-c417-42ec-b567-1e6fcb3d09a9';
  const ask = async () => {
    const clusters = await clustersOf(azure, subscriptionId);
    const read = assessments(connected(azure), subscriptionId);
    return Promise.all(clusters.map(read));
  };
  const lengths = async () => (await ask()).map((answer) => valueOf(answer).length);
  const deny = (action: string): void => {
    world.denied.push({ scope: `/subscriptions/${subscriptionId}`, action });
  };

  it('gives each cluster its own, with one query for all', async () => {
    expect(await lengths()).toEqual([4, 4, 4]);
    expect(asked(azure, GRAPH)).toHaveLength(1);
    expect(asked(azure, READ)).toEqual([]);
  });

  it('left out for one cluster only, because they may not be read there, is refused and not empty', async () => {
    const [cluster] = await clustersOf(azure, subscriptionId);
    world.denied.push({ scope: cluster?.id ?? '', action: 'Microsoft.Security/assessments/read' });
    const [answer, ...others] = await ask();
    expect(answer).toMatchObject({ ok: false, unread: { reason: 'forbidden', scope: cluster?.id } });
    expect(others.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('left out for one cluster only, because there are none, is empty', async () => {
    const [cluster] = await clustersOf(azure, subscriptionId);
    const { length } = world.assessments;
    world.assessments.splice(0, length, ...world.assessments.filter(({ id }) => !id.startsWith(cluster?.id ?? '-')));
    expect(await lengths()).toEqual([0, 4, 4]);
    expect(asked(azure, READ)).toHaveLength(1);
  });

  it('says what Defender says', async () => {
    const body = at(world.assessments, 0);
    Object.assign(body, { name: body.name.toUpperCase(), id: body.id.toUpperCase() });
    body.properties.status = { code: 'Unhealthy', cause: 'OffByPolicy', description: 'The profile is off.' };
    const [answer] = await ask();
    expect(answer?.ok === true && answer.value.find(({ key }) => key === KEY)).toEqual({
      key: KEY,
      code: 'Unhealthy',
      cause: 'OffByPolicy',
      description: 'The profile is off.',
    });
  });

  it('without a cause and a description they are empty', async () => {
    const [answer] = await ask();
    expect(answer?.ok === true && answer.value[0]).toMatchObject({ code: 'Healthy', cause: '', description: '' });
  });

  it.each([
    ['a container', (id: string) => `${id}/securityentitydata/pod-1/providers/Microsoft.Security/assessments/${KEY}`],
    ['a namespace', (id: string) => `${id}/namespaces/default/providers/Microsoft.Security/assessments/${KEY}`],
    [
      'the subscription',
      (id: string) => `${id.split('/resourceGroups')[0] ?? ''}/providers/Microsoft.Security/assessments/${KEY}`,
    ],
    [
      'a cluster of whose name this one is the start',
      (id: string) => `${id}-2/providers/Microsoft.Security/assessments/${KEY}`,
    ],
  ])('that of %s is not that of the cluster', async (_, idOf) => {
    const { id, ...rest } = at(world.assessments, 0);
    const [cluster = ''] = id.split('/providers/Microsoft.Security');
    world.assessments.push({ ...rest, id: idOf(cluster) });
    expect(await lengths()).toEqual([4, 4, 4]);
  });

  it('reads to the last page', async () => {
    world.pageSizes.resourceGraph = 5;
    expect(await lengths()).toEqual([4, 4, 4]);
    expect(asked(azure, GRAPH)).toHaveLength(3);
  });

  it('a page that cannot be read leaves all unread', async () => {
    world.pageSizes.resourceGraph = 5;
    let queries = 0;
    const match: Fault['match'] = ({ path }) => path.includes('ResourceGraph') && ++queries > 1;
    azure.simulator.faults.push({ match, status: 403 });
    for (const answer of await ask()) {
      expect(answer).toMatchObject(unread('forbidden', 'HTTP 403 AuthorizationFailed: Simulated fault.'));
    }
  });

  it('an answer that was cut is unread', async () => {
    const body = JSON.stringify({ totalRecords: 2000, count: 0, resultTruncated: 'true', facets: [], data: [] });
    azure.simulator.faults.push({ match: /ResourceGraph/, body });
    expect((await ask())[0]).toMatchObject(unread('invalid', 'cut'));
  });

  it.each([
    ['without a key', { id: 'i', clusterId: 'c', code: 'Healthy', cause: '', description: '' }],
    ['with a key that is a number', { id: 'i', clusterId: 'c', key: 1, code: 'Healthy', cause: '', description: '' }],
    ['without a code', { id: 'i', clusterId: 'c', key: 'k', cause: '', description: '' }],
    ['that is null', null],
  ])('a row %s is invalid', async (_, row) => {
    const body = JSON.stringify({ totalRecords: 1, count: 1, resultTruncated: 'false', facets: [], data: [row] });
    azure.simulator.faults.push({ match: /ResourceGraph/, body });
    expect((await ask())[0]).toMatchObject(unread('invalid'));
  });

  it('empty because reading is refused is forbidden: Resource Graph would not say so', async () => {
    deny(READ);
    for (const answer of await ask()) {
      expect(answer).toMatchObject(unread('forbidden', `perform action '${READ}'`));
    }
    expect(asked(azure, READ)).toHaveLength(1);
  });

  it('empty because the subscription may not be read is forbidden', async () => {
    const clusters = await clustersOf(azure, subscriptionId);
    deny('*');
    expect(await assessments(connected(azure), subscriptionId)(at(clusters, 0))).toMatchObject(unread('forbidden'));
  });

  it('empty because there is nothing is an empty list', async () => {
    world.assessments.length = 0;
    expect(await lengths()).toEqual([0, 0, 0]);
    expect(asked(azure, READ)).toHaveLength(1);
  });

  it('a cluster of which nothing is said, among others, has an empty list', async () => {
    world.assessments = world.assessments.slice(4);
    expect(await lengths()).toEqual([0, 4, 4]);
  });

  it.each<[when: string, fault: Omit<Fault, 'match'>, expected: object]>([
    ['404: Defender was never used', { status: 404 }, { ok: true, value: [] }],
    [
      '404 on the subscription',
      { status: 404, body: '{"error":{"code":"SubscriptionNotFound","message":""}}' },
      unread('notFound'),
    ],
    ['429', { status: 429, headers: { 'Retry-After': '0' } }, unread('throttled')],
  ])('empty, and ARM answers %s', async (_, fault, expected) => {
    world.assessments.length = 0;
    azure.simulator.faults.push({ ...fault, match: /Security\/assessments\?/ });
    expect((await ask())[0]).toMatchObject(expected);
  });

  it.each([
    [READ, 'microsoft.security/assessments'],
    ['Microsoft.Security/pricings/read', 'microsoft.security/pricings'],
  ])('the simulated Resource Graph withholds what %s would show', async (action, type) => {
    deny(action);
    const query = `securityresources | where type == '${type}'`;
    const answer = await azure.resourceGraph().resources({ subscriptions: [subscriptionId], query });
    expect(answer).toMatchObject({ totalRecords: 0, data: [] });
  });

  it('the simulated ARM lists the assessments of the subscription only', async () => {
    const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Security/assessments?api-version=2020-01-01`;
    const body = (await (await azure.arm(path)).json()) as { value: { id: string }[] };
    expect(body.value.map(({ id }) => id)).toEqual(world.assessments.slice(0, 12).map(({ id }) => id));
  });
});
