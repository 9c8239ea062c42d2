import { clusterCheck, fail, notApplicable, pass } from '../../model/check';
import { count, defaultsOf, flag, list } from '../../model/params';
import { isPrivate } from '../facts';
import { authorize, authorizedRanges, covers, faultOf, OWN_ADDRESS_ONLY } from '../ip-ranges';
import { canonical, firstFew } from '../lists';

const PARAMS = {
  minPrefixV4: count(16, 'Bits: the shortest prefix of an IPv4 range', { min: 1, max: 32, stricter: 'higher' }),
  minPrefixV6: count(32, 'Bits: the shortest prefix of an IPv6 range', { min: 1, max: 128, stricter: 'higher' }),
  // A tag stands for addresses that other tenants share. https://learn.microsoft.com/azure/aks/api-server-service-tags
  allowServiceTags: flag(false, 'Service tags may be listed', false),
  required: list([], 'Ranges that must be listed, whole or inside a wider one', { items: 'range', stricter: 'longer' }),
  forbidden: list([], 'Ranges of which no address may be listed', { items: 'range', stricter: 'longer' }),
  // What AKS takes. https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
  maxEntries: count(200, 'Entries that the list may have', { min: 1, max: 2000 }),
  maxEntriesWithVnetIntegration: count(2000, 'Entries with API Server VNet Integration', { min: 1, max: 2000 }),
};

const DEFAULTS = defaultsOf(PARAMS);

export const apiAuthorizedIpBreadth = clusterCheck({
  id: 'api-authorized-ip-breadth',
  title: 'Authorized IP ranges are narrow, readable and complete',
  category: 'apiServer',
  severity: 'high',
  checklistItem: 'S7',
  // Azure/AKS#1543: the list shows stale values for a while.
  flaps: true,
  rationale:
    'A list that holds 0.0.0.0/0, a whole provider or an entry that nobody can read looks like protection and restricts nothing. A list without the ranges of the operators locks them out.',
  remediation: authorize(),
  references: [
    'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    'https://learn.microsoft.com/azure/aks/api-server-service-tags',
  ],
  params: PARAMS,

  evaluate({ cluster }, { params }) {
    const entries = authorizedRanges(cluster);
    if (isPrivate(cluster) || entries.length === 0) {
      const why = isPrivate(cluster) ? 'The API server is private.' : 'The API server has no authorized IP ranges.';
      return notApplicable(why, { observed: { authorizedIPRanges: entries }, watched: [] });
    }
    const faults = new Map(entries.flatMap((entry) => faultOf(entry, entries.length, params)));
    const sound = entries.filter((entry) => !faults.has(entry));
    const missing = params.required.filter((range) => !sound.some((entry) => covers(entry, range)));
    const limit = cluster.apiServerAccessProfile?.enableVnetIntegration
      ? params.maxEntriesWithVnetIntegration
      : params.maxEntries;
    const problems = [
      ...faults.values(),
      ...missing.map((range) => `${range} is required and not listed`),
      ...(entries.length > limit ? [`the list has ${entries.length} entries, more than ${limit}`] : []),
    ];
    const offending = canonical([...faults.keys()]);
    // What offends by default: were it to depend on the parameters, a change of them would be blamed on somebody.
    const watched = canonical(entries.filter((entry) => faultOf(entry, entries.length, DEFAULTS).length > 0));
    const said = { observed: { authorizedIPRanges: entries, offending, missing }, watched };
    if (problems.length === 0) {
      return pass(`The authorized IP ranges are narrow: ${firstFew(entries)}.`, said);
    }
    const remediation = authorize(merged([...sound, ...missing], limit));
    return fail(`The authorized IP ranges fall short: ${firstFew(problems, '; ')}.`, { ...said, remediation });
  },
});

/** The whole list for the command line, because the command replaces what is there; undefined when there is none. */
function merged(ranges: readonly string[], limit: number): string | undefined {
  const kept = ranges.length > 1 ? ranges.filter((range) => range !== OWN_ADDRESS_ONLY) : ranges;
  if (kept.length === 0) {
    return undefined;
  }
  return kept.length > limit ? `"<at most ${limit} ranges>"` : kept.join(',');
}
