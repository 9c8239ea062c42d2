import type { Cluster, NodePool } from '../../../shared/model/cluster';
import { nodeImageAge } from '../../../shared/checks/node-images/node-image-age';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

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
      when: 'the limits are the wrong way round, up to the lower one',
      given: linux(),
      params: { linuxDays: 90, linuxHighDays: 60 },
      says: aged(LINUX, 54, 90),
      dueOn: '2026-12-01T00:00:00.000Z',
    },
    {
      when: 'the name is dated in the future',
      given: linux(),
      now: '2026-09-30T23:00:00.000Z',
      says: aged(LINUX, -1, 30),
      dueOn: '2026-11-01T00:00:00.000Z',
    },
  ],
  fail: [
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
