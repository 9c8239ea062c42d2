import { z } from 'zod';

import type { ResourceChange } from '../model/change';
import type { NeededAction } from '../model/permission';
import type { Azure } from './azure';
import { queryResourceGraph, RESOURCE_GRAPH_ACTION } from './resource-graph';

export const CHANGES_ACTIONS: readonly NeededAction[] = [
  {
    ...RESOURCE_GRAPH_ACTION,
    why: 'Asks who changed a cluster, where something drifted.',
    without: 'Events do not say who made a change.',
  },
];

const text = z
  .string()
  .nullable()
  .transform((value) => (value === '' ? null : value));

const rowSchema = z
  .object({
    targetId: z.string(),
    changedAt: z.string(),
    changeType: z.string(),
    ...{ changedBy: text, changedByType: text, operation: text, client: text, correlationId: text },
    changes: z.record(z.string(), z.unknown()).nullable(),
  })
  .transform(({ changes, ...change }): ResourceChange => ({ ...change, paths: Object.keys(changes ?? {}) }));

/**
 * The changes of all clusters of a subscription after a moment, in one query. Azure keeps them for 14 days, and shows them after some minutes.
 * https://learn.microsoft.com/azure/governance/resource-graph/changes/get-resource-changes
 * @throws when they cannot be read to the last page before the signal ends it.
 */
export async function resourceChanges(
  azure: Azure,
  subscriptionId: string,
  after: Date,
  signal: AbortSignal,
): Promise<ResourceChange[]> {
  const query = `resourcechanges
| extend targetId = tolower(tostring(properties.targetResourceId)), attributes = properties.changeAttributes
| extend changedAt = todatetime(attributes.timestamp)
| where targetId contains '/providers/microsoft.containerservice/managedclusters/' and changedAt > datetime(${after.toISOString()})
| project id, targetId, changedAt, changeType = tostring(properties.changeType), changedBy = tostring(attributes.changedBy), changedByType = tostring(attributes.changedByType), operation = tostring(attributes.operation), client = tostring(attributes.clientType), correlationId = tostring(attributes.correlationId), changes = properties.changes
| order by id asc`;
  return (await queryResourceGraph(azure, subscriptionId, query, signal)).map((row) => rowSchema.parse(row));
}
