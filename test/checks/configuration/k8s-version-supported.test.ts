import { k8sVersionSupported } from '../../../shared/checks/configuration/k8s-version-supported';
import type { KubernetesVersion } from '../../../shared/model/snapshot';
import { describeCheck } from '../../support/describe-check';

const offer = (version: string, ...supportPlans: string[]): KubernetesVersion => ({
  version,
  isPreview: false,
  supportPlans,
});
const kubernetesVersions = [
  { ...offer('1.37', 'KubernetesOfficial'), isPreview: true },
  offer('1.36', 'KubernetesOfficial', 'AKSLongTermSupport'),
  offer('1.35', 'KubernetesOfficial'),
  offer('1.34', 'KubernetesOfficial', 'AKSLongTermSupport'),
  offer('1.33', 'AKSLongTermSupport'),
  offer('1.28', 'AKSLongTermSupport'),
];

describeCheck(k8sVersionSupported, {
  pass: [
    {
      when: 'the region lists the minor version that runs (lists of their own went stale: azure-policy #616, Prowler PR #12566)',
      given: { cluster: { currentKubernetesVersion: '1.34.9', supportPlan: 'KubernetesOfficial' }, kubernetesVersions },
      says: 'Kubernetes 1.34.9 is supported under KubernetesOfficial.',
    },
    {
      when: 'the plan was never set, and the requested version is another one',
      given: { cluster: { currentKubernetesVersion: '1.35.2', kubernetesVersion: '1.30' }, kubernetesVersions },
      says: 'Kubernetes 1.35.2 is supported under KubernetesOfficial.',
    },
    {
      when: 'only the requested version is known, as a minor version',
      given: { cluster: { kubernetesVersion: '1.35' }, kubernetesVersions },
      says: 'Kubernetes 1.35 is supported under KubernetesOfficial.',
    },
    {
      when: 'only long-term support has it, under that plan (PSRule #2443)',
      given: {
        cluster: { currentKubernetesVersion: '1.28.102-akslts', supportPlan: 'AKSLongTermSupport' },
        kubernetesVersions,
      },
      says: 'Kubernetes 1.28.102-akslts is supported under AKSLongTermSupport.',
    },
    {
      when: 'the list writes its plans in other letters',
      given: {
        cluster: { currentKubernetesVersion: '1.34.9' },
        kubernetesVersions: [offer('1.34', 'kubernetesofficial')],
      },
      says: 'Kubernetes 1.34.9 is supported under KubernetesOfficial.',
    },
  ],
  fail: [
    {
      when: 'older than everything that the region lists (PSRule #767, PSRule #1960, PSRule #2930, PSRule #3042, PSRule #3301, PSRule #3463 and PSRule #3541 renew a number in the code)',
      given: { cluster: { currentKubernetesVersion: '1.27.9' }, kubernetesVersions },
      says: 'Kubernetes 1.27.9 is not supported under KubernetesOfficial.',
    },
    {
      when: 'the list is compared by number: 1.9 is older than 1.28 (powerpipe #232 compares text)',
      given: { cluster: { currentKubernetesVersion: '1.9.6' }, kubernetesVersions },
      says: 'Kubernetes 1.9.6 is not supported under KubernetesOfficial.',
    },
    {
      when: 'only long-term support has it, under the other plan',
      given: { cluster: { currentKubernetesVersion: '1.33.5' }, kubernetesVersions },
      says: 'Kubernetes 1.33.5 is not supported under KubernetesOfficial.',
    },
    {
      when: 'long-term support leaves it out',
      given: {
        cluster: { currentKubernetesVersion: '1.35.2', supportPlan: 'AKSLongTermSupport' },
        kubernetesVersions,
      },
      says: 'Kubernetes 1.35.2 is not supported under AKSLongTermSupport.',
    },
    {
      when: 'a preview',
      given: { cluster: { currentKubernetesVersion: '1.37.0' }, kubernetesVersions },
      says: 'Kubernetes 1.37.0 is a preview.',
      severity: 'medium',
    },
  ],
  notApplicable: [
    {
      when: 'stopped',
      given: {
        cluster: { currentKubernetesVersion: '1.27.9', powerState: { code: 'Stopped' } },
        kubernetesVersions,
      },
      says: 'The cluster is stopped.',
      reason: 'stopped',
    },
  ],
  unknown: [
    {
      when: 'never set',
      given: { kubernetesVersions },
      says: 'properties.currentKubernetesVersion is missing.',
      reason: 'notVisible',
    },
    {
      when: 'the version cannot be read',
      given: { cluster: { currentKubernetesVersion: 'latest' }, kubernetesVersions },
      says: 'properties.currentKubernetesVersion is latest: no version.',
      reason: 'invalid',
    },
    {
      when: 'the list is empty',
      given: { cluster: { currentKubernetesVersion: '1.34.9' }, kubernetesVersions: [] },
      says: 'kubernetesVersions of westeurope lists no version for KubernetesOfficial.',
      reason: 'invalid',
    },
    {
      when: 'the list holds nothing for the plan',
      given: {
        cluster: { currentKubernetesVersion: '1.34.9', supportPlan: 'AKSLongTermSupport' },
        kubernetesVersions: [offer('1.34', 'KubernetesOfficial'), offer('next', 'AKSLongTermSupport')],
      },
      says: 'kubernetesVersions of westeurope lists no version for AKSLongTermSupport.',
      reason: 'invalid',
    },
    {
      when: 'newer than everything readable that the region lists',
      given: {
        cluster: { currentKubernetesVersion: '1.38.0' },
        kubernetesVersions: [...kubernetesVersions, offer('next')],
      },
      says: 'kubernetesVersions of westeurope does not list Kubernetes 1.38.0 yet.',
      reason: 'notEvaluated',
    },
  ],
});
