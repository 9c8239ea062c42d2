import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { isPrivate } from '../facts';
import { authorize, authorizedRanges } from '../ip-ranges';
import { canonical, firstFew } from '../lists';

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
  remediation: authorize(),
  references: ['https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges'],

  evaluate({ cluster }) {
    const ranges = authorizedRanges(cluster);
    const said = { observed: { authorizedIPRanges: ranges }, watched: isPrivate(cluster) ? [] : canonical(ranges) };
    if (isPrivate(cluster)) {
      return notApplicable('The API server is private, and a private API server takes no authorized IP ranges.', said);
    }
    return ranges.length > 0
      ? pass(`The API server has authorized IP ranges: ${firstFew(ranges)}.`, said)
      : fail('The API server is public and has no authorized IP ranges: every address may reach it.', said);
  },
});
