import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { SCANS } from '../shared/model/scan';
import { GENERATED, ROOT } from './generated';

/** The list of all checks, with the scan that each belongs to. */
export function generateCatalogue(): Map<string, string> {
  const checks = SCANS.flatMap((scan) =>
    readdirSync(join(ROOT, 'shared/checks', scan))
      .map((file) => file.replace(/\.ts$/, ''))
      .sort()
      .map((id) => ({ scan, id, name: camelCase(id) })),
  );
  const text = [
    GENERATED,
    "import type { CatalogueEntry } from '../model/check';",
    ...checks.map(({ scan, id, name }) => `import { ${name} } from './${scan}/${id}';`),
    '',
    '/** Every check that exists. */',
    'export const CATALOGUE: readonly CatalogueEntry[] = [',
    ...checks.map(({ scan, name }) => `  { scan: '${scan}', ...${name} },`),
    '];',
    '',
  ];
  return new Map([['shared/checks/index.ts', text.join('\n')]]);
}

function camelCase(id: string): string {
  return id.replaceAll(/-(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
