import { PolicyInsightsClient } from '@azure/arm-policyinsights';
import { z } from 'zod';

import type { Cluster } from '../model/cluster';
import type { NeededAction } from '../model/permission';
import type { Collected, PolicyState } from '../model/snapshot';
import { requireList, type Azure } from './azure';
import { attempt, read } from './unread';

/** The query is a POST, which Azure may authorise as a read or as an action. https://learn.microsoft.com/azure/role-based-access-control/permissions/management-and-governance#microsoftpolicyinsights */
export const POLICY_STATES_ACTIONS: readonly NeededAction[] = ['read', 'action'].map((verb) => ({
  action: `Microsoft.PolicyInsights/policyStates/queryResults/${verb}`,
  why: `Queries the newest states of Azure Policy; Azure may authorise the query as ${verb === 'read' ? 'a read' : 'an action'}.`,
}));

/** Evaluation is daily, and the service looks back one day only unless it is told otherwise. A week shows what has gone stale. */
const LOOK_BACK_DAYS = 7;

/** The newest state of each policy about a cluster: one query per subscription, to its last page. */
export function policyStates(
  azure: Azure,
  subscriptionId: string,
  now: Date,
): (cluster: Cluster) => Promise<Collected<readonly PolicyState[]>> {
  let asked: Promise<Collected<Map<string, PolicyState[]>>> | undefined;
  return async (cluster) => {
    asked ??= attempt('policyStates', `/subscriptions/${subscriptionId}`, azure.signal, () =>
      newestStates(azure, subscriptionId, now),
    );
    const answer = await asked;
    return answer.ok ? read(answer.value.get(cluster.id.toLowerCase()) ?? []) : answer;
  };
}

async function newestStates(azure: Azure, subscriptionId: string, now: Date): Promise<Map<string, PolicyState[]>> {
  const client = new PolicyInsightsClient(azure.credential, subscriptionId, {
    endpoint: azure.endpoint,
    // A setting of its own in this client, which would otherwise stay with the public cloud.
    $host: azure.endpoint,
    credentialScopes: azure.scope,
    additionalPolicies: [...azure.policies, requireList],
  });
  const from = new Date(now.getTime() - LOOK_BACK_DAYS * 24 * 60 * 60 * 1000);
  const filter = "ResourceType eq 'Microsoft.ContainerService/managedClusters'";
  const newest = new Map<string, { clusterId: string; state: PolicyState }>();
  for await (const body of client.policyStates.listQueryResultsForSubscription('latest', subscriptionId, {
    queryOptions: { from, filter },
  })) {
    const found = stateOf(body);
    const key = [found.clusterId, found.state.assignmentId, found.state.definitionId, found.state.referenceId].join(
      '|',
    );
    if ((newest.get(key)?.state.evaluatedAt ?? '') < found.state.evaluatedAt) {
      newest.set(key, found);
    }
  }
  const byCluster = new Map<string, PolicyState[]>();
  for (const { clusterId, state } of newest.values()) {
    byCluster.set(clusterId, [...(byCluster.get(clusterId) ?? []), state]);
  }
  return byCluster;
}

/** What a row must hold to be about a cluster and a policy; the SDK lets nulls through. */
const rowSchema = z.object({
  resourceId: z.string().min(1),
  timestamp: z.date(),
  complianceState: z.string().min(1),
  policyAssignmentId: z.string().min(1),
  policyAssignmentName: z.string().nullish(),
  policyDefinitionId: z.string().min(1),
  policyDefinitionReferenceId: z.string().nullish(),
});

function stateOf(body: unknown): { clusterId: string; state: PolicyState } {
  const row = rowSchema.parse(body);
  return {
    clusterId: row.resourceId.toLowerCase(),
    state: {
      assignmentId: row.policyAssignmentId.toLowerCase(),
      assignmentName: row.policyAssignmentName ?? '',
      definitionId: row.policyDefinitionId.toLowerCase(),
      referenceId: (row.policyDefinitionReferenceId ?? '').toLowerCase(),
      complianceState: row.complianceState,
      evaluatedAt: row.timestamp.toISOString(),
    },
  };
}
