import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { generateCatalogue } from './generate-catalogue';
import { generateClusterShape } from './generate-cluster-shape';
import { ROOT } from './generated';
import { generateRows } from './generate-rows';

/** Writes every generated file; with --check only says which of them are out of date, and fails if any is. */
async function main(): Promise<void> {
  const outputs = new Map([...generateRows(), ...generateClusterShape(), ...generateCatalogue()]);
  const stale: string[] = [];
  for (const [file, text] of outputs) {
    const path = join(ROOT, file);
    const wanted = await format(text, { ...(await resolveConfig(path)), filepath: path });
    if (read(path) !== wanted) {
      stale.push(file);
      if (!process.argv.includes('--check')) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, wanted);
      }
    }
  }
  if (process.argv.includes('--check') && stale.length > 0) {
    console.error(`Out of date, run \`npm run generate\`: ${stale.join(', ')}`);
    process.exitCode = 1;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

void main();
