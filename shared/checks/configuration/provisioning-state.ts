import { clusterCheck, fail, pass, unknown } from '../../model/check';
import type { Json } from '../../model/json';
import { count } from '../../model/params';
import { HOUR, isoAfter } from '../facts';

export const provisioningState = clusterCheck({
  id: 'provisioning-state',
  title: 'The last operation on the cluster succeeded',
  category: 'lifecycle',
  severity: 'high',
  checklistItem: 'S10',
  rationale:
    'A cluster in a failed state, or one whose operation never ends, takes no upgrades and may run a half-applied configuration. Security updates stop without a word.',
  remediation:
    'az aks show --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --query status && az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster}',
  references: ['https://learn.microsoft.com/azure/aks/manage-abort-operations'],
  // Longer than the upgrade of a large cluster takes.
  params: { maxHours: count(24, 'Hours: how long a change may take', { min: 1, max: 720 }) },

  evaluate({ cluster, history }, { params: { maxHours }, now }) {
    const { provisioningState: state, status } = cluster;
    if (state === undefined) {
      return unknown('notVisible', 'properties.provisioningState is missing.', { remember: history });
    }
    const since = sinceWhen(state, history, now);
    const error = status?.provisioningError?.message ?? null;
    const said = {
      observed: { provisioningState: state, provisioningError: error },
      remember: { state, since: since.toISOString() },
    };
    switch (state.toLowerCase()) {
      case 'succeeded':
        return pass('The provisioning state is Succeeded.', said);
      case 'failed':
        return fail(
          error === null ? 'The provisioning state is Failed.' : `The provisioning state is Failed: ${error}`,
          said,
        );
      case 'canceled':
        return fail('The provisioning state is Canceled.', { ...said, severity: 'medium' });
    }
    const found = `The provisioning state has been ${state} since ${since.toISOString()}`;
    const dueOn = isoAfter(since, maxHours * HOUR);
    if (now.toISOString() < dueOn) {
      return pass(`${found}, which is normal for up to ${maxHours} hours.`, { ...said, dueOn });
    }
    const remediation =
      'az aks operation-abort --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster}';
    return fail(`${found}, longer than ${maxHours} hours.`, { ...said, severity: 'medium', remediation });
  },
});

/** When this very state was first seen: remembered, or just now. */
function sinceWhen(state: string, history: Json, now: Date): Date {
  const remembered = history as { readonly state?: Json; readonly since?: Json } | null;
  const since = new Date(typeof remembered?.since === 'string' ? remembered.since : NaN);
  return remembered?.state === state && !Number.isNaN(since.getTime()) ? since : now;
}
