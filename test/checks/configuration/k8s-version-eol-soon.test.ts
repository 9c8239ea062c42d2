import { k8sVersionEolSoon } from '../../../shared/checks/configuration/k8s-version-eol-soon';
import type { Cluster } from '../../../shared/model/cluster';
import { describeCheck } from '../../support/describe-check';
import type { Given } from '../../support/evidence';

const running = (currentKubernetesVersion: string, more: Partial<Cluster> = {}): Given => ({
  cluster: { currentKubernetesVersion, ...more },
});
const lts = (version: string): Given => running(version, { supportPlan: 'AKSLongTermSupport' });

const ends = (version: string, day: string): string =>
  `Kubernetes ${version} under KubernetesOfficial will be retired on ${day}`;
const ltsEnds = (version: string, day: string): string =>
  `Kubernetes ${version} under AKSLongTermSupport will be retired on ${day}`;
const old = (version: string): string => `Kubernetes ${version} is older than 1.29: its support has ended.`;

describeCheck(k8sVersionEolSoon, {
  pass: [
    {
      when: 'support lasts for months, and the plan was never set',
      given: running('1.35.3'),
      says: `${ends('1.35.3', '2027-03-31')}, which is still far.`,
      dueOn: '2027-01-30T00:00:00.000Z',
      watched: null,
    },
    {
      when: 'support lasts a millisecond longer than the notice',
      given: running('1.35.3', { supportPlan: 'KubernetesOfficial' }),
      now: '2027-01-29T23:59:59.999Z',
      says: `${ends('1.35.3', '2027-03-31')}, which is still far.`,
      dueOn: '2027-01-30T00:00:00.000Z',
    },
    {
      when: 'the newest of the calendar runs',
      given: running('1.37.0'),
      says: `${ends('1.37.0', '2027-10-31')}, which is still far.`,
      dueOn: '2027-09-01T00:00:00.000Z',
    },
    {
      when: 'only the requested version is known, as a minor version, on AKS Automatic',
      given: { cluster: { kubernetesVersion: '1.36', sku: { name: 'Automatic' } } },
      says: `${ends('1.36', '2027-06-30')}, which is still far.`,
      dueOn: '2027-05-01T00:00:00.000Z',
    },
    {
      when: 'long-term support lasts, although the ordinary one has ended (PSRule #2443)',
      given: lts('1.33.105-akslts'),
      says: `${ltsEnds('1.33.105-akslts', '2027-07-31')}, which is still far.`,
      dueOn: '2027-06-01T00:00:00.000Z',
    },
    {
      when: 'less notice is wanted',
      given: running('1.34.9'),
      params: { noticeDays: 5 },
      says: `${ends('1.34.9', '2026-11-30')}, which is still far.`,
      dueOn: '2026-11-25T00:00:00.000Z',
    },
  ],
  fail: [
    {
      when: 'support ends within days',
      given: running('1.34.9'),
      says: `${ends('1.34.9', '2026-11-30')}.`,
      dueOn: '2026-11-30T00:00:00.000Z',
      watched: null,
    },
    {
      when: 'support ends within exactly the notice',
      given: running('1.35.3'),
      now: '2027-01-30T00:00:00.000Z',
      says: `${ends('1.35.3', '2027-03-31')}.`,
      dueOn: '2027-03-31T00:00:00.000Z',
    },
    {
      when: 'support has ended',
      given: running('1.33.3', { kubernetesVersion: '1.35' }),
      says: 'Kubernetes 1.33.3 under KubernetesOfficial was retired on 2026-07-31.',
    },
    {
      when: 'the ordinary support has ended, and the tier alone buys no other (PSRule #2443)',
      given: running('1.33.3', { sku: { tier: 'Premium' } }),
      says: 'Kubernetes 1.33.3 under KubernetesOfficial was retired on 2026-07-31.',
    },
    {
      when: 'long-term support ends soon',
      given: lts('1.31.12'),
      says: `${ltsEnds('1.31.12', '2026-11-30')}.`,
      dueOn: '2026-11-30T00:00:00.000Z',
    },
    {
      when: 'long-term support has ended',
      given: lts('1.30.100-akslts'),
      says: 'Kubernetes 1.30.100-akslts under AKSLongTermSupport was retired on 2026-07-31.',
    },
    { when: 'older than the calendar', given: running('1.25.6'), says: old('1.25.6') },
    {
      when: 'older than the calendar, with long-term support',
      given: lts('1.27.100-akslts'),
      says: old('1.27.100-akslts'),
    },
    { when: 'older by number: 1.9 comes before 1.29', given: running('1.9.6'), says: old('1.9.6') },
    {
      when: 'more notice is wanted',
      given: running('1.35.3'),
      params: { noticeDays: 180 },
      says: `${ends('1.35.3', '2027-03-31')}.`,
      dueOn: '2027-03-31T00:00:00.000Z',
    },
  ],
  notApplicable: [
    {
      when: 'stopped',
      given: running('1.25.6', { powerState: { code: 'Stopped' } }),
      says: 'The cluster is stopped.',
      reason: 'stopped',
    },
  ],
  unknown: [
    { when: 'never set', given: {}, says: 'properties.currentKubernetesVersion is missing.', reason: 'notVisible' },
    {
      when: 'the version cannot be read',
      given: running('latest'),
      says: 'properties.currentKubernetesVersion is latest: no version.',
      reason: 'invalid',
    },
    {
      when: 'newer than the calendar',
      given: running('1.38.0'),
      says: 'properties.currentKubernetesVersion is 1.38.0: the calendar does not hold it yet.',
      reason: 'notEvaluated',
    },
    {
      when: 'newer than the calendar by its first number',
      given: running('2.0.1'),
      says: 'properties.currentKubernetesVersion is 2.0.1: the calendar does not hold it yet.',
      reason: 'notEvaluated',
    },
    {
      when: 'the plan is not known',
      given: running('1.35.3', { supportPlan: 'Platinum' }),
      says: 'properties.supportPlan is Platinum: not known.',
      reason: 'invalid',
    },
    {
      when: 'the plan has the name of something that every object has',
      given: running('1.35.3', { supportPlan: 'constructor' }),
      says: 'properties.supportPlan is constructor: not known.',
      reason: 'invalid',
    },
  ],
});
