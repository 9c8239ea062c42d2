/** The segment that follows a keyword in an ARM id, letter case kept; the empty string when the keyword is absent. */
function segmentAfter(id: string, keyword: string): string {
  const segments = id.split('/');
  const at = segments.findIndex((segment) => segment.toLowerCase() === keyword);
  return at < 0 ? '' : (segments[at + 1] ?? '');
}

/** The subscription of an ARM id in lower case, empty for tenant-level ids. */
export function subscriptionOf(id: string): string {
  return segmentAfter(id, 'subscriptions').toLowerCase();
}

/** The resource group of an ARM id as it is written there, empty when it has none. */
export function resourceGroupOf(id: string): string {
  return segmentAfter(id, 'resourcegroups');
}

/** ARM compares ids, names and api-versions without regard to letter case. */
export function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
