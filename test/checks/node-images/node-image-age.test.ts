import type { Cluster, NodePool } from '../../../shared/model/cluster';
import { nodeImageAge } from '../../../shared/checks/node-images/node-image-age';
import { evaluateCluster } from '../../../shared/evaluate/evaluate';
import { defaultBaseline } from '../../../shared/config/baseline';
import { describeCheck, NOW } from '../../support/describe-check';
import type { MaintenanceConfiguration } from '../../../shared/model/snapshot';
import { snapshotOf, SUBJECT, type Given } from '../../support/evidence';
import { KUBERNETES, NODE_OS, schedule } from '../../support/schedules';

const LINUX = 'AKSUbuntu-2204gen2containerd-202610.01.0';
const WINDOWS = 'AKSWindows-2022-containerd-gen2-20348.4529.261001';
const PATCHED = 'AKSUbuntu-2204gen2containerd-202610.01.0-2026.11.20';

const linux = (pool: Partial<NodePool> = {}): Given => ({ pool: { nodeImageVersion: LINUX, ...pool } });
const windows: Given = { pool: { nodeImageVersion: WINDOWS, osType: 'Windows' } };
const channel = (autoUpgradeProfile: Cluster['autoUpgradeProfile'] & object, image = LINUX): Given => ({
  cluster: { autoUpgradeProfile },
  pool: { nodeImageVersion: image },
});
const securityPatch = channel({ nodeOSUpgradeChannel: 'SecurityPatch' });

/** Under the channel NodeImage, with these windows. */
const timed = (...maintenanceConfigurations: MaintenanceConfiguration[]): Given => ({
  ...channel({ nodeOSUpgradeChannel: 'NodeImage' }),
  maintenanceConfigurations,
});
const monthly = timed(schedule(NODE_OS, 'absoluteMonthly'));
const openings = { aksManagedNodeOSUpgradeSchedule: 31 };

const waited = (days: number, limit: number, extra: number): string =>
  `The image ${LINUX} is ${days} days old; the limit is ${limit} days, ${extra} of them until the maintenance window opens again.`;
const aged = (image: string, days: number, limit: number): string =>
  `The image ${image} is ${days} days old; the limit is ${limit} days.`;
const agedPatched = (days: number): string =>
  `The image ${LINUX} is ${days} days old; the limit is 60 days: the channel SecurityPatch also patches without a new image.`;

