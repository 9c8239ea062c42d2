import { z } from 'zod';

import type { Settings } from '../config/settings';
import type { NeededAction } from '../model/permission';
import { armGet, armList, type Azure } from './azure';
import { whyUnread } from './unread';

export const SUBSCRIPTIONS_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.Resources/subscriptions/read',
    why: 'Lists the subscriptions, and reads their names.',
    without: 'Subscriptions are scanned only where the settings name them, and rows lack their names.',
  },
  {
    action: 'Microsoft.Management/managementGroups/descendants/read',
    why: 'Lists the subscriptions below the management groups that the settings name; needed there, and only there.',
    without: 'AKS_DRIFT_MANAGEMENT_GROUP_IDS cannot be used.',
  },
];

const subscriptionSchema = z.object({ subscriptionId: z.string(), displayName: z.string().nullish() });
const descendantSchema = z.object({ name: z.string(), type: z.string() });

/** Without the subscriptions there is nothing to scan. */
export class SubscriptionsUnreadError extends Error {
  override readonly name = 'SubscriptionsUnreadError';

  constructor(error: unknown, signal: AbortSignal) {
    const { reason, detail } = whyUnread('clusters', '', error, signal);
    super(`The subscriptions could not be listed (${reason}): ${detail}`, { cause: error });
  }
}

export interface Subscription {
  /** Lower case. */
  readonly id: string;
  /** Null where only the id is known. */
  readonly name: string | null;
}

/**
 * The subscriptions that the settings name: by id, by management group, or all that the identity can read; less the excluded.
 * @throws when a list that is needed cannot be read to its end.
 */
export async function listSubscriptions(azure: Azure, settings: Settings): Promise<Subscription[]> {
  const found = new Map<string, Subscription>();
  for (const id of settings.subscriptionIds ?? []) {
    found.set(id, { id, name: null });
  }
  for (const group of settings.managementGroupIds) {
    for (const id of await subscriptionsBelow(azure, group)) {
      found.set(id, { id, name: null });
    }
  }
  if (settings.subscriptionIds === null && settings.managementGroupIds.length === 0) {
    for (const subscription of await readable(azure)) {
      found.set(subscription.id, subscription);
    }
  }
  return [...found.values()]
    .filter(({ id }) => !settings.excludedSubscriptionIds.includes(id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The display name of a subscription; null when it cannot be read, because rows are worth having without it. Never throws. */
export async function subscriptionName(azure: Azure, subscriptionId: string): Promise<string | null> {
  try {
    const body = await armGet(azure, `/subscriptions/${subscriptionId}?api-version=2022-12-01`);
    return subscriptionSchema.parse(body).displayName ?? null;
  } catch {
    return null;
  }
}

/** https://learn.microsoft.com/rest/api/resources/subscriptions/list */
async function readable(azure: Azure): Promise<Subscription[]> {
  const subscriptions = [];
  for await (const body of armList(azure, '/subscriptions?api-version=2022-12-01')) {
    const { subscriptionId, displayName } = subscriptionSchema.parse(body);
    subscriptions.push({ id: subscriptionId.toLowerCase(), name: displayName ?? null });
  }
  return subscriptions;
}

/** https://learn.microsoft.com/rest/api/managementgroups/management-groups/get-descendants */
async function subscriptionsBelow(azure: Azure, group: string): Promise<string[]> {
  const path = `/providers/Microsoft.Management/managementGroups/${encodeURIComponent(group)}/descendants?api-version=2020-05-01`;
  const ids = [];
  for await (const body of armList(azure, path)) {
    const { name, type } = descendantSchema.parse(body);
    if (type.toLowerCase().endsWith('/subscriptions')) {
      ids.push(name.toLowerCase());
    }
  }
  return ids;
}
