import type { Check } from '../model/check';
import type { Cluster } from '../model/cluster';
import type { ClusterSnapshot } from '../model/snapshot';
import { evaluateCluster, type EvaluateOptions } from './evaluate';

/** What every check may look at to name its subject, and what no check is about. */
const IDENTITY = new Set(['id', 'name', 'resourcegroup', 'subscriptionid', 'location']);

/** Checks ask first whether the subject runs; only those that read nothing else are about that. */
const MOTION = new Set(['powerstate', 'provisioningstate']);

/**
 * The properties of a cluster that a check judges: those that it reads, found out by letting it judge once more.
 * @returns paths in lower case without places in lists, in the normalised form: `nodepools.enablenodepublicip`. Empty: it judges something else.
 */
export function judgedPaths(check: Check, snapshot: ClusterSnapshot, options: EvaluateOptions): string[] {
  const read = new Set<string>();
  evaluateCluster([check], { ...snapshot, cluster: recorded(snapshot.cluster, '', read) as Cluster }, options);
  // Of what is read on the way to a property only the property counts.
  const leaves = [...read].filter((path) => ![...read].some((other) => other.startsWith(`${path}.`)));
  const judged = leaves.filter((path) => !path.split('.').some((name) => IDENTITY.has(name)));
  const still = judged.filter((path) => !path.split('.').some((name) => MOTION.has(name)));
  return (still.length > 0 ? still : judged).sort();
}

/** The same value, which notes down what is read of it. */
function recorded(value: unknown, path: string, read: Set<string>): unknown {
  if (!Array.isArray(value) && !isPlain(value)) {
    return value;
  }
  return new Proxy(value, {
    get(target, key) {
      const found: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || typeof found === 'function') {
        return found;
      }
      if (Array.isArray(target)) {
        return recorded(found, path, read);
      }
      const name = path === '' ? key.toLowerCase() : `${path}.${key.toLowerCase()}`;
      read.add(name);
      return recorded(found, name, read);
    },
  });
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
