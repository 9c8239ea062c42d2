import type { Subject } from '../model/baseline';

/** Which subjects a rule is about: every name that is given must match. Globs: `*` stands for any characters, `?` for one. */
export interface Match {
  readonly subscription?: string | undefined;
  readonly resourceGroup?: string | undefined;
  readonly cluster?: string | undefined;
  readonly nodePool?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** Letter case does not count. A cluster has no pool, and a subscription has no cluster, that a name could match. */
export function matcher(match: Match): (subject: Subject) => boolean {
  const { tags = {}, subscription, resourceGroup, cluster, nodePool } = match;
  const names = [
    [subscription, 'subscriptionId'],
    [resourceGroup, 'resourceGroup'],
    [cluster, 'cluster'],
    [nodePool, 'nodePool'],
  ] as const;
  const ofNames = names.flatMap(([glob, name]) => (glob === undefined ? [] : [{ name, matches: globMatcher(glob) }]));
  const ofTags = Object.entries(tags).map(([name, glob]) => ({ name, matches: globMatcher(glob) }));
  return (subject) =>
    ofNames.every(({ name, matches }) => subject[name] !== null && matches(subject[name])) &&
    ofTags.every(({ name, matches }) => {
      const value = tagOf(subject.tags, name);
      return value !== null && matches(value);
    });
}

/** Names of tags do not depend on letter case. https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources */
export function tagOf(tags: Readonly<Record<string, string>>, name: string): string | null {
  return Object.entries(tags).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1] ?? null;
}

/** Whether a whole text fits a glob. */
export function globMatcher(glob: string): (text: string) => boolean {
  const source = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const pattern = new RegExp(`^${source}$`, 'is');
  return (text) => pattern.test(text);
}
