import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { ROOT } from './generated';

const COMPILER = join(ROOT, '.ci/bicep');
const INFRA = join(ROOT, 'infra');

/** What is deployed by itself and holds everything that it is made of. */
const COMPILED = ['main', 'access-lighthouse', 'access-management-group'];

/** SARIF, as far as it is needed. https://docs.oasis-open.org/sarif/sarif/v2.1.0 */
const sarifSchema = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          ruleId: z.string(),
          level: z.string().optional(),
          message: z.object({ text: z.string() }),
          locations: z.array(
            z.object({
              physicalLocation: z.object({
                artifactLocation: z.object({ uri: z.string() }),
                region: z.object({ startLine: z.number() }).optional(),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});

/** Lints every template that can be deployed, and writes the compiled ones; with --check fails when one is not current. */
function main(): void {
  const bicep = restoreCompiler();
  const templates = readdirSync(INFRA).filter((file) => file.endsWith('.bicep'));
  const diagnostics = new Set(
    templates.flatMap((template) =>
      diagnosticsIn(run(bicep, ['lint', '--diagnostics-format', 'sarif', join(INFRA, template)]).stdout),
    ),
  );
  if (diagnostics.size > 0) {
    throw new Error([...diagnostics].join('\n'));
  }
  for (const template of COMPILED) {
    const { status, stdout: compiled, stderr } = run(bicep, ['build', '--stdout', join(INFRA, `${template}.bicep`)]);
    if (status !== 0) {
      throw new Error(`infra/${template}.bicep cannot be built, the compiler ended with ${status}: ${stderr}`);
    }
    const file = join(INFRA, `${template}.json`);
    if (!process.argv.includes('--check')) {
      writeFileSync(file, compiled);
    } else if (readFileSync(file, 'utf8') !== compiled) {
      throw new Error(`infra/${template}.json is out of date, run \`npm run bicep\``);
    }
  }
}

/** @returns the path of the compiler, which dotnet brings. */
function restoreCompiler(): string {
  const { status, error } = spawnSync('dotnet', ['restore', '--verbosity', 'quiet', COMPILER], { stdio: 'inherit' });
  if (status !== 0) {
    const problem = error?.message ?? `dotnet restore ended with ${status}`;
    throw new Error(`The Bicep compiler cannot be brought: ${problem}. It takes the .NET 10 SDK, https://dot.net`);
  }
  const packages = join(COMPILER, 'packages');
  const [runtime = ''] = readdirSync(packages).filter((name) => name.startsWith('azure.bicep.commandline.'));
  const [version = ''] = readdirSync(join(packages, runtime));
  return join(packages, runtime, version, 'tools', process.platform === 'win32' ? 'bicep.exe' : 'bicep');
}

function run(command: string, given: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { error, ...ended } = spawnSync(command, given, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (error !== undefined) {
    throw error;
  }
  return ended;
}

/** One line per diagnostic of any level. */
function diagnosticsIn(sarif: string): string[] {
  const { runs } = sarifSchema.parse(JSON.parse(sarif));
  return runs.flatMap(({ results }) =>
    results.map(({ ruleId, level, message, locations }) => {
      const { artifactLocation, region } = locations[0]?.physicalLocation ?? {};
      return `${artifactLocation?.uri ?? ''}:${region?.startLine ?? ''} ${level ?? 'warning'} ${ruleId}: ${message.text}`;
    }),
  );
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
