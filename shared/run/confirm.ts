import { setTimeout as sleep } from 'node:timers/promises';

import type { Azure } from '../collect/azure';
import { seekCluster } from '../collect/clusters';
import type { Cluster } from '../model/cluster';

/** How long after the listing a cluster is read a second time. */
export const CONFIRM_AFTER_MILLISECONDS = 15_000;

/** Clusters that one run reads a second time; what it cannot confirm is held to the next run. */
const CONFIRMATIONS = 50;

/** Reads clusters a second time, each once the time since the listing has passed. */
export class Confirmer {
  readonly #listedAt = performance.now();
  #left = CONFIRMATIONS;

  /** To be made when the listing begins. @param after milliseconds since then. */
  constructor(
    private readonly azure: Azure,
    private readonly after: number,
  ) {}

  /** @returns null when nothing can be said: none left, not readable, or the deadline passed. Never throws. */
  async read(clusterId: string): Promise<Cluster | null> {
    if (this.#left === 0) {
      return null;
    }
    this.#left -= 1;
    if (!(await this.#isTime())) {
      return null;
    }
    const sought = await seekCluster(this.azure, clusterId);
    return sought.kind === 'found' ? sought.listed.cluster : null;
  }

  async #isTime(): Promise<boolean> {
    const rest = Math.max(0, this.#listedAt + this.after - performance.now());
    await sleep(rest, undefined, { signal: this.azure.signal }).catch(() => undefined);
    return !this.azure.signal.aborted;
  }
}
