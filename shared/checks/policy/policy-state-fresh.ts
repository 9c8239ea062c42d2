import { clusterCheck, fail, pass } from '../../model/check';
import { count } from '../../model/params';
import { HOUR, isoAfter } from '../facts';
import { NEVER_EVALUATED } from '../policy-states';

export const policyStateFresh = clusterCheck({
  id: 'policy-state-fresh',
  title: 'Azure Policy has evaluated the cluster recently',
  category: 'governance',
  severity: 'medium',
  checklistItem: 'S12',
  rationale:
    'Azure Policy evaluates every resource once a day. States that are older describe a cluster that may no longer be like that, and still look compliant.',
  remediation:
    'az policy state trigger-scan --subscription {subscriptionId} --resource-group {resourceGroup} # if it stays old: restart the add-on, check its egress',
  references: ['https://learn.microsoft.com/azure/governance/policy/how-to/get-compliance-data'],
  needs: ['policyStates'],
  // An evaluation comes every 24 hours.
  params: { maxAgeHours: count(48, 'Hours: the greatest age of the newest state', { min: 1, max: 720 }) },

  evaluate({ policyStates }, { params: { maxAgeHours }, now }) {
    if (policyStates.length === 0) {
      return NEVER_EVALUATED;
    }
    const newest = new Date(Math.max(...policyStates.map(({ evaluatedAt }) => Date.parse(evaluatedAt))));
    const observed = { newestEvaluatedAt: newest.toISOString() };
    const hours = Math.floor((now.getTime() - newest.getTime()) / HOUR);
    const message = `The newest of ${policyStates.length} policy states is from ${observed.newestEvaluatedAt}, ${hours} hours ago; the limit is ${maxAgeHours} hours.`;
    // The limit itself is still fresh.
    const dueOn = isoAfter(newest, maxAgeHours * HOUR + 1);
    return now < new Date(dueOn) ? pass(message, { observed, dueOn }) : fail(message, { observed });
  },
});
