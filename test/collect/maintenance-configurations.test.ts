import { maintenanceConfigurations } from '../../shared/collect/maintenance-configurations';
import { normaliseCluster } from '../../shared/collect/normalise';
import type { Collected, MaintenanceConfiguration } from '../../shared/model/snapshot';
import { emptyWorld, type ArmBody, type Fault } from '../../simulator';
import { at, startLocalAzure, type LocalAzure } from '../simulator/local-azure';
import { armBody, asked, connected, unread, valueOf } from './collecting';

const ACTION = 'Microsoft.ContainerService/managedClusters/maintenanceConfigurations/read';
const CLUSTER = normaliseCluster(armBody()).cluster;

let azure: LocalAzure;

/** Starts an Azure whose one cluster has these configurations; lists have pages of `pageSize`. */
async function start(configurations: readonly unknown[], pageSize = 20): Promise<void> {
  const world = emptyWorld();
  azure = await startLocalAzure({
    ...world,
    subscriptions: [{ id: CLUSTER.subscriptionId, displayName: 'one', state: 'Enabled' }],
    clusters: [armBody()],
    maintenanceConfigurations: { [CLUSTER.id.toLowerCase()]: configurations as ArmBody[] },
    pageSizes: { ...world.pageSizes, list: pageSize },
  });
}

afterEach(() => azure.simulator.stop());

const ask = (connection = connected(azure)): Promise<Collected<readonly MaintenanceConfiguration[]>> =>
  maintenanceConfigurations(connection, CLUSTER.subscriptionId)(CLUSTER);

const NODE_OS = 'aksManagedNodeOSUpgradeSchedule';
const WEEKLY = { weekly: { intervalWeeks: 1, dayOfWeek: 'Friday' } };

/** As the service sends one; the window's properties may be replaced. */
function configuration(window: Record<string, unknown> = {}, name: unknown = NODE_OS): Record<string, unknown> {
  const maintenanceWindow = {
    schedule: WEEKLY,
    durationHours: 8,
    utcOffset: '+05:30',
    startDate: '2123-01-01',
    startTime: '00:00',
    notAllowedDates: null,
    ...window,
  };
  const id = `${CLUSTER.id}/maintenanceConfigurations/${String(name)}`;
  return { id, name, systemData: null, properties: { maintenanceWindow, notAllowedTime: null, timeInWeek: null } };
}

describe('what a window says', () => {
  it.each<[when: string, window: Record<string, unknown>, expected: object]>([
    [
      'every third week',
      { schedule: { weekly: { intervalWeeks: 3, dayOfWeek: 'Friday' } } },
      { kind: 'weekly', interval: 3 },
    ],
    ['every day', { schedule: { daily: { intervalDays: 1 } } }, { kind: 'daily', interval: 1 }],
    [
      'a day of the month',
      { schedule: { absoluteMonthly: { intervalMonths: 2, dayOfMonth: 15 } } },
      { kind: 'absoluteMonthly', interval: 2 },
    ],
    [
      'a week of the month',
      { schedule: { relativeMonthly: { intervalMonths: 1, dayOfWeek: 'Tuesday', weekIndex: 'Last' } } },
      { kind: 'relativeMonthly', interval: 1 },
    ],
    [
      'null for the other kinds',
      { schedule: { ...WEEKLY, daily: null, absoluteMonthly: null } },
      { kind: 'weekly', interval: 1 },
    ],
    ['from now on: null', { startDate: null }, { startsOn: null }],
    ['from now on: absent', { startDate: undefined }, { startsOn: null }],
    ['another duration', { durationHours: 12 }, { durationHours: 12 }],
    ['dates on which it does not open', { notAllowedDates: [{ start: '2026-12-23', end: '2027-01-05' }] }, {}],
  ])('%s', async (_, window, expected) => {
    await start([configuration(window)]);
    const usual = { kind: 'weekly', interval: 1, durationHours: 8, startsOn: '2123-01-01' };
    expect(valueOf(await ask())).toEqual([{ name: NODE_OS, window: { ...usual, ...expected } }]);
  });

  it.each([
    ['hours of the week', { maintenanceWindow: null, timeInWeek: [{ day: 'Monday', hourSlots: [1, 2] }] }],
    ['no window', { notAllowedTime: [{ start: '2026-12-23T00:00:00Z', end: '2026-12-24T00:00:00Z' }] }],
    ['nothing', {}],
  ])('null: %s', async (_, properties) => {
    await start([{ name: 'default', properties }]);
    expect(valueOf(await ask())).toEqual([{ name: 'default', window: null }]);
  });
});

describe('names', () => {
  it.each([
    ['DEFAULT', 'default'],
    ['aksmanagednodeosupgradeschedule', NODE_OS],
    ['AKSManagedAutoUpgradeSchedule', 'aksManagedAutoUpgradeSchedule'],
    ['My-Window', 'My-Window'],
  ])('%s is %s', async (name, expected) => {
    await start([configuration({}, name)]);
    expect(valueOf(await ask())).toMatchObject([{ name: expected }]);
  });
});

