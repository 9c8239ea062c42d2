import { InvalidPropertyError } from '../../shared/collect/normalise';
import type { Subject } from '../../shared/model/baseline';
import type { Cluster, NodePool } from '../../shared/model/cluster';
import type {
  ClusterSections,
  ClusterSnapshot,
  Collected,
  NodePoolSections,
  Section,
  SubscriptionSections,
} from '../../shared/model/snapshot';

const SUBSCRIPTION_ID = '11111111-1111-1111-1111-111111111111';
export const CLUSTER_ID = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/rg1/providers/Microsoft.ContainerService/managedClusters/c1`;

/** The cluster of every table, as rules of the baseline file name it. */
export const SUBJECT: Subject = {
  ...{ subscriptionId: SUBSCRIPTION_ID, resourceGroup: 'rg1', cluster: 'c1', clusterId: CLUSTER_ID },
  ...{ tags: {}, nodePool: null },
};

/** A cluster with only what every cluster has; nothing is set on purpose. */
export function cluster(overrides: Partial<Cluster> = {}): Cluster {
  return {
    id: CLUSTER_ID,
    name: 'c1',
    location: 'westeurope',
    subscriptionId: SUBSCRIPTION_ID,
    resourceGroup: 'rg1',
    nodePools: [pool()],
    ...overrides,
  };
}

/** A Linux system pool; nothing else is set. */
export function pool(overrides: Partial<NodePool> = {}): NodePool {
  return { name: 'pool1', mode: 'System', osType: 'Linux', ...overrides };
}

/** An object with one property of the wrong kind, as the border makes it. */
export function unreadable<T extends object>(name: string, object: T = {} as T): T {
  const get = (): never => {
    throw new InvalidPropertyError(`${name}: expected a string, got a number.`);
  };
  return Object.defineProperty(object, name, { get, enumerable: false });
}

/** What a row of a check's table may set: the cluster, one pool, and any section. */
export interface Given extends Partial<ClusterSections & NodePoolSections & SubscriptionSections> {
  readonly cluster?: Partial<Cluster>;
  readonly pool?: Partial<NodePool>;
}

/** A snapshot in which every section that is not given, or that is listed as unread, was refused. */
export function snapshotOf(given: Given, unread: readonly Section[] = []): ClusterSnapshot {
  const { cluster: clusterOverrides, pool: poolOverrides, ...sections } = given;
  const collected: Record<string, Collected<unknown>> = {};
  for (const [name, value] of Object.entries(sections)) {
    collected[name] = { ok: true, value };
  }
  for (const source of unread) {
    collected[source] = { ok: false, unread: { source, scope: CLUSTER_ID, reason: 'forbidden', detail: 'refused' } };
  }
  const judged = pool(poolOverrides);
  const subject = cluster({ nodePools: [judged], ...clusterOverrides });
  return {
    cluster: subject,
    sections: collected,
    nodePools: new Map([[judged.name, collected]]),
  };
}
