import { CHECKLIST, type CatalogueEntry, type ChecklistItem } from '../shared/model/check';
import { code, link } from './markdown';

export const ITEMS = Object.keys(CHECKLIST) as ChecklistItem[];

/** How a person answers what no check can. */
export const ATTEST = 'attest it in the baseline file (`attestations`)';

export const PER = { subscription: 'subscription', cluster: 'cluster', nodePool: 'node pool' } as const;

export function onOrOff({ onByDefault }: CatalogueEntry): string {
  return onByDefault ? 'on' : 'off';
}

export function itemTitle(item: ChecklistItem): string {
  return `${item}: ${CHECKLIST[item]}`;
}

/** @param folder of the pages of checks, seen from the page that links; ends with a slash. */
export function checkLink(id: string, folder: string): string {
  return link(code(id), `${folder}${id}.md`);
}
