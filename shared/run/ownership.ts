import type { Azure } from '../collect/azure';
import { resourceGroupTags, subscriptionTags } from '../collect/ownership-tags';
import { whyUnread } from '../collect/unread';
import type { Baseline, Ownership } from '../model/baseline';

type Tags = Readonly<Record<string, string>>;

/** Who answers for what: by the tags of clusters and, where the baseline file asks for them, of what they lie in. */
export class Owners {
  /** Null while they were not read. */
  #groups: ReadonlyMap<string, Tags> | null = null;
  #subscription: Tags | null = null;
  /** What could not be read, for the run row. */
  readonly problems: string[] = [];

  constructor(private readonly baseline: Pick<Baseline, 'ownershipFrom' | 'ownershipOf'>) {}

  /** Reads the tags of resource groups and of the subscription. Never throws: rows are worth having without an owner. */
  async read(azure: Azure, subscriptionId: string): Promise<void> {
    const { resourceGroup, subscription } = this.baseline.ownershipFrom;
    if (resourceGroup) {
      await this.#attempt('resource groups', azure, async () => {
        this.#groups = await resourceGroupTags(azure, subscriptionId);
      });
    }
    if (subscription) {
      await this.#attempt('the subscription', azure, async () => {
        this.#subscription = await subscriptionTags(azure, subscriptionId);
      });
    }
  }

  /** @param known what was known before: it stands in where tags could not be read today, or are not shown to us. */
  ofCluster(cluster: Tags, resourceGroup: string, known: Ownership | null): Ownership {
    const tags = { cluster, resourceGroup: this.#groups?.get(resourceGroup.toLowerCase()) ?? null };
    return this.baseline.ownershipOf({ ...tags, subscription: this.#subscription }, known);
  }

  ofSubscription(): Ownership {
    const tags = { cluster: {}, resourceGroup: {}, subscription: this.#subscription };
    return this.baseline.ownershipOf(tags, null);
  }

  async #attempt(whose: string, azure: Azure, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { reason, detail } = whyUnread('clusters', '', error, azure.signal);
      this.problems.push(`The tags of ${whose} could not be read (${reason}): ${detail}`);
    }
  }
}
