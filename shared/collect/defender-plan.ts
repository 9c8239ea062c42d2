import { z } from 'zod';

import type { NeededAction } from '../model/permission';
import type { Collected, DefenderPlan } from '../model/snapshot';
import { armGet, type Azure } from './azure';
import { attempt } from './unread';

export const DEFENDER_PLAN_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.Security/pricings/read',
    why: 'Reads whether the plan Defender for Containers is on, and which of its extensions.',
  },
];

/** No SDK knows this version, the first whose answer lists the extensions of a plan. https://learn.microsoft.com/rest/api/defenderforcloud/pricings/get */
const API_VERSION = '2024-01-01';

/** Truth as text, in whatever letter case. */
const flag = z
  .string()
  .transform((text) => text.toLowerCase())
  .pipe(z.enum(['true', 'false']))
  .transform((text) => text === 'true');

const schema = z.object({
  properties: z.object({
    pricingTier: z.string(),
    extensions: z.array(z.object({ name: z.string(), isEnabled: flag })).nullish(),
  }),
});

/** The plan "Defender for Containers" of a subscription: one request. */
export function defenderPlan(azure: Azure, subscriptionId: string): () => Promise<Collected<DefenderPlan>> {
  const path = `/subscriptions/${subscriptionId}/providers/Microsoft.Security/pricings/Containers`;
  return () =>
    attempt('defenderPlan', `/subscriptions/${subscriptionId}`, azure.signal, async () => {
      const { properties } = schema.parse(await armGet(azure, `${path}?api-version=${API_VERSION}`));
      return {
        pricingTier: properties.pricingTier,
        extensions: properties.extensions ?? [],
      };
    });
}
