import { GENERATED } from './generated';
import { camelCase, manualRequirements, type Sources } from './sources';

/** The list of all checks, with the scan that each belongs to and the controls that it answers. */
export function generateCatalogue({ checks, frameworks }: Pick<Sources, 'checks' | 'frameworks'>): Map<string, string> {
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
    '/** Requirements that no check answers, by `<framework>:<id>`; people can attest them. */',
    `export const MANUAL_REQUIREMENTS: Readonly<Record<string, string>> = ${JSON.stringify(manualRequirements(frameworks))};`,
    '',
  ];
  return new Map([['shared/checks/index.ts', text.join('\n')]]);
}
