import type { Json } from '../model/json';
import type { ClusterSections, Collected, Section } from '../model/snapshot';
import type { ClusterState } from '../model/state';
import type { SectionReaders } from './collection';

type Kept = ClusterState['kept'];

/** Maintenance windows change rarely, and AKS gives away one such request a second per subscription and region. */
const KEPT_SECTIONS = ['maintenanceConfigurations'] as const satisfies readonly (keyof ClusterSections)[];

/** So that a scan every six hours reads them once a day. */
const KEPT_MILLISECONDS = 20 * 60 * 60 * 1000;

/** What is young enough to stand in for a request. */
export function stillFresh(kept: Kept | undefined, now: Date): Kept {
  const isFresh = (readAt: string): boolean => {
    const age = now.getTime() - Date.parse(readAt);
    return age >= 0 && age < KEPT_MILLISECONDS;
  };
  return Object.fromEntries(Object.entries(kept ?? {}).filter(([, { readAt }]) => isFresh(readAt)));
}

/** Readers that ask only for what is not kept. */
export function readersWith(readers: SectionReaders, kept: Kept): SectionReaders {
  const known = Object.entries(kept).map(([section, { value }]) => [
    section,
    () => Promise.resolve({ ok: true, value }),
  ]);
  return { ...readers, cluster: { ...readers.cluster, ...Object.fromEntries(known) } as SectionReaders['cluster'] };
}

/** What the next run may go by: what is kept, and what was read now. */
export function keptAfter(
  kept: Kept,
  sections: Readonly<Partial<Record<Section, Collected<unknown>>>>,
  readAt: string,
): Kept {
  const read = KEPT_SECTIONS.flatMap((section) => {
    const found = sections[section];
    return found?.ok === true && kept[section] === undefined
      ? [[section, { readAt, value: found.value as Json }] as const]
      : [];
  });
  return { ...kept, ...Object.fromEntries(read) };
}
