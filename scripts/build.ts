import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { build, type BuildOptions } from 'esbuild';

import { ROOT } from './generated';

/** The oldest Node that runs what is built; package.json `engines` says the same. */
const NODE = 22;

/** Runs before anything that an older Node does not know. A banner comes before the directive of the bundle, and so brings its own. */
const CLI_BANNER = `#!/usr/bin/env node
"use strict";
if (parseInt(process.versions.node, 10) < ${NODE}) {
  require("node:fs").writeSync(2, "aks-drift needs Node.js ${NODE} or newer, this is " + process.versions.node + ".\\n");
  process.exit(2);
}`;

const COMMON: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: `node${NODE}`,
  format: 'cjs',
  // The SDKs' ES modules let unused code fall away, which their CommonJS entries do not.
  mainFields: ['module', 'main'],
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** Two bundles: what the Functions host loads (package.json `main`), and the CLI. */
async function main(): Promise<void> {
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  const triggers = readdirSync(join(ROOT, 'functions')).map(
    (file) => `import './functions/${file.replace(/\.ts$/, '')}';`,
  );
  await build({
    ...COMMON,
    stdin: { contents: triggers.join('\n'), resolveDir: ROOT, sourcefile: 'functions.ts', loader: 'ts' },
    outfile: 'dist/functions.js',
    // The host provides it at run time.
    external: ['@azure/functions-core'],
  });
  await build({
    ...COMMON,
    entryPoints: ['cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: CLI_BANNER },
  });
  chmodSync(join(ROOT, 'dist/cli.js'), 0o755);
}

void main();
