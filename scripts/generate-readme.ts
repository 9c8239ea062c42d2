import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CHECKLIST } from '../shared/model/check';
import { ATTEST, ITEMS, itemTitle } from './check-words';
import { ROOT } from './generated';
import { anchorOf, code, link, table, withSection } from './markdown';
import type { Sources } from './sources';

/** The table of the checklist in the README of the project; the rest of it is written by hand. */
export function generateReadme(sources: Pick<Sources, 'checks'>): Map<string, string> {
  return new Map([['README.md', withChecklist(readFileSync(join(ROOT, 'README.md'), 'utf8'), sources)]]);
}

/** @throws Error when the text has no place for the table. */
export function withChecklist(text: string, { checks }: Pick<Sources, 'checks'>): string {
  const rows = ITEMS.map((item) => {
    const ids = checks.filter(({ checklistItem }) => checklistItem === item).map(({ id }) => id);
    return [
      link(item, `docs/checks/README.md#${anchorOf(itemTitle(item))}`),
      CHECKLIST[item],
      ids.map(code).join(', ') || `manual: ${ATTEST}`,
    ];
  });
  return withSection('README.md', text, 'checklist', table(['Item', 'Asks for', 'Checks'], rows));
}
