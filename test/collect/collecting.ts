import { connect, type Azure } from '../../shared/collect/azure';
import { listClusters } from '../../shared/collect/clusters';
import { readSettings } from '../../shared/config/settings';
import type { Cluster, NodePool } from '../../shared/model/cluster';
import type { Collected, UnreadReason } from '../../shared/model/snapshot';
import type { ArmBody, World } from '../../simulator';
import { at, type LocalAzure } from '../simulator/local-azure';

/** A deadline that never comes. */
export const NO_DEADLINE = new AbortController().signal;

/** What the collectors get in production, in front of a simulated Azure. */
export function connected(local: LocalAzure, signal: AbortSignal = NO_DEADLINE): Azure {
  return connect(readSettings(local.simulator.environment, 'cli'), local.credential, signal);
}

/** The clusters of the first subscription of a world, as the collectors get them. Throws when the list is not complete. */
export async function clustersOf(local: LocalAzure, subscriptionId: string): Promise<Cluster[]> {
  const { clusters, unread } = await listClusters(connected(local), subscriptionId);
  if (unread !== null) {
    throw new Error(unread.detail);
  }
  return clusters.map(({ cluster }) => cluster);
}

export function subscriptionIdOf(world: World, index = 0): string {
  return at(world.subscriptions, index).id;
}

export function poolOf(cluster: Cluster, index = 0): NodePool {
  return at(cluster.nodePools ?? [], index);
}

/** What was read; throws when nothing was. */
export function valueOf<T>(collected: Collected<T>): T {
  if (!collected.ok) {
    throw new Error(`unread: ${collected.unread.reason}: ${collected.unread.detail}`);
  }
  return collected.value;
}

/** For `toMatchObject`: a section that could not be read, with a part of the detail. */
export function unread(reason: UnreadReason, detail: string | RegExp = ''): object {
  const words: unknown = expect.stringMatching(detail);
  return { ok: false, unread: { reason, detail: words } };
}

/** Paths of the requests to ARM so far that need this action, in order. */
export function asked(local: LocalAzure, action: string): string[] {
  return local.simulator.requests.filter((request) => request.action === action).map(({ path }) => path);
}

/** Every request so far but those for tokens. */
export function armPaths(local: LocalAzure): string[] {
  return local.simulator.requests.map(({ path }) => path).filter((path) => !path.startsWith('/msi/'));
}

const ID = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-One';

/** A small ARM body; `properties` and `top` are added to it. */
export function armBody(properties: Record<string, unknown> = {}, top: Record<string, unknown> = {}): ArmBody {
  return {
    id: `${ID}/providers/Microsoft.ContainerService/managedClusters/c-One`,
    name: 'c-One',
    type: 'Microsoft.ContainerService/ManagedClusters',
    location: 'westeurope',
    ...top,
    properties: { kubernetesVersion: '1.36.4', agentPoolProfiles: [{ name: 'system', mode: 'System' }], ...properties },
  };
}
