import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { isPrivate } from '../facts';
import { authorizedRanges, canonicalRanges, firstFew } from '../ip-ranges';

export const apiAuthorizedIpRanges = clusterCheck({
  id: 'api-authorized-ip-ranges',
  title: 'Public API servers accept only authorized IP ranges',
  category: 'apiServer',
  severity: 'high',
  checklistItem: 'S7',
  // Azure/AKS#1543: the list shows stale values for a while.
  flaps: true,
  rationale:
    'An API server without a list of authorized ranges answers the whole internet. Stolen credentials and flaws in the API server can then be used from anywhere.',
  remediation:
    'az aks update --subscription {subscriptionId} --resource-group {resourceGroup} --name {cluster} --api-server-authorized-ip-ranges "<your ranges>"',
  references: ['https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges'],

  evaluate({ cluster }) {
    const ranges = authorizedRanges(cluster);
    const observed = { authorizedIPRanges: ranges };
    if (isPrivate(cluster)) {
      return notApplicable('The API server is private, and a private API server takes no authorized IP ranges.', {
        observed,
        watched: [],
      });
    }
    const said = { observed, watched: canonicalRanges(ranges) };
    return ranges.length > 0
      ? pass(`The API server accepts only ${firstFew(ranges)}.`, said)
      : fail('The API server is public and has no authorized IP ranges: every address may reach it.', said);
  },
});
