import { autoUpgradeEffective } from '../../../shared/checks/node-images/auto-upgrade-effective';
import type { Cluster } from '../../../shared/model/cluster';
import type { MaintenanceConfiguration } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';
import { KUBERNETES, NODE_OS, schedule } from '../../support/schedules';

type Channels = Cluster['autoUpgradeProfile'] & object;

const LINUX = 'AKSUbuntu-2204gen2containerd-202610.01.0';
const PATCHED = `${LINUX}-2026.10.11`;
const WINDOWS = 'AKSWindows-2022-containerd-gen2-20348.4529.261001';

/** A Linux pool whose image is of 2026-10-01; these windows were read. */
const given = (
  autoUpgradeProfile: Channels,
  maintenanceConfigurations: MaintenanceConfiguration[] = [],
  nodeImageVersion = LINUX,
): Given => ({ cluster: { autoUpgradeProfile }, pool: { nodeImageVersion }, maintenanceConfigurations });

/** The same with windows that were not read. */
const unread = (autoUpgradeProfile: Channels): Given => ({
  cluster: { autoUpgradeProfile },
  pool: { nodeImageVersion: LINUX },
});

const nodeImage: Channels = { nodeOSUpgradeChannel: 'NodeImage' };
const securityPatch: Channels = { nodeOSUpgradeChannel: 'SecurityPatch' };
const weekly = [schedule(NODE_OS, 'weekly')];
const monthly = [schedule(NODE_OS, 'absoluteMonthly')];
const openings = { [NODE_OS]: 31 };

const says = (days: number, allowed: number, channel = 'NodeImage', image = LINUX): string =>
  `Under the channel ${channel} the nodes were last renewed ${days} days ago (${image}); up to ${allowed} days are normal.`;
const off = (channel: string): string => `The node OS channel ${channel} brings this pool no new images.`;

