import { clusterCheck, fail, pass, stopped, unknown } from '../../model/check';
import type { KubernetesVersion } from '../../model/snapshot';
import { minorOf } from '../kubernetes-version';

export const k8sVersionSupported = clusterCheck({
  id: 'k8s-version-supported',
  title: "The Kubernetes version is supported under the cluster's plan",
  category: 'lifecycle',
  severity: 'critical',
  checklistItem: 'S10',
  rationale:
    'A minor version that has left support receives no security fixes of Kubernetes, and Microsoft does not help with it. What counts is the list that the region of the cluster offers for its support plan.',
  remediation:
    'az aks get-upgrades --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --output table && az aks upgrade --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --kubernetes-version "<version>"',
  references: [
    'https://learn.microsoft.com/azure/aks/supported-kubernetes-versions',
    'https://learn.microsoft.com/azure/aks/long-term-support',
  ],
  needs: ['kubernetesVersions'],

  evaluate({ cluster, kubernetesVersions }) {
    if (cluster.powerState?.code === 'Stopped') {
      return stopped('The cluster is stopped.');
    }
    const version = cluster.currentKubernetesVersion ?? cluster.kubernetesVersion;
    const plan = cluster.supportPlan ?? 'KubernetesOfficial';
    const offered = kubernetesVersions.filter((offer) => isFor(offer, plan) && minorOf(offer.version) !== null);
    const observed = { version: version ?? null, supportPlan: plan, offered: offered.map((offer) => offer.version) };
    if (version === undefined) {
      return unknown('notVisible', 'properties.currentKubernetesVersion is missing.', { observed });
    }
    const minor = minorOf(version);
    if (minor === null) {
      return unknown('invalid', `properties.currentKubernetesVersion is ${version}: no version.`, { observed });
    }
    if (offered.length === 0) {
      const message = `kubernetesVersions of ${cluster.location} lists no version for ${plan}.`;
      return unknown('invalid', message, { observed });
    }
    const offers = offered.filter((offer) => minorOf(offer.version) === minor);
    if (offers.some(({ isPreview }) => !isPreview)) {
      return pass(`Kubernetes ${version} is supported under ${plan}.`, { observed });
    }
    if (offers.length > 0) {
      return fail(`Kubernetes ${version} is a preview.`, { observed, severity: 'medium' });
    }
    if (minor > Math.max(...kubernetesVersions.flatMap((offer) => minorOf(offer.version) ?? []))) {
      const message = `kubernetesVersions of ${cluster.location} does not list Kubernetes ${version} yet.`;
      return unknown('notEvaluated', message, { observed });
    }
    return fail(`Kubernetes ${version} is not supported under ${plan}.`, { observed });
  },
});

function isFor({ supportPlans }: KubernetesVersion, plan: string): boolean {
  return supportPlans.some((one) => one.toLowerCase() === plan.toLowerCase());
}
