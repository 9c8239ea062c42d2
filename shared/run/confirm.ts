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
  /** By id, so that a cluster which waits for the next slice is not read again. */
  readonly #answers = new Map<string, Promise<Cluster | null>>();

  /** To be made when the listing begins. @param after milliseconds since then. */
  constructor(
    private readonly azure: Azure,
    private readonly after: number,
  ) {}

  /** @returns null when nothing can be said: none left, not readable, or the deadline passed. Never throws. */
  read(clusterId: string): Promise<Cluster | null> {
    const known = this.#answers.get(clusterId);
    if (known !== undefined || this.#answers.size >= CONFIRMATIONS) {
      return known ?? Promise.resolve(null);
    }
    const answer = this.#ask(clusterId);
    this.#answers.set(clusterId, answer);
    return answer;
  }

  async #ask(clusterId: string): Promise<Cluster | null> {
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
