import { ContainerServiceClient } from '@azure/arm-containerservice';

import type { Cluster } from '../model/cluster';
import type { Unread } from '../model/snapshot';
import { clientOptions, type Azure } from './azure';
import { normaliseCluster } from './normalise';
import { isGone, whyUnread } from './unread';

/** Listing, and the GET that proves that a cluster is gone. */
export const CLUSTERS_ACTIONS = ['Microsoft.ContainerService/managedClusters/read'];

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
  const bodies: unknown[] = [];
  const scope = `/subscriptions/${subscriptionId}`;
  try {
    for await (const body of client.managedClusters.list()) {
      bodies.push(body);
    }
  } catch (error) {
    return listingOf(bodies, scope, whyUnread('clusters', scope, error, azure.signal));
  }
  return listingOf(bodies, scope, null);
}

/** Normalises the bodies; one that names no cluster leaves the listing incomplete, because nobody knows which it was. */
export function listingOf(bodies: readonly unknown[], scope: string, unread: Unread | null): Listing {
  const clusters: ListedCluster[] = [];
  let missing = unread;
  for (const body of bodies) {
    try {
      const { cluster, problems } = normaliseCluster(body);
      const inBody = (detail: string): Unread => ({ source: 'clusters', scope: cluster.id, reason: 'invalid', detail });
      clusters.push({ cluster, problems: problems.map(inBody) });
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      missing ??= { source: 'clusters', scope, reason: 'invalid', detail };
    }
  }
  return { clusters, unread: missing };
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
    const { clusters, unread } = listingOf([await client.managedClusters.get(resourceGroup, name)], id, null);
    const [listed] = clusters;
    return listed === undefined
      ? { kind: 'unread', unread: unread ?? { source: 'clusters', scope: id, reason: 'invalid', detail: 'No body.' } }
      : { kind: 'found', listed };
  } catch (error) {
    return isGone(error)
      ? { kind: 'gone' }
      : { kind: 'unread', unread: whyUnread('clusters', id, error, azure.signal) };
  }
}
