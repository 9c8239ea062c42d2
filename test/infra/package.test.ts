/** What is deployed is what is tested: the files that .funcignore lets through, and no others, in a folder of their own. */
import { execFileSync, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parse } from 'yaml';

import type { FromWorker } from '../support/worker';
import { ROOT } from './arm-template';
import { deployed, only } from './azure';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'package-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The rules of .funcignore are those of .gitignore, so git applies them; in a repository without files everything is "other". */
function packaged(): string[] {
  execFileSync('git', ['init', '--quiet', '--bare', join(folder, 'git')]);
  const found = execFileSync(
    'git',
    [
      ...[`--git-dir=${join(folder, 'git')}`, `--work-tree=${ROOT}`, 'ls-files', '-z', '--others'],
      `--exclude-from=${join(ROOT, '.funcignore')}`,
    ],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return found.split('\0').filter((file) => file !== '');
}

/** Whether .funcignore ignores a path by itself; git answers 0 for yes. */
function isIgnored(path: string): boolean {
  const tree = join(folder, 'tree');
  mkdirSync(join(tree, path), { recursive: true });
  execFileSync('git', ['init', '--quiet', tree]);
  const { status } = spawnSync('git', [
    ...[
      '-C',
      tree,
      '-c',
      `core.excludesFile=${join(ROOT, '.funcignore')}`,
      'check-ignore',
      '--quiet',
      '--no-index',
      path,
    ],
  ]);
  return status === 0;
}

describe('the package of the function app', () => {
  it('is the bundle with its map, host.json and package.json', () => {
    expect(packaged().sort()).toEqual(['dist/functions.js', 'dist/functions.js.map', 'host.json', 'package.json']);
  });

  it('is loaded by the worker with no node_modules beside it', async () => {
    const app = join(folder, 'app');
    for (const file of packaged()) {
      cpSync(join(ROOT, file), join(app, file), { recursive: true });
    }
    const worker = fork(join(ROOT, 'test/support/worker.ts'), [app], {
      cwd: app,
      execArgv: ['--import', require.resolve('tsx')],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [message] = (await once(worker, 'message')) as [FromWorker];
    worker.kill();

    expect(message).toMatchObject({ kind: 'registered' });
    expect(message.kind === 'registered' && message.functions.map(({ name }) => name).sort()).toEqual([
      ...['report-failed-scan', 'run-scan', 'scan-certificates', 'scan-configuration', 'scan-defender'],
      ...['scan-node-images', 'scan-policy'],
    ]);
  });

  it('fits the time that the host gives', () => {
    const host = JSON.parse(readFileSync(join(ROOT, 'host.json'), 'utf8')) as { functionTimeout: string };

    expect(host.functionTimeout).toBe('00:30:00');
  });
});

describe('azure.yaml', () => {
  const { requiredVersions, services, hooks } = parse(readFileSync(join(ROOT, 'azure.yaml'), 'utf8')) as {
    requiredVersions: Record<string, string>;
    services: Record<string, Record<string, unknown>>;
    hooks: Record<string, Record<string, { run: string }>>;
  };

  // azd builds a JavaScript package in Azure when .funcignore ignores node_modules, and refuses `remoteBuild` on App Service plans:
  // https://github.com/Azure/azure-dev/blob/main/cli/azd/pkg/project/service_target_functionapp.go
  it('builds the bundle here, and nothing in Azure', () => {
    expect(services).toEqual({ monitor: { project: '.', language: 'ts', host: 'function' } });
    expect(isIgnored('node_modules')).toBe(false);
    expect(isIgnored('node_modules/zod')).toBe(true);
    expect(isIgnored('shared')).toBe(true);
  });

  it('asks for an azd that lets files in again which .funcignore ignored before', () => {
    expect(requiredVersions).toEqual({ azd: '>= 1.23.13' });
  });

  it('names the app as the template tags it', () => {
    const deployment = deployed();
    const app = deployment.resources.find(({ type }) => type === 'Microsoft.Web/sites');

    expect(app?.body.tags).toMatchObject({ 'azd-service-name': Object.keys(services)[0], 'azd-env-name': 'drift' });
  });

  it('runs the same hooks on every system, and they exist', () => {
    const scripts = ['windows', 'posix'].map((system) => Object.values(hooks).map((hook) => hook[system]?.run));

    expect(scripts[0]).toEqual(scripts[1]);
    expect(
      readdirSync(join(ROOT, 'infra/hooks'))
        .map((file) => `node infra/hooks/${file}`)
        .sort(),
    ).toEqual([...(scripts[0] ?? [])].sort());
  });
});

it('a package that was built before is deployed by address, without a build', () => {
  const packageUri = 'https://packages.example/app.zip';

  const packageOf = (cloud: string): unknown => only(deployed({ packageUri }, cloud), 'Microsoft.Web/sites/extensions');

  expect(packageOf('AzureCloud')).toEqual({ packageUri, remoteBuild: false });
  expect(packageOf('AzureUSGovernment')).toEqual({ packageUri, type: 'zip' });
  expect(() => only(deployed(), 'Microsoft.Web/sites/extensions')).toThrow('0 resources');
});
