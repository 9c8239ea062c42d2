import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { ROOT } from '../../scripts/generated';

function runBicep(root: string, path: string): { status: number | null; stderr: string } {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  return spawnSync(process.execPath, [tsx, join(root, 'scripts/bicep.ts')], { encoding: 'utf8', env: { PATH: path } });
}

/** A repository whose compiler finds nothing to say about templates, and cannot build them. */
function rootWithBrokenCompiler(): string {
  const root = mkdtempSync(join(tmpdir(), 'bicep-'));
  const programs = {
    'bin/dotnet': 'exit 0',
    '.ci/bicep/packages/azure.bicep.commandline.any/1.0.0/tools/bicep':
      'if [ "$1" = lint ]; then echo \'{"runs":[]}\'; else echo "out of memory" >&2; exit 134; fi',
  };
  for (const [name, script] of Object.entries(programs)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  mkdirSync(join(root, 'infra'));
  writeFileSync(join(root, 'infra/main.json'), 'as it was');
  cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

describe('npm run bicep', () => {
  it('says what it takes where dotnet is missing', () => {
    const { status, stderr } = runBicep(ROOT, '');

    expect(status).toBe(1);
    expect(stderr).toMatch(/^The Bicep compiler cannot be brought: .*dotnet ENOENT\. It takes the \.NET 10 SDK/);
  });

  it('writes nothing when the compiler fails', () => {
    const root = rootWithBrokenCompiler();
    const { status, stderr } = runBicep(root, join(root, 'bin'));

    expect(stderr).toBe('infra/main.bicep cannot be built, the compiler ended with 134: out of memory\n\n');
    expect(status).toBe(1);
    expect(readFileSync(join(root, 'infra/main.json'), 'utf8')).toBe('as it was');
  });
});
