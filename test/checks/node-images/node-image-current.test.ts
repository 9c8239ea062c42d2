import { nodeImageCurrent } from '../../../shared/checks/node-images/node-image-current';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const linux = (version: string): string => `AKSUbuntu-2204gen2containerd-${version}`;
const windows = (version: string): string => `AKSWindows-2022-containerd-gen2-20348.${version}`;

function given(nodeImageVersion: string, latestNodeImageVersion: string, more: Given = {}): Given {
  return { ...more, pool: { nodeImageVersion, ...more.pool }, upgradeProfiles: { latestNodeImageVersion } };
}

const said = (installed: string, offered: string, days: number, allowed = 14): string =>
  `The pool runs ${installed}, but the newest image offered in westeurope for this pool is ${offered}; it has been behind for ${days} days, and ${allowed} are allowed.`;

const current = linux('202611.02.0');
const newer = linux('202611.10.0');
const newest = linux('202611.17.0');
const behind = given(current, newer);
const remembered = { installed: current, offeredSince: '2026-11-10T00:00:00.000Z' };

describeCheck(nodeImageCurrent, {
  pass: [
    {
      when: 'the newest image that the region offers is installed, whatever release notes tell (Azure/AKS#2418, Azure/AKS#3492, MicrosoftDocs/azure-docs#70211)',
      given: given(current, current),
      says: `The pool runs ${current}, the newest image offered in westeurope for this pool.`,
      watched: null,
      remember: null,
    },
    {
      when: 'the names differ in letter case only',
      given: given(current, current.toUpperCase()),
      says: `The pool runs ${current}, the newest image offered in westeurope for this pool.`,
    },
    {
      when: 'another revision of the same day is offered',
      given: given(current, linux('202611.02.5')),
      says: `The pool runs ${current}, the newest image offered in westeurope for this pool.`,
    },
    {
      when: 'the installed image is newer than the offered one, which lags (Azure/AKS#2947, Azure/AKS#4165)',
      given: given(newer, current),
      says: `The pool runs ${newer}, newer than ${current}, the newest image offered in westeurope for this pool.`,
    },
    {
      when: 'an upgrade stopped half-way, of which the pool shows nothing but its state (Azure/AKS#3355)',
      given: given(current, current, { pool: { provisioningState: 'Failed' } }),
      says: `The pool runs ${current}, the newest image offered in westeurope for this pool.`,
    },
    {
      when: 'a newer image was offered and withdrawn again',
      given: given(current, current),
      history: remembered,
      says: `The pool runs ${current}, the newest image offered in westeurope for this pool.`,
      remember: null,
    },
    {
      when: 'a newer image is offered within the days of grace',
      given: behind,
      says: said(current, newer, 14),
      dueOn: '2026-11-25T00:00:00.000Z',
      watched: null,
      remember: remembered,
    },
    {
      when: 'it is the last millisecond of grace',
      given: behind,
      now: '2026-11-24T23:59:59.999Z',
      says: said(current, newer, 14),
      dueOn: '2026-11-25T00:00:00.000Z',
    },
    {
      when: 'more grace is allowed',
      given: behind,
      params: { graceDays: 30 },
      says: said(current, newer, 14, 30),
      dueOn: '2026-12-11T00:00:00.000Z',
    },
    {
      when: 'an even newer image is offered, and the first one was remembered',
      given: given(current, newest),
      history: remembered,
      says: said(current, newest, 14),
      dueOn: '2026-11-25T00:00:00.000Z',
      remember: remembered,
    },
    {
      when: 'what is remembered belongs to another image',
      given: given(newer, newest),
      history: { installed: current, offeredSince: '2026-09-01T00:00:00.000Z' },
      says: said(newer, newest, 7),
      dueOn: '2026-12-02T00:00:00.000Z',
      remember: { installed: newer, offeredSince: '2026-11-17T00:00:00.000Z' },
    },
    {
      when: 'an older image is offered now than the remembered one',
      given: behind,
      history: { installed: current, offeredSince: '2026-11-17T00:00:00.000Z' },
      says: said(current, newer, 14),
      dueOn: '2026-11-25T00:00:00.000Z',
      remember: remembered,
    },
    {
      when: 'what is remembered is no date',
      given: behind,
      history: { installed: current, offeredSince: 'yesterday' },
      says: said(current, newer, 14),
      dueOn: '2026-11-25T00:00:00.000Z',
    },
    {
      when: 'a pool is listed although nodes are provisioned automatically',
      given: given(current, current, { cluster: { nodeProvisioningProfile: { mode: 'Auto' } } }),
      says: `The pool runs ${current}, the newest image offered in westeurope for this pool.`,
    },
  ],
  fail: [
    {
      when: 'the grace is over',
      given: behind,
      now: '2026-11-25T00:00:00.000Z',
      says: said(current, newer, 15),
      watched: null,
      remember: remembered,
    },
    {
      when: 'no grace is allowed',
      given: behind,
      params: { graceDays: 0 },
      says: said(current, newer, 14, 0),
    },
    {
      when: 'newer images follow each other every week, and the pool never moves',
      given: given(current, newest),
      history: remembered,
      now: '2026-11-25T00:00:00.000Z',
      says: said(current, newest, 15),
      remember: remembered,
    },
    {
      when: 'Windows is behind',
      given: given(windows('4529.251212'), windows('5000.261013'), { pool: { osType: 'Windows' } }),
      says: said(windows('4529.251212'), windows('5000.261013'), 42),
    },
  ],
  notApplicable: [
    {
      when: 'the cluster is stopped',
      given: given(current, newer, { cluster: { powerState: { code: 'Stopped' } } }),
      reason: 'stopped',
      says: 'The cluster is stopped.',
    },
    {
      when: 'the pool is stopped',
      given: given(current, newer, { pool: { powerState: { code: 'Stopped' } } }),
      reason: 'stopped',
      says: 'The node pool is stopped.',
    },
  ],
  unknown: [
    {
      when: 'the pool has no image name',
      given: { upgradeProfiles: { latestNodeImageVersion: newer } },
      reason: 'notVisible',
      says: 'properties.agentPoolProfiles[].nodeImageVersion is missing.',
    },
    {
      when: 'the service does not say what it offers (MicrosoftDocs/azure-docs#72172)',
      given: { pool: { nodeImageVersion: current }, upgradeProfiles: {} },
      reason: 'notVisible',
      says: 'properties.latestNodeImageVersion of the upgrade profile is missing.',
    },
    {
      when: 'the installed name cannot be read',
      given: given('AKSUbuntu:1604:2020.03.11', newer),
      reason: 'invalid',
      says: 'nodeImageVersion holds no date: AKSUbuntu:1604:2020.03.11.',
    },
    {
      when: 'the offered name cannot be read',
      given: given(current, 'next'),
      reason: 'invalid',
      says: 'latestNodeImageVersion holds no date: next.',
    },
    {
      when: 'another family is offered',
      given: given(current, 'AKSAzureLinux-V3gen2-202611.10.0'),
      reason: 'invalid',
      says: `nodeImageVersion ${current} and the newest image offered in westeurope for this pool, AKSAzureLinux-V3gen2-202611.10.0, are of different families.`,
    },
  ],
});
