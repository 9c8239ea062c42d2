import type { CatalogueEntry } from '../shared/model/check';
import { ATTEST, checkLink, ITEMS, itemTitle, onOrOff, PER } from './check-words';
import { GENERATED_MARKDOWN } from './generated';
import { blocks, bullets, code, heading, link, prose, table } from './markdown';
import type { Sources } from './sources';

/** The list of all checks, by item of the checklist. */
export function generateCheckIndex(sources: Sources): Map<string, string> {
  return new Map([['docs/checks/README.md', checkIndex(sources)]]);
}

export function checkIndex({ checks, frameworks, peers }: Sources): string {
  const itemless = checks.filter(({ checklistItem }) => checklistItem === null);
  return blocks(
    GENERATED_MARKDOWN,
    heading(1, 'Checks'),
    'By the item of the AKS security checklist that they answer. Severity and default can be changed in the baseline file; every page shows how.',
    ...ITEMS.flatMap((item) => {
      const answers = checks.filter(({ checklistItem }) => checklistItem === item);
      return [
        heading(2, itemTitle(item)),
        answers.length > 0 ? checkTable(answers, peers) : `No check answers it: ${ATTEST}.`,
      ];
    }),
    ...(itemless.length > 0 ? [heading(2, 'No item of the checklist'), checkTable(itemless, peers)] : []),
    heading(2, 'By framework'),
    bullets(frameworks.map(({ framework, title }) => link(prose(title), `../controls/${framework}.md`))),
    heading(2, 'Other tools'),
    table(
      ['Short name', 'Tool'],
      Object.entries(peers).map(([name, { title, source }]) => [code(name), link(prose(title), source)]),
    ),
  );
}

function checkTable(checks: readonly CatalogueEntry[], peers: Sources['peers']): string {
  return table(
    ['Check', 'Good state', 'Severity', 'Scan', 'Per', 'Default', 'Also in'],
    checks.map((check) => [
      checkLink(check.id, ''),
      prose(check.title),
      check.severity,
      check.scan,
      PER[check.grain],
      onOrOff(check),
      Object.keys(peers)
        .filter((name) => peers[name]?.checks[check.id] !== undefined)
        .join(', '),
    ]),
  );
}