describe('how much is read', () => {
  it('a cluster may have none', async () => {
    await start([]);
    expect(await ask()).toEqual({ ok: true, value: [] });
  });

  it('every page, each in its turn', async () => {
    await start([configuration({}, 'default'), configuration()], 1);
    const connection = connected(azure);
    const take = jest.spyOn(connection.limiter, 'take');
    expect(valueOf(await ask(connection)).map(({ name }) => name)).toEqual(['default', NODE_OS]);
    expect(asked(azure, ACTION)).toHaveLength(2);
    expect(take.mock.calls).toEqual(Array(2).fill([CLUSTER.subscriptionId, 'westeurope']));
  });

  it.each<[when: string, fault: Omit<Fault, 'match'>, expected: object]>([
    ['is refused', { status: 403 }, unread('forbidden')],
    ['has no list', { body: '{"value":null}' }, unread('invalid', 'value')],
    ['names a next page that is no link', { body: '{"value":[],"nextLink":5}' }, unread('invalid', 'nextLink')],
  ])('half of it is nothing: page 2 %s', async (_, fault, expected) => {
    await start([configuration({}, 'default'), configuration()], 1);
    azure.simulator.faults.push({ ...fault, match: /skiptoken/i });
    expect(await ask()).toMatchObject(expected);
  });
});

describe('a value of the wrong kind is named, and nothing is read', () => {
  const MONTHLY = { absoluteMonthly: { intervalMonths: 1, dayOfMonth: 1 } };

  it.each<[property: string, body: unknown]>([
    ['name', configuration({}, 5)],
    ['name', configuration({}, '')],
    ['properties', { name: 'default' }],
    ['properties', { name: 'default', properties: 'text' }],
    ['properties.maintenanceWindow', { name: 'default', properties: { maintenanceWindow: 'text' } }],
    ['properties.maintenanceWindow.durationHours', configuration({ durationHours: '8' })],
    ['properties.maintenanceWindow.startDate', configuration({ startDate: 5 })],
    ['properties.maintenanceWindow.startDate', configuration({ startDate: 'soon' })],
    ['properties.maintenanceWindow.startDate', configuration({ startDate: '2026-02-30' })],
    ['properties.maintenanceWindow.schedule', configuration({ schedule: null })],
    ['properties.maintenanceWindow.schedule', configuration({ schedule: {} })],
    ['properties.maintenanceWindow.schedule', configuration({ schedule: { yearly: { intervalYears: 1 } } })],
    ['properties.maintenanceWindow.schedule', configuration({ schedule: { ...WEEKLY, ...MONTHLY } })],
    ['properties.maintenanceWindow.schedule.weekly', configuration({ schedule: { weekly: 'text' } })],
    ...[null, '1', 0, 1.5].map((intervalWeeks): [string, unknown] => [
      'properties.maintenanceWindow.schedule.weekly.intervalWeeks',
      configuration({ schedule: { weekly: { intervalWeeks, dayOfWeek: 'Friday' } } }),
    ]),
    [
      'properties.maintenanceWindow.schedule.daily.intervalDays',
      configuration({ schedule: { daily: { intervalDays: '1' } } }),
    ],
    [
      'properties.maintenanceWindow.schedule.relativeMonthly.intervalMonths',
      configuration({ schedule: { relativeMonthly: { weekIndex: 'Last', dayOfWeek: 'Friday' } } }),
    ],
    ['expected object, received null', null],
  ])('%s', async (property, body) => {
    await start([configuration({}, 'default'), body]);
    const answer = await ask();
    expect(answer).toMatchObject(unread('invalid', new RegExp(`\\b${property}(: |$)`)));
    expect(answer).toMatchObject({ unread: { source: 'maintenanceConfigurations', scope: CLUSTER.id } });
  });
});

describe('unread', () => {
  it.each<[when: string, fault: Omit<Fault, 'match'>, expected: object]>([
    ['403', { status: 403 }, unread('forbidden', 'HTTP 403 AuthorizationFailed')],
    ['429', { status: 429, headers: { 'Retry-After': '0' } }, unread('throttled', 'HTTP 429 TooManyRequests')],
    ['503', { status: 503, headers: { 'Retry-After': '0' } }, unread('unavailable', 'HTTP 503 ServerTimeout')],
  ])('%s', async (_, fault, expected) => {
    await start([configuration()]);
    azure.simulator.faults.push({ ...fault, match: /maintenanceConfigurations/ });
    expect(await ask()).toMatchObject(expected);
  });

  it('a caller who lacks the action', async () => {
    await start([configuration()]);
    azure.simulator.world.denied.push({ scope: CLUSTER.id, action: ACTION });
    expect(await ask()).toMatchObject(unread('forbidden', ACTION));
  });

  it('a cluster that is no more, in the words of Azure', async () => {
    await start([configuration()]);
    azure.simulator.world.clusters = [];
    expect(await ask()).toMatchObject(unread('notFound', 'HTTP 404 ResourceNotFound'));
    expect(at(asked(azure, ACTION), 0)).toContain(`${CLUSTER.id}/maintenanceConfigurations?`);
  });

  it('a deadline while the limiter makes it wait is a timeout, and nothing is asked', async () => {
    await start([configuration()]);
    const connection = connected(azure, AbortSignal.abort());
    for (let taken = 0; taken < 60; taken += 1) {
      await connection.limiter.take(CLUSTER.subscriptionId, CLUSTER.location);
    }
    expect(await ask(connection)).toMatchObject(unread('timeout'));
    expect(asked(azure, ACTION)).toEqual([]);
  });
});
