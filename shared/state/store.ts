import type { Scan } from '../model/scan';

/** One state: a scan of a subscription. */
export interface StateKey {
  readonly subscriptionId: string;
  readonly scan: Scan;
}

/** A state, with the time of its last save and of the last listing that reached its end. */
export interface StoredState extends StateKey {
  readonly savedAt: Date;
  /** Null while no listing did. */
  readonly listedAt: Date | null;
}

/** Keeps the states as opaque files. Whoever saves must say which version was read, so that one of two runs wins. */
export interface StateStore {
  /** Copies the state to a local file. @returns its version, or null when there is none. @throws when it cannot be read. */
  fetch(key: StateKey, file: string): Promise<string | null>;
  /**
   * Saves a local file as the state.
   * @param version what fetch said.
   * @param listedAt ISO 8601: stands beside the state, where list() finds it.
   * @returns the new version.
   * @throws StateConflictError when another run saved in between.
   */
  save(key: StateKey, file: string, version: string | null, listedAt: string | null): Promise<string>;
  /** Removes a state that has nothing more to tell. @throws StateConflictError */
  remove(key: StateKey, version: string): Promise<void>;
}

/** Another run saved the state since it was read: start again from what it left. */
export class StateConflictError extends Error {
  override readonly name = 'StateConflictError';
}

/** A state that cannot be read is never overwritten. */
export class StateUnreadableError extends Error {
  override readonly name = 'StateUnreadableError';
}

/** Where a state is kept, below the container or the folder. */
export function pathOf({ subscriptionId, scan }: StateKey): string {
  return `${subscriptionId}/${scan}.jsonl.gz`;
}
