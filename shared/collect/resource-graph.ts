import { ResourceGraphClient } from '@azure/arm-resourcegraph';

import type { NeededAction } from '../model/permission';
import { clientOptions, type Azure } from './azure';

/** For every collector that asks through Resource Graph. */
export const RESOURCE_GRAPH_ACTION: NeededAction = {
  action: 'Microsoft.ResourceGraph/resources/read',
  why: 'Asks about all clusters of a subscription in one query.',
};

/** The most that a page may hold. https://learn.microsoft.com/azure/governance/resource-graph/concepts/work-with-data */
const PAGE_SIZE = 1000;

/**
 * Runs a Resource Graph query over one subscription, to the last page.
 * The query must project `id` and order by it, or the service gives no further pages.
 * What the caller may not read is left out without a word: an empty answer proves nothing by itself.
 * @param signal ends it early. @throws when a page cannot be read, or when the answer was cut.
 */
export async function queryResourceGraph(
  azure: Azure,
  subscriptionId: string,
  query: string,
  signal: AbortSignal = azure.signal,
): Promise<unknown[]> {
  const client = new ResourceGraphClient(azure.credential, subscriptionId, clientOptions(azure));
  const rows: unknown[] = [];
  let skipToken: string | undefined;
  do {
    const page = await client.resources(
      {
        subscriptions: [subscriptionId],
        query,
        options: { resultFormat: 'objectArray', top: PAGE_SIZE, ...(skipToken === undefined ? {} : { skipToken }) },
      },
      { abortSignal: signal },
    );
    if (!Array.isArray(page.data)) {
      throw new Error('Resource Graph answered without rows.');
    }
    rows.push(...(page.data as unknown[]));
    skipToken = page.skipToken;
    if (skipToken === undefined && page.resultTruncated === 'true') {
      throw new Error('Resource Graph cut its answer and gave no way to the rest.');
    }
  } while (skipToken !== undefined);
  return rows;
}
