import { z } from 'zod';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Assessment, Collected } from '../model/snapshot';
import { armGet, type Azure } from './azure';
import { queryResourceGraph, RESOURCE_GRAPH_ACTION } from './resource-graph';
import { attempt, isNotFound, read } from './unread';

export const ASSESSMENTS_ACTIONS: readonly NeededAction[] = [
  {
    action: 'Microsoft.Security/assessments/read',
    why: 'Reads what Microsoft Defender for Cloud says about clusters. Resource Graph leaves out what may not be read.',
  },
  RESOURCE_GRAPH_ACTION,
];

/** Assessments of clusters themselves; those of what runs in them carry further segments between the cluster and the key. */
const QUERY = `securityresources
| where type =~ 'microsoft.security/assessments'
| extend clusterId = tolower(extract('(?i)^(.*/managedclusters/[^/]+)/providers/microsoft.security/assessments/', 1, id))
| where isnotempty(clusterId)
| project id, clusterId, key = tolower(name), code = tostring(properties.status.code), cause = tostring(properties.status.cause), description = tostring(properties.status.description)
| order by id asc`;

const rowSchema = z.object({
  clusterId: z.string(),
  key: z.string(),
  code: z.string(),
  cause: z.string().nullable(),
  description: z.string().nullable(),
});

/** Defender for Cloud's assessments of a cluster: one query per subscription. */
export function assessments(
  azure: Azure,
  subscriptionId: string,
): (cluster: Cluster) => Promise<Collected<readonly Assessment[]>> {
  let asked: Promise<Collected<Map<string, Assessment[]>>> | undefined;
  return async (cluster) => {
    asked ??= attempt('assessments', `/subscriptions/${subscriptionId}`, azure.signal, () =>
      ask(azure, subscriptionId),
    );
    const answer = await asked;
    if (!answer.ok) {
      return answer;
    }
    const found = answer.value.get(cluster.id.toLowerCase());
    // Other clusters have some, so that this one may have been left out because the caller may not read it.
    return found === undefined && answer.value.size > 0 ? askArm(azure, cluster.id) : read(found ?? []);
  };
}

async function ask(azure: Azure, subscriptionId: string): Promise<Map<string, Assessment[]>> {
  const rows = await queryResourceGraph(azure, subscriptionId, QUERY);
  if (rows.length === 0) {
    await assertReadable(azure, `/subscriptions/${subscriptionId}`);
  }
  const byCluster = new Map<string, Assessment[]>();
  for (const row of rows) {
    const { clusterId, key, code, cause, description } = rowSchema.parse(row);
    const assessment = { key, code, cause: cause ?? '', description: description ?? '' };
    byCluster.set(clusterId, [...(byCluster.get(clusterId) ?? []), assessment]);
  }
  return byCluster;
}

/** One GET for a cluster that Resource Graph does not name: refused, or really without any. */
function askArm(azure: Azure, clusterId: string): Promise<Collected<readonly Assessment[]>> {
  return attempt('assessments', clusterId, azure.signal, async () => {
    await assertReadable(azure, clusterId);
    return [];
  });
}

/** Resource Graph says nothing of what it withholds; ARM does. @throws RestError when reading assessments is refused. */
async function assertReadable(azure: Azure, scope: string): Promise<void> {
  const path = `${scope}/providers/Microsoft.Security/assessments?api-version=2020-01-01`;
  try {
    await armGet(azure, path);
  } catch (error) {
    // Not found is what a subscription answers in which Defender for Cloud was never used.
    if (!isNotFound(error)) {
      throw error;
    }
  }
}
