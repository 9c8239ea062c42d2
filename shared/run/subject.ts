import type { Ownership, Subject } from '../model/baseline';
import type { Cluster } from '../model/cluster';
import type { ClusterFacts } from '../model/state';

/** What rules of the baseline file can be about. @param facts null for the subscription itself. */
export function subjectOf(subscriptionId: string, facts: ClusterFacts | null, nodePool: string | null): Subject {
  return {
    subscriptionId,
    resourceGroup: facts?.resourceGroup ?? null,
    cluster: facts?.name ?? null,
    clusterId: facts?.id ?? null,
    tags: facts?.tags ?? {},
    nodePool,
  };
}

/** What the tables tell of every cluster. */
export function factsOf(
  cluster: Cluster,
  ownershipOf: (tags: ClusterFacts['tags'], resourceGroup: string) => Ownership,
): ClusterFacts {
  const { id, name, resourceGroup, location } = cluster;
  const uid = plain(() => cluster.resourceUID) ?? null;
  const kubernetesVersion = plain(() => cluster.currentKubernetesVersion ?? cluster.kubernetesVersion) ?? null;
  const tags = tagsOf(cluster);
  return { id, uid, name, resourceGroup, location, kubernetesVersion, tags, ...ownershipOf(tags, resourceGroup) };
}

/** Without those that AKS itself sets, and without what is no text. */
function tagsOf(cluster: Cluster): ClusterFacts['tags'] {
  const tags = Object.entries(plain(() => cluster.tags) ?? {});
  return Object.fromEntries(tags.filter(([name, value]) => typeof value === 'string' && !/^aks-managed-/i.test(name)));
}

/** A property of the wrong kind throws when it is read; as a fact about the cluster it is then absent. */
export function plain<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