describeCheck(autoUpgradeEffective, {
  pass: [
    {
      when: 'NodeImage is on and the image as old as a new one, its way to the region and a week to the window take',
      given: given(nodeImage, weekly),
      now: '2026-10-29T23:59:59.999Z',
      says: says(28, 28),
      dueOn: '2026-10-30T00:00:00.000Z',
      watched: null,
      remember: { openings: { [NODE_OS]: 7 } },
    },
    {
      when: 'no window holds it up',
      given: given(nodeImage),
      now: '2026-10-22T00:00:00.000Z',
      says: says(21, 21),
      dueOn: '2026-10-23T00:00:00.000Z',
      remember: { openings: {} },
    },
    {
      when: 'the window opens once a month',
      given: given(nodeImage, monthly),
      now: '2026-11-22T00:00:00.000Z',
      says: says(52, 52),
      dueOn: '2026-11-23T00:00:00.000Z',
    },
    {
      when: 'the window cannot be read today, and opened once a month when it was',
      given: unread(nodeImage),
      history: { openings },
      now: '2026-11-22T00:00:00.000Z',
      says: says(52, 52),
      dueOn: '2026-11-23T00:00:00.000Z',
      remember: { openings },
    },
    {
      when: 'the window was never read, and none is needed to explain the age',
      given: unread(nodeImage),
      now: '2026-10-22T00:00:00.000Z',
      says: says(21, 56),
      dueOn: '2026-11-27T00:00:00.000Z',
      remember: { openings: null },
    },
    {
      when: 'the cluster channel is node-image, timed by the window of cluster upgrades',
      given: given({ upgradeChannel: 'node-image' }, [schedule(KUBERNETES, 'absoluteMonthly')]),
      now: '2026-11-22T00:00:00.000Z',
      says: says(52, 52),
      dueOn: '2026-11-23T00:00:00.000Z',
    },
    {
      when: 'AKS Automatic presets NodeImage',
      given: { ...given(nodeImage, weekly), cluster: { sku: { name: 'Automatic' } } },
      now: '2026-10-29T00:00:00.000Z',
      says: says(28, 28),
      dueOn: '2026-10-30T00:00:00.000Z',
    },
    {
      when: 'Windows images come once a month',
      given: { ...given(nodeImage, weekly, WINDOWS), pool: { nodeImageVersion: WINDOWS, osType: 'Windows' } },
      now: '2026-11-22T00:00:00.000Z',
      says: says(52, 52, 'NodeImage', WINDOWS),
      dueOn: '2026-11-23T00:00:00.000Z',
    },
    {
      when: 'SecurityPatch is on, which patches without a new image for part of the time',
      given: given(securityPatch, weekly),
      says: says(54, 81, 'SecurityPatch'),
      dueOn: '2026-12-22T00:00:00.000Z',
    },
    {
      when: 'the name tells that SecurityPatch patched an old image lately',
      given: given(securityPatch, [], PATCHED),
      now: '2026-12-24T00:00:00.000Z',
      says: says(74, 74, 'SecurityPatch', PATCHED),
      dueOn: '2026-12-25T00:00:00.000Z',
    },
    {
      when: 'more grace is given',
      given: given(nodeImage, weekly),
      params: { graceDays: 60 },
      says: says(54, 74),
      dueOn: '2026-12-15T00:00:00.000Z',
    },
    {
      when: 'a pool is listed although other nodes are provisioned automatically',
      given: {
        ...given(nodeImage, weekly),
        cluster: { autoUpgradeProfile: nodeImage, nodeProvisioningProfile: { mode: 'Auto' } },
      },
      now: '2026-10-10T00:00:00.000Z',
      says: says(9, 28),
      dueOn: '2026-10-30T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'NodeImage is on with a daily window, and the image stays old (Azure/AKS#4115)',
      given: given(nodeImage, [schedule(NODE_OS, 'daily')]),
      says: says(54, 22),
      watched: null,
      remember: { openings: { [NODE_OS]: 1 } },
    },
    {
      when: 'a day too many has passed',
      given: given(nodeImage, weekly),
      now: '2026-10-30T00:00:00.000Z',
      says: says(29, 28),
    },
    {
      when: 'the window opens once a month and the image is older than that explains',
      given: given(nodeImage, monthly),
      now: '2026-11-23T00:00:00.000Z',
      says: says(53, 52),
    },
    {
      when: 'SecurityPatch has done nothing for months (Azure/AKS#3918)',
      given: given(securityPatch),
      now: '2026-12-15T00:00:00.000Z',
      says: says(75, 74, 'SecurityPatch'),
    },
    {
      when: 'both channels are on and only the one for Kubernetes has a monthly window',
      given: given({ ...nodeImage, upgradeChannel: 'stable' }, [schedule(KUBERNETES, 'absoluteMonthly')]),
      says: says(54, 21),
    },
    {
      when: 'the window was never read, and no monthly one would explain the age',
      given: unread(nodeImage),
      now: '2026-11-27T00:00:00.000Z',
      says: says(57, 56),
      remember: { openings: null },
    },
    {
      when: 'the window cannot be read today, and opened every day when it was',
      given: unread(nodeImage),
      history: { openings: { [NODE_OS]: 1 } },
      now: '2026-11-27T00:00:00.000Z',
      says: says(57, 22),
      remember: { openings: { [NODE_OS]: 1 } },
    },
  ],
  notApplicable: [
    { when: 'no channel was ever set', given: given({}), says: off('None'), remember: { openings: {} } },
    {
      when: 'only a channel for Kubernetes is on, which renews images only together with Kubernetes (Azure/AKS#2429)',
      given: given({ upgradeChannel: 'stable' }, monthly),
      says: off('None'),
    },
    { when: 'the channel is Unmanaged', given: given({ nodeOSUpgradeChannel: 'Unmanaged' }), says: off('Unmanaged') },
    {
      when: 'SecurityPatch is on, which Windows does not know',
      given: { ...given(securityPatch), pool: { nodeImageVersion: WINDOWS, osType: 'Windows' } },
      says: off('SecurityPatch'),
    },
    {
      when: 'no channel is on and the image has no name',
      given: { maintenanceConfigurations: [] },
      says: off('None'),
    },
    {
      when: 'the cluster is stopped',
      given: { ...given(nodeImage), cluster: { autoUpgradeProfile: nodeImage, powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The cluster is stopped.',
    },
    {
      when: 'the pool is stopped',
      given: { ...given(nodeImage), pool: { nodeImageVersion: LINUX, powerState: { code: 'Stopped' } } },
      reason: 'stopped',
      says: 'The node pool is stopped.',
    },
  ],
  unknown: [
    {
      when: 'the window was never read, and a monthly one would explain the age',
      given: unread(nodeImage),
      now: '2026-10-23T00:00:00.000Z',
      reason: 'notVisible',
      says: `maintenanceConfigurations was never read, and a monthly window would explain that nodeImageVersion ${LINUX} is 22 days old.`,
    },
    {
      when: 'the same at its last day',
      given: unread(nodeImage),
      now: '2026-11-26T00:00:00.000Z',
      reason: 'notVisible',
      says: `maintenanceConfigurations was never read, and a monthly window would explain that nodeImageVersion ${LINUX} is 56 days old.`,
    },
    {
      when: 'the pool has no image name',
      given: { cluster: { autoUpgradeProfile: nodeImage }, maintenanceConfigurations: weekly },
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is missing.',
    },
    {
      when: 'the name cannot be read',
      given: given(nodeImage, weekly, 'AKSUbuntu:1604:2020.03.11'),
      reason: 'invalid',
      says: 'nodeImageVersion holds no date: AKSUbuntu:1604:2020.03.11.',
    },
    {
      when: 'a channel has a name that is not known',
      given: given({ nodeOSUpgradeChannel: 'Nightly' }, weekly),
      reason: 'invalid',
      says: 'properties.autoUpgradeProfile.nodeOSUpgradeChannel is Nightly: not known.',
    },
  ],
});
