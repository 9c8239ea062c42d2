import { clusterCheck, fail, unknown } from '../../model/check';
import { days } from '../../model/params';
import { judgeRetirement, KUBERNETES_ENDS } from '../calendar';
import { stoppedVerdict } from '../facts';
import { controlPlaneVersion, parseVersion, supportPlanOf, UPGRADE_KUBERNETES } from '../kubernetes-version';
import { unknownWord } from '../unknowns';

export const k8sVersionEolSoon = clusterCheck({
  id: 'k8s-version-eol-soon',
  title: 'The support of the Kubernetes version does not end soon',
  category: 'lifecycle',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'After the end of support a minor version gets no security fixes. An upgrade must be tested with the workloads first, so its date has to be known weeks before.',
  remediation: UPGRADE_KUBERNETES,
  references: [
    'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
    'https://learn.microsoft.com/azure/aks/long-term-support',
  ],
  params: { noticeDays: days(60, 'fail when support ends within so many', { stricter: 'higher' }) },

  evaluate({ cluster }, { params: { noticeDays }, now }) {
    const running = stoppedVerdict(cluster) ?? controlPlaneVersion(cluster);
    if ('outcome' in running) {
      return running;
    }
    const { version, name, order } = running;
    const plan = supportPlanOf(cluster);
    const observed = { version, supportPlan: plan };
    const ends = Object.hasOwn(KUBERNETES_ENDS, plan) ? KUBERNETES_ENDS[plan] : undefined;
    if (ends === undefined) {
      return unknownWord('properties.supportPlan', plan, { observed });
    }
    const endsOn = ends[name];
    if (endsOn !== undefined) {
      return judgeRetirement({ what: `Kubernetes ${version} under ${plan}`, endsOn }, now, observed, noticeDays);
    }
    const [oldest = ''] = Object.keys(ends);
    if (order < (parseVersion(oldest)?.order ?? 0)) {
      return fail(`Kubernetes ${version} is older than ${oldest}: its support has ended.`, { observed });
    }
    const message = `properties.currentKubernetesVersion is ${version}: the calendar does not hold it yet.`;
    return unknown('notEvaluated', message, { observed });
  },
});
