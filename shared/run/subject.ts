import type { Subject } from '../model/baseline';
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
