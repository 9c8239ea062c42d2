import { ContainerServiceClient } from '@azure/arm-containerservice';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Unread } from '../model/snapshot';
import { clientOptions, type Azure } from './azure';
import { normaliseCluster } from './normalise';
import { isGone, whyUnread } from './unread';

/** Listing, and the GET that proves that a cluster is gone. */
export const CLUSTERS_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.ContainerService/managedClusters/read',
    why: 'Lists the clusters with their node pools, and proves that one is gone.',
    without: 'Nothing can be judged: every check on clusters and node pools stays as it was last known.',
  },
];

export interface ListedCluster {
  readonly cluster: Cluster;
  /** Properties whose value is of the wrong kind. */
  readonly problems: readonly Unread[];
}

/** What a listing of the clusters of one subscription told. */
export interface Listing {
  readonly clusters: readonly ListedCluster[];
  /** Why the listing did not reach its last page; null: it did. */
  readonly unread: Unread | null;
}

/** One list request per page; reads nothing cluster by cluster. Never throws. */
export async function listClusters(azure: Azure, subscriptionId: string): Promise<Listing> {
  const client = new ContainerServiceClient(azure.credential, subscriptionId, clientOptions(azure));
  // By id: what changes during a listing may stand on two of its pages.
  const clusters = new Map<string, ListedCluster>();
  const scope = `/subscriptions/${subscriptionId}`;
  let unread: Unread | null = null;
  try {
    for await (const body of client.managedClusters.list()) {
      const listed = listedCluster(body, scope);
      if ('cluster' in listed) {
        clusters.set(listed.cluster.id.toLowerCase(), listed);
      } else {
        // Nobody knows which cluster it was, so the listing is incomplete.
        unread ??= listed;
      }
    }
  } catch (error) {
    unread = whyUnread('clusters', scope, error, azure.signal);
  }
  return { clusters: [...clusters.values()], unread };
}

/** Normalises a body; one that names no cluster is unread. */
function listedCluster(body: unknown, scope: string): ListedCluster | Unread {
  try {
    const { cluster, problems } = normaliseCluster(body);
    return { cluster, problems: problems.map((detail) => invalid(cluster.id, detail)) };
  } catch (error) {
    return invalid(scope, error instanceof Error ? error.message : String(error));
  }
}

function invalid(scope: string, detail: string): Unread {
  return { source: 'clusters', scope, reason: 'invalid', detail };
}

/** What a GET of one cluster's id tells: the cluster, that it does not exist, or nothing. */
export type Sought =
  | { readonly kind: 'gone' }
  | { readonly kind: 'found'; readonly listed: ListedCluster }
  | { readonly kind: 'unread'; readonly unread: Unread };

/** Asks for a cluster that the list did not hold. Only ARM's own "this resource does not exist" is taken for gone. Never throws. */
export async function seekCluster(azure: Azure, id: string): Promise<Sought> {
  const [, , subscriptionId = '', , resourceGroup = '', , , , name = ''] = id.split('/');
  const client = new ContainerServiceClient(azure.credential, subscriptionId, clientOptions(azure));
  try {
    const listed = listedCluster(await client.managedClusters.get(resourceGroup, name), id);
    return 'cluster' in listed ? { kind: 'found', listed } : { kind: 'unread', unread: listed };
  } catch (error) {
    return isGone(error)
      ? { kind: 'gone' }
      : { kind: 'unread', unread: whyUnread('clusters', id, error, azure.signal) };
  }
}
