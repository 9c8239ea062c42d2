import type { Cluster } from '../../shared/model/cluster';
import type { Path } from './mutations';

/**
 * What a pure function reads of a cluster: only a change of that can change what it says.
 * @returns the cluster as it is to be handed over, and the set that fills up while it is read.
 */
export function traced(cluster: Cluster): { cluster: Cluster; reads: ReadonlySet<string> } {
  const reads = new Set<string>();
  const pools = cluster.nodePools?.map((pool) => recording(pool, reads, 'pool.'));
  const own = recording(cluster, reads, '');
  // What an accessor of the target throws must be thrown here too, so pools are put in the way and not into a copy.
  const handed = new Proxy(own, {
    get: (target, key) => (key === 'nodePools' && pools !== undefined ? pools : (Reflect.get(target, key) as unknown)),
  });
  return { cluster: handed, reads };
}

function recording<T extends object>(target: T, reads: Set<string>, prefix: string): T {
  const note = (key: string | symbol): void => {
    reads.add(`${prefix}${String(key).toLowerCase()}`);
  };
  return new Proxy(target, {
    get: (object, key) => (note(key), Reflect.get(object, key) as unknown),
    has: (object, key) => (note(key), Reflect.has(object, key)),
    ownKeys: (object) => (note('*'), Reflect.ownKeys(object)),
  });
}

/** Whether a change at this place of an ARM body may be seen by who reads these. */
export function mayRead(reads: ReadonlySet<string>, path: Path): boolean {
  const [key, , ofPool] = path[0] === 'properties' ? path.slice(1) : path;
  const isAbout = (name: string | number, prefix: string): boolean =>
    reads.has(`${prefix}${String(name).toLowerCase()}`) || reads.has(`${prefix}*`);
  if (key === 'agentPoolProfiles') {
    // Which pools there are, and which of them are judged, is everybody's concern.
    return ofPool === undefined || ofPool === 'name' || ofPool === 'mode' || isAbout(ofPool, 'pool.');
  }
  return key === undefined || isAbout(key, '');
}
