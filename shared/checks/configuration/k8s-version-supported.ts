import { clusterCheck, fail, pass, unknown } from '../../model/check';
import { stoppedVerdict } from '../facts';
import { controlPlaneVersion, parseVersion, supportPlanOf, UPGRADE_KUBERNETES } from '../kubernetes-version';

export const k8sVersionSupported = clusterCheck({
  id: 'k8s-version-supported',
  title: "The Kubernetes version is supported under the cluster's plan",
  category: 'lifecycle',
  severity: 'critical',
  checklistItem: 'S10',
  rationale:
    'A minor version that has left support receives no security fixes of Kubernetes, and Microsoft does not help with it. What counts is the list that the region of the cluster offers for its support plan.',
  remediation: UPGRADE_KUBERNETES,
  references: [
    'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
    'https://learn.microsoft.com/azure/aks/long-term-support',
  ],
  needs: ['kubernetesVersions'],

  evaluate({ cluster, kubernetesVersions }) {
    const running = stoppedVerdict(cluster) ?? controlPlaneVersion(cluster);
    if ('outcome' in running) {
      return running;
    }
    const { version, order } = running;
    const plan = supportPlanOf(cluster);
    const listed = kubernetesVersions.map((offer) => ({ ...offer, order: parseVersion(offer.version)?.order ?? -1 }));
    const offered = listed.filter(({ supportPlans, order: known }) => known >= 0 && isOneOf(supportPlans, plan));
    const observed = { version, supportPlan: plan, offered: offered.map((offer) => offer.version) };
    if (offered.length === 0) {
      const message = `kubernetesVersions of ${cluster.location} lists no version for ${plan}.`;
      return unknown('invalid', message, { observed });
    }
    const offers = offered.filter((offer) => offer.order === order);
    if (offers.some(({ isPreview }) => !isPreview)) {
      return pass(`Kubernetes ${version} is supported under ${plan}.`, { observed });
    }
    if (offers.length > 0) {
      return fail(`Kubernetes ${version} is a preview.`, { observed, severity: 'medium' });
    }
    if (order > Math.max(...listed.map((offer) => offer.order))) {
      const message = `kubernetesVersions of ${cluster.location} does not list Kubernetes ${version} yet.`;
      return unknown('notEvaluated', message, { observed });
    }
    return fail(`Kubernetes ${version} is not supported under ${plan}.`, { observed });
  },
});

function isOneOf(plans: readonly string[], plan: string): boolean {
  return plans.some((one) => one.toLowerCase() === plan.toLowerCase());
}