describeCheck(nodeImageAge, {
  pass: [
    {
      when: 'a Linux image is younger than its limit',
      given: linux(),
      now: '2026-10-02T00:00:00.000Z',
      says: aged(LINUX, 1, 30),
      dueOn: '2026-11-01T00:00:00.000Z',
      watched: null,
    },
    {
      when: 'a Linux image is at its limit',
      given: linux(),
      now: '2026-10-31T23:59:59.999Z',
      says: aged(LINUX, 30, 30),
      dueOn: '2026-11-01T00:00:00.000Z',
    },
    {
      when: 'a Windows image is at its limit',
      given: windows,
      now: '2026-11-15T23:59:59.999Z',
      says: aged(WINDOWS, 45, 45),
      dueOn: '2026-11-16T00:00:00.000Z',
    },
    {
      when: 'the channel SecurityPatch is on',
      given: securityPatch,
      now: '2026-11-30T23:59:59.999Z',
      says: agedPatched(60),
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'the name tells that SecurityPatch patched it',
      given: channel({ nodeOSUpgradeChannel: 'SecurityPatch' }, PATCHED),
      says: `The image ${PATCHED} is 54 days old, patched to 2026-11-20; the limit is 60 days: the channel SecurityPatch also patches without a new image.`,
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'the limit is higher',
      given: linux(),
      params: { linuxDays: 90, linuxHighDays: 120 },
      says: aged(LINUX, 54, 90),
      dueOn: '2026-12-31T00:00:00.000Z',
    },
    {
      when: 'the limits are the wrong way round: the first decides whether it fails',
      given: linux(),
      params: { linuxDays: 90, linuxHighDays: 60 },
      says: aged(LINUX, 54, 90),
      dueOn: '2026-12-31T00:00:00.000Z',
    },
    {
      when: 'the name is dated in the future',
      given: linux(),
      now: '2026-09-30T23:00:00.000Z',
      says: aged(LINUX, -1, 30),
      dueOn: '2026-11-01T00:00:00.000Z',
    },
    {
      when: 'the window for node images opens once a month',
      given: monthly,
      says: waited(54, 61, 31),
      dueOn: '2026-12-02T00:00:00.000Z',
      remember: { openings },
    },
    {
      when: 'the window opens on one weekday of every month, which may take five weeks',
      given: timed(schedule(NODE_OS, 'relativeMonthly')),
      says: waited(54, 65, 35),
      dueOn: '2026-12-06T00:00:00.000Z',
    },
    {
      when: 'the window opens every four weeks',
      given: timed(schedule(NODE_OS, 'weekly', 4)),
      says: waited(54, 58, 28),
      dueOn: '2026-11-29T00:00:00.000Z',
    },
    {
      when: 'the window opens once a month and has not begun to count',
      given: timed(schedule(NODE_OS, 'absoluteMonthly', 1, '2027-01-01')),
      says: waited(54, 61, 31),
      dueOn: '2026-12-02T00:00:00.000Z',
    },
    {
      when: 'the windows cannot be read today, and opened once a month when they were',
      given: channel({ nodeOSUpgradeChannel: 'NodeImage' }),
      history: { openings },
      says: waited(54, 61, 31),
      dueOn: '2026-12-02T00:00:00.000Z',
      remember: { openings },
    },
    {
      when: 'the channel SecurityPatch waits for a monthly window',
      given: { ...securityPatch, maintenanceConfigurations: [schedule(NODE_OS, 'absoluteMonthly')] },
      now: '2026-12-31T00:00:00.000Z',
      says: `The image ${LINUX} is 91 days old; the limit is 91 days, 31 of them until the maintenance window opens again: the channel SecurityPatch also patches without a new image.`,
      dueOn: '2027-01-01T00:00:00.000Z',
    },
    {
      when: 'the cluster channel node-image waits for the monthly window of cluster upgrades',
      given: {
        ...channel({ upgradeChannel: 'node-image' }),
        maintenanceConfigurations: [schedule(KUBERNETES, 'absoluteMonthly')],
      },
      says: waited(54, 61, 31),
      dueOn: '2026-12-02T00:00:00.000Z',
    },
    {
      when: 'AKS Automatic, which presets NodeImage, waits for a monthly window',
      given: { ...monthly, cluster: { sku: { name: 'Automatic' } } },
      says: waited(54, 61, 31),
      dueOn: '2026-12-02T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'the window opens once a month and the image is older still',
      given: monthly,
      now: '2026-12-02T00:00:00.000Z',
      says: waited(62, 61, 31),
      severity: 'medium',
      dueOn: '2027-01-01T00:00:00.000Z',
    },
    {
      when: 'the window opens every week, for which the limits have room',
      given: timed(schedule(NODE_OS, 'weekly')),
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
      remember: { openings: { aksManagedNodeOSUpgradeSchedule: 7 } },
    },
    {
      when: 'the windows cannot be read today, and opened every week when they were',
      given: channel({ nodeOSUpgradeChannel: 'NodeImage' }),
      history: { openings: { aksManagedNodeOSUpgradeSchedule: 7 } },
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
      remember: { openings: { aksManagedNodeOSUpgradeSchedule: 7 } },
    },
    {
      when: 'the windows were never read',
      given: channel({ nodeOSUpgradeChannel: 'NodeImage' }),
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
      remember: { openings: null },
    },
    {
      when: 'the monthly window was taken away',
      given: timed(),
      history: { openings },
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
      remember: { openings: {} },
    },
    {
      when: 'only upgrades of Kubernetes wait for a monthly window',
      given: timed(schedule(KUBERNETES, 'absoluteMonthly'), {
        name: 'default',
        window: null,
      }),
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'no channel brings images that could wait for the monthly window',
      given: { ...linux(), maintenanceConfigurations: [schedule(NODE_OS, 'absoluteMonthly')] },
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'the channel is Unmanaged, which brings none either',
      given: {
        ...channel({ nodeOSUpgradeChannel: 'Unmanaged' }),
        maintenanceConfigurations: [schedule(NODE_OS, 'absoluteMonthly')],
      },
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'a Linux image is older than its limit',
      given: linux(),
      now: '2026-11-01T00:00:00.000Z',
      says: aged(LINUX, 31, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'a Linux image is at its second limit',
      given: linux(),
      now: '2026-11-30T23:59:59.999Z',
      says: aged(LINUX, 60, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'a Linux image is older than its second limit',
      given: linux(),
      now: '2026-12-01T00:00:00.000Z',
      says: aged(LINUX, 61, 30),
      severity: 'high',
    },
    {
      when: 'a Windows image is older than its limit',
      given: windows,
      now: '2026-11-16T00:00:00.000Z',
      says: aged(WINDOWS, 46, 45),
      severity: 'medium',
      dueOn: '2026-12-16T00:00:00.000Z',
    },
    {
      when: 'a Windows image is older than its second limit',
      given: windows,
      now: '2026-12-16T00:00:00.000Z',
      says: aged(WINDOWS, 76, 45),
      severity: 'high',
    },
    {
      when: 'the channel SecurityPatch is on, which Windows does not know',
      given: { ...windows, cluster: { autoUpgradeProfile: { nodeOSUpgradeChannel: 'SecurityPatch' } } },
      says: aged(WINDOWS, 54, 45),
      severity: 'medium',
      dueOn: '2026-12-16T00:00:00.000Z',
    },
    {
      when: 'the channel SecurityPatch is on and the image older than its limit',
      given: securityPatch,
      now: '2026-12-01T00:00:00.000Z',
      says: agedPatched(61),
      severity: 'medium',
      dueOn: '2026-12-31T00:00:00.000Z',
    },
    {
      when: 'the channel SecurityPatch is on and the image older than its second limit',
      given: securityPatch,
      now: '2026-12-31T00:00:00.000Z',
      says: agedPatched(91),
      severity: 'high',
    },
    {
      when: 'the channel node-image outranks SecurityPatch',
      given: channel({ nodeOSUpgradeChannel: 'SecurityPatch', upgradeChannel: 'node-image' }),
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'the pool does not say its operating system, but the name says Linux',
      given: { cluster: { nodePools: [{ name: 'pool1', nodeImageVersion: LINUX }] } },
      says: aged(LINUX, 54, 30),
      severity: 'medium',
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'the pool does not say its operating system, but the name says Windows',
      given: { cluster: { nodePools: [{ name: 'pool1', nodeImageVersion: WINDOWS }] } },
      says: aged(WINDOWS, 54, 45),
      severity: 'medium',
      dueOn: '2026-12-16T00:00:00.000Z',
    },
    {
      when: 'the limit is lower',
      given: linux(),
      params: { linuxDays: 7, linuxHighDays: 14 },
      says: aged(LINUX, 54, 7),
      severity: 'high',
    },
  ],
  notApplicable: [
    {
      when: 'the cluster is stopped',
      given: { ...linux(), cluster: { powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The cluster is stopped.',
    },
    {
      when: 'the pool is stopped',
      given: linux({ powerState: { code: 'Stopped' } }),
      reason: 'stopped',
      says: 'The node pool is stopped.',
    },
  ],
  unknown: [
    {
      when: 'the pool has no image name',
      given: {},
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is missing.',
    },
    {
      when: 'the name cannot be read',
      given: linux({ nodeImageVersion: 'AKSUbuntu:1604:2020.03.11' }),
      reason: 'invalid',
      says: 'nodeImageVersion holds no date: AKSUbuntu:1604:2020.03.11.',
    },
  ],
});

it('waits for windows that were refused so far, where a monthly one would explain the age', () => {
  const given = channel({ nodeOSUpgradeChannel: 'NodeImage' });
  const judged = (moment: string): unknown =>
    evaluateCluster([nodeImageAge], snapshotOf(given, ['maintenanceConfigurations']), {
      ...{ now: new Date(moment), baseline: defaultBaseline(), subject: SUBJECT, history: () => null },
    }).map(({ outcome, reason, message }) => [outcome, reason, message]);

  expect(judged(NOW)).toEqual([
    [
      'unknown',
      'notVisible',
      `maintenanceConfigurations was never read, and a monthly window would explain that nodeImageVersion ${LINUX} is 54 days old.`,
    ],
  ]);
  expect(judged('2026-10-20T00:00:00Z')).toMatchObject([['pass', null, expect.any(String)]]);
  expect(judged('2026-12-31T00:00:00Z')).toMatchObject([['fail', null, expect.any(String)]]);
});
