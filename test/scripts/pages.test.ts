import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { anchorOf } from '../../scripts/markdown';

const ROOT = join(__dirname, '../..');
const BY_HAND = ['README.md', 'docs/architecture.md', 'docs/baseline.md', 'docs/permissions.md'];
const PAGES = [...BY_HAND, ...pagesIn('docs/checks'), ...pagesIn('docs/controls')];

function pagesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder)).map((file) => `${folder}/${file}`);
}

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

function anchorsIn(path: string): string[] {
  return [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)/gm)].map(([, title = '']) => anchorOf(title));
}

/** A link leads somewhere when its file exists, and has the heading that it names. */
function isDead(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? join(ROOT, page) : join(ROOT, dirname(page), file);
  return !existsSync(path) || (anchor !== undefined && !anchorsIn(path).includes(anchor));
}

function bars(row: string): number {
  return row.match(/(?<!\\)\|/g)?.length ?? 0;
}

describe.each(PAGES)('%s', (page) => {
  it('links only to what exists', () => {
    const targets = [...textOf(page).matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);

    expect(targets.filter((target) => !target.startsWith('https://') && isDead(page, target))).toEqual([]);
  });

  it('has tables whose rows all have the cells of their head', () => {
    const tables = textOf(page).match(/(^\|.*\n)+/gm) ?? [];
    const broken = tables.flatMap((table) => {
      const [head = '', ...rows] = table.trimEnd().split('\n');
      return rows.filter((row) => bars(row) !== bars(head));
    });

    expect(broken).toEqual([]);
  });
});

it('has a page for every check and every framework, and no other', () => {
  const checks = readdirSync(join(ROOT, 'shared/checks'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(ROOT, 'shared/checks', name)));
  const frameworks = readdirSync(join(ROOT, 'shared/controls'));
  const named = (files: readonly string[], ending: string, folder: string): string[] =>
    files.map((file) => `docs/${folder}/${file.replace(ending, '.md')}`);

  expect(PAGES.slice(BY_HAND.length).sort()).toEqual(
    [...named(checks, '.ts', 'checks'), 'docs/checks/README.md', ...named(frameworks, '.json', 'controls')].sort(),
  );
});
