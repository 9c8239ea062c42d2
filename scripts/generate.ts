import { join } from 'node:path';

import { format, getFileInfo, resolveConfig } from 'prettier';

import { generateAlertRules } from './generate-alert-rules';
import { generateBaselineSchema } from './generate-baseline-schema';
import { generateCatalogue } from './generate-catalogue';
import { generateCheckIndex } from './generate-check-index';
import { generateCheckPages } from './generate-check-pages';
import { generateClusterShape } from './generate-cluster-shape';
import { generateControlPages } from './generate-control-pages';
import { generatePermissions } from './generate-permissions';
import { generateReadme } from './generate-readme';
import { generateRows } from './generate-rows';
import { generateWorkbook } from './generate-workbook';
import { applyChanges, changesTo, ROOT } from './generated';
import { readSources } from './sources';

/** Folders whose every file is generated. */
const FOLDERS = ['docs/checks', 'docs/controls'];

/** Writes every generated file and removes those that nobody generates any more; with --check only names them, and fails if there are any. */
async function main(): Promise<void> {
  const sources = await readSources();
  const outputs = new Map([
    ...generateRows(),
    ...generateClusterShape(),
    ...generateCatalogue(sources),
    ...generateCheckPages(sources),
    ...generateCheckIndex(sources),
    ...generateControlPages(sources),
    ...generateReadme(sources),
    ...generateBaselineSchema(sources),
    ...generateWorkbook(sources),
    ...generatePermissions(sources),
    ...generateAlertRules(),
  ]);
  const formatted = await Promise.all(
    [...outputs].map(async ([file, text]) => [file, await formattedAs(file, text)] as const),
  );
  const changes = changesTo(ROOT, new Map(formatted), FOLDERS);
  if (!process.argv.includes('--check')) {
    applyChanges(ROOT, changes);
  } else if (changes.size > 0) {
    console.error(`Out of date, run \`npm run generate\`: ${[...changes.keys()].join(', ')}`);
    process.exitCode = 1;
  }
}

async function formattedAs(file: string, text: string): Promise<string> {
  const filepath = join(ROOT, file);
  // Prettier does not know every language: Bicep stays as it is written.
  if ((await getFileInfo(filepath)).inferredParser === null) {
    return text;
  }
  return format(text, { ...(await resolveConfig(filepath)), filepath });
}

void main();
