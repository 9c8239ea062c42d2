import { z } from 'zod';

import type { NeededAction } from '../model/permission';
import { armGet, armList, type Azure } from './azure';

/** Asked for only where the baseline file names tags of resource groups or of the subscription. */
export const OWNERSHIP_TAGS_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.Resources/subscriptions/resourceGroups/read',
    why: 'Reads the tags of resource groups, where the baseline file names them.',
    without: 'Owner and environment come from the tags of clusters and subscriptions alone.',
  },
  {
    action: 'Microsoft.Resources/subscriptions/read',
    why: 'Reads the tags of the subscription, where the baseline file names them.',
  },
];

type Tags = Readonly<Record<string, string>>;

const tagsSchema = z.record(z.string(), z.string()).nullish();
const groupSchema = z.object({ name: z.string(), tags: tagsSchema });

/**
 * Tags of all resource groups, by name in lower case, in one list. Throws when it cannot be read to its last page.
 * https://learn.microsoft.com/rest/api/resources/resource-groups/list
 */
export async function resourceGroupTags(azure: Azure, subscriptionId: string): Promise<ReadonlyMap<string, Tags>> {
  const groups = new Map<string, Tags>();
  for await (const body of armList(azure, `/subscriptions/${subscriptionId}/resourcegroups?api-version=2021-04-01`)) {
    const { name, tags } = groupSchema.parse(body);
    groups.set(name.toLowerCase(), tags ?? {});
  }
  return groups;
}

/** https://learn.microsoft.com/rest/api/resources/subscriptions/get */
export async function subscriptionTags(azure: Azure, subscriptionId: string): Promise<Tags> {
  const body = await armGet(azure, `/subscriptions/${subscriptionId}?api-version=2022-12-01`);
  return z.object({ tags: tagsSchema }).parse(body).tags ?? {};
}
