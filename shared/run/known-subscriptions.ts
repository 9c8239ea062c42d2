import { z } from 'zod';

import type { BlobStateStore } from '../state/blob-store';
import type { StoredState } from '../state/store';

/** Lies beside the states. */
const BLOB = 'subscriptions.json';

const schema = z.object({ known: z.array(z.string()) });

/** Which subscriptions were there when the deployment first ran, or have been scanned since. Ids in lower case. */
export interface KnownSubscriptions {
  /** Of those that are listed now: the ones that were first listed later, and have no state of the configuration scan yet. */
  readonly newcomers: readonly string[];
  /** Remembers who is known from now on. To be called when the newcomers' scans have been requested. */
  readonly remember: () => Promise<void>;
}

/**
 * Tells who is new. Until one configuration scan has listed its clusters to the end, everybody who is listed was there from the start.
 * @param states of all scans.
 */
export async function knownSubscriptions(
  store: BlobStateStore,
  listed: readonly string[],
  states: readonly StoredState[],
): Promise<KnownSubscriptions> {
  const text = await store.readText(BLOB);
  const before = knownIn(text);
  const scanned = states.filter(({ scan, listedAt }) => scan === 'configuration' && listedAt !== null);
  const hasRun = before !== null && scanned.length > 0;
  const known = new Set([
    ...(before ?? []),
    ...scanned.map(({ subscriptionId }) => subscriptionId),
    ...(hasRun ? [] : listed),
  ]);
  const next = JSON.stringify({ known: [...known].sort() });
  return {
    newcomers: listed.filter((id) => !known.has(id)),
    remember: () => (next === text ? Promise.resolve() : store.writeText(BLOB, next)),
  };
}

/** Null where nothing can be read: then nobody is new. */
function knownIn(text: string | null): readonly string[] | null {
  try {
    return schema.parse(JSON.parse(text ?? '')).known;
  } catch {
    return null;
  }
}
