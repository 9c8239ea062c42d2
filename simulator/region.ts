import type { ApiServer } from './api-servers';
import type { Json } from './json';
import { textOf } from './json';
import { imageFamily, weeklyImage } from './node-image';
import type { ArmBody, World } from './world';
import { poolsOf } from './world';

const DAY_MS = 86_400_000;

/** Minor versions as a region offered them in November 2026; https://learn.microsoft.com/azure/aks/supported-kubernetes-versions */
const MINORS = [
  { minor: '1.37', patches: [1, 0], plans: ['KubernetesOfficial', 'AKSLongTermSupport'] },
  { minor: '1.36', patches: [4, 3], plans: ['KubernetesOfficial', 'AKSLongTermSupport'], isDefault: true },
  { minor: '1.35', patches: [7, 6], plans: ['KubernetesOfficial', 'AKSLongTermSupport'] },
  { minor: '1.34', patches: [11, 10], plans: ['AKSLongTermSupport'] },
];

/** The version that generated clusters run: the newest patch of the default minor. */
export const KUBERNETES_VERSION = '1.36.4';

/** Body of the kubernetesVersions answer of a region. */
function kubernetesVersionsBody(): Json {
  return {
    values: MINORS.map(({ minor, patches, plans, isDefault }) => ({
      version: minor,
      ...(isDefault && { isDefault }),
      capabilities: { supportPlan: plans },
      patchVersions: Object.fromEntries(
        patches.map((patch, index) => [
          `${minor}.${patch}`,
          { upgrades: patches.slice(0, index).map((newer) => `${minor}.${newer}`) },
        ]),
      ),
    })),
  };
}

/** A healthy API server: a serving certificate of two years that is three months old, a CA of thirty years. */
export function healthyApiServer(now: Date): ApiServer {
  const issued = now.getTime() - 90 * DAY_MS;
  return {
    certificate: { notBefore: new Date(issued), notAfter: new Date(issued + 730 * DAY_MS) },
    authority: { notBefore: new Date(issued), notAfter: new Date(issued + 30 * 365 * DAY_MS) },
    behaviour: 'serving',
  };
}

/** What Azure offers where these clusters are: Kubernetes versions, the week's node images, and their API servers. */
export function surroundings(
  clusters: readonly ArmBody[],
  now: Date,
): Pick<World, 'kubernetesVersions' | 'latestNodeImages' | 'apiServers'> {
  const locations = [...new Set(clusters.map(({ location = '' }) => location))];
  const imagesOf = (location: string): Record<string, string> => {
    const pools = clusters.filter((cluster) => cluster.location === location).flatMap(poolsOf);
    const images = pools.map((pool) => textOf(pool, 'nodeImageVersion') ?? '');
    const families = images.map(imageFamily).filter((family, index) => family !== images[index]);
    return Object.fromEntries(families.map((family) => [family, weeklyImage(family, now)]));
  };
  return {
    kubernetesVersions: Object.fromEntries(locations.map((location) => [location, kubernetesVersionsBody()])),
    latestNodeImages: Object.fromEntries(locations.map((location) => [location, imagesOf(location)])),
    apiServers: Object.fromEntries(clusters.map(({ id }) => [id.toLowerCase(), healthyApiServer(now)])),
  };
}
