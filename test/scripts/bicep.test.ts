import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from '../../scripts/generated';

it('npm run bicep says what it takes where dotnet is missing', () => {
  const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
  const { status, stderr } = spawnSync(process.execPath, [tsx, join(ROOT, 'scripts/bicep.ts')], {
    encoding: 'utf8',
    env: { PATH: '' },
  });

  expect(status).toBe(1);
  expect(stderr).toMatch(/^The Bicep compiler cannot be brought: .*dotnet ENOENT\. It takes the \.NET 10 SDK/);
});
