import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { ConfigError } from '../shared/config/problems';
import { SCANS } from '../shared/model/scan';
import { checkTemplate } from './check-template';
import { applyChanges, ROOT } from './generated';
import { checkFiles } from './sources';

const USAGE = `npm run new-check -- <id> [--scan ${SCANS.join('|')}]`;

/** Begins a check: writes its file and its table of cases, and says what comes next. */
function main(): void {
  const { id, scan, root } = readArguments();
  const files = checkTemplate(id, scan, checkFiles(root));
  const there = [...files.keys()].filter((file) => existsSync(join(root, file)));
  if (there.length > 0) {
    throw new ConfigError('No check was written', [`there is a file ${there.join(', ')} already`]);
  }
  applyChanges(root, files);
  console.log(`Written: ${[...files.keys()].join(' and ')}

1. Replace every TODO in both; the tests refuse what is left.
2. \`npm run generate\` and \`npm run format\`: the check joins the catalogue, and its page appears in docs/checks.
3. \`npx jest ${id} catalogue\`, and at the end \`npm test\`.
4. Where it answers a requirement of a framework, name it in shared/controls/*.json; where another tool has it, in docs/peers.json. Then generate again.`);
}

function readArguments(): { id: string; scan: string; root: string } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { scan: { type: 'string', default: 'configuration' }, root: { type: 'string', default: ROOT } },
  });
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) {
    throw new ConfigError('No check was written', [
      `got ${positionals.length === 0 ? 'no id' : positionals.join(' ')}; usage: ${USAGE}`,
    ]);
  }
  return { id, scan: values.scan, root: values.root };
}

try {
  main();
} catch (error) {
  // An unknown option is a TypeError of parseArgs.
  console.error(error instanceof ConfigError ? error.message : `${String(error)}\nusage: ${USAGE}`);
  process.exitCode = 2;
}
