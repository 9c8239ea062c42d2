import { GENERATED } from './generated';
import { camelCase, type Sources } from './sources';

/** The list of all checks, with the scan that each belongs to and the controls that it answers. */
export function generateCatalogue({ checks }: Pick<Sources, 'checks'>): Map<string, string> {
  const text = [
    GENERATED,
    "import type { CatalogueEntry } from '../model/check';",
    ...checks.map(({ scan, id }) => `import { ${camelCase(id)} } from './${scan}/${id}';`),
    '',
    '/** Every check that exists. */',
    'export const CATALOGUE: readonly CatalogueEntry[] = [',
    ...checks.map(
      ({ scan, id, controls }) => `  { scan: '${scan}', controls: ${JSON.stringify(controls)}, ...${camelCase(id)} },`,
    ),
    '];',
    '',
  ];
  return new Map([['shared/checks/index.ts', text.join('\n')]]);
}
