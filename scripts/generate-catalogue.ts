import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SCANS } from '../shared/model/scan';
import { GENERATED, ROOT } from './generated';

/** A framework of requirements, or another tool, and which of our checks answers which of its ids. */
interface Framework {
  readonly framework: string;
  readonly requirements: readonly { readonly id: string; readonly title: string; readonly checks: readonly string[] }[];
}

/** The list of all checks, with the scan that each belongs to and the controls that it answers. */
export function generateCatalogue(): Map<string, string> {
  const checks = SCANS.flatMap((scan) =>
    readdirSync(join(ROOT, 'shared/checks', scan))
      .map((file) => file.replace(/\.ts$/, ''))
      .sort()
      .map((id) => ({ scan, id, name: camelCase(id) })),
  );
  const frameworks = frameworksOf(new Set(checks.map(({ id }) => id)));
  const text = [
    GENERATED,
    "import type { CatalogueEntry } from '../model/check';",
    ...checks.map(({ scan, id, name }) => `import { ${name} } from './${scan}/${id}';`),
    '',
    '/** Every check that exists. */',
    'export const CATALOGUE: readonly CatalogueEntry[] = [',
    ...checks.map(
      ({ scan, id, name }) =>
        `  { scan: '${scan}', controls: ${JSON.stringify(controlsOf(id, frameworks))}, ...${name} },`,
    ),
    '];',
    '',
    '/** Requirements that no check answers, by `<framework>:<id>`; people can attest them. */',
    `export const MANUAL_REQUIREMENTS: Readonly<Record<string, string>> = ${JSON.stringify(manualOf(frameworks))};`,
    '',
  ];
  return new Map([['shared/checks/index.ts', text.join('\n')]]);
}

function frameworksOf(known: ReadonlySet<string>): Framework[] {
  const folder = join(ROOT, 'shared/controls');
  return readdirSync(folder).map((file) => {
    const framework = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Framework;
    const strangers = framework.requirements.flatMap(({ checks }) => checks).filter((id) => !known.has(id));
    if (strangers.length > 0 && process.env.STRICT) {
      throw new Error(`shared/controls/${file}: there is no check ${[...new Set(strangers)].join(', ')}`);
    }
    return framework;
  });
}

function controlsOf(checkId: string, frameworks: readonly Framework[]): Record<string, readonly string[]> {
  const answered = frameworks.map(({ framework, requirements }) => [
    framework,
    requirements.filter(({ checks }) => checks.includes(checkId)).map(({ id }) => id),
  ]);
  return Object.fromEntries(answered.filter(([, ids]) => ids?.length !== 0)) as Record<string, readonly string[]>;
}

function manualOf(frameworks: readonly Framework[]): Record<string, string> {
  return Object.fromEntries(
    frameworks.flatMap(({ framework, requirements }) =>
      requirements.filter(({ checks }) => checks.length === 0).map(({ id, title }) => [`${framework}:${id}`, title]),
    ),
  );
}

function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
