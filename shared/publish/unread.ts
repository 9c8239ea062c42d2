import type { Json } from '../model/json';
import type { UnreadEntry } from '../model/snapshot';
import { fitsField } from './chunks';

/**
 * What was not read, as a run row has room for it: of those with the same source and reason as many as fit, the last of which says
 * how many more there are. What was read once stands apart from what never was, because that is coverage lost.
 */
export function unreadInRow(unread: readonly UnreadEntry[]): Json {
  let entries = unread;
  for (let most = unread.length; most > 1 && !fitsField(entries as unknown as Json);) {
    most = Math.floor(most / 2);
    entries = examples(unread, most);
  }
  return entries as unknown as Json;
}

function examples(unread: readonly UnreadEntry[], most: number): UnreadEntry[] {
  const alike = Map.groupBy(unread, ({ source, reason, lastReadAt }) => `${source}|${reason}|${lastReadAt === null}`);
  return [...alike.values()].flatMap((group) => {
    // What has been missing the longest is the most telling.
    const kept = group.toSorted((a, b) => (a.lastReadAt ?? '').localeCompare(b.lastReadAt ?? '')).slice(0, most);
    const more = group.length - kept.length;
    return kept.map((entry, index) =>
      more > 0 && index === kept.length - 1 ? { ...entry, detail: `${entry.detail} (and ${more} more alike)` } : entry,
    );
  });
}
