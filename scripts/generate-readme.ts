import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CHECKLIST } from '../shared/model/check';
import { ATTEST, ITEMS, itemTitle } from './check-words';
import { ROOT } from './generated';
import { anchorOf, code, link, table } from './markdown';
import type { Sources } from './sources';

const MARKERS = ['<!-- checklist:start -->', '<!-- checklist:end -->'] as const;

/** The table of the checklist in the README of the project; the rest of it is written by hand. */
export function generateReadme(sources: Pick<Sources, 'checks'>): Map<string, string> {
  return new Map([['README.md', withChecklist(readFileSync(join(ROOT, 'README.md'), 'utf8'), sources)]]);
}

/** @throws Error when the text has no place for the table. */
export function withChecklist(text: string, { checks }: Pick<Sources, 'checks'>): string {
  const [start, end] = [text.indexOf(MARKERS[0]), text.indexOf(MARKERS[1])];
  if (start < 0 || end < start) {
    throw new Error(`README.md needs the lines ${MARKERS.join(' and ')}`);
  }
  const rows = ITEMS.map((item) => {
    const ids = checks.filter(({ checklistItem }) => checklistItem === item).map(({ id }) => id);
    return [
      link(item, `docs/checks/README.md#${anchorOf(itemTitle(item))}`),
      CHECKLIST[item],
      ids.map(code).join(', ') || `manual: ${ATTEST}`,
    ];
  });
  const checklist = table(['Item', 'Asks for', 'Checks'], rows);
  return `${text.slice(0, start)}${MARKERS[0]}\n\n${checklist}\n\n${text.slice(end)}`;
}
