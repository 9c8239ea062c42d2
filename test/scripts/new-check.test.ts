import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import ts from 'typescript';

import { checkTemplate } from '../../scripts/check-template';
import { SCANS } from '../../shared/model/scan';

const ROOT = join(__dirname, '../..');
const TAKEN = [{ scan: 'configuration', id: 'k8s-rbac-enabled' }] as const;

/** A project of checks only; everything that a check imports is the real thing. */
function emptyProject(): string {
  const root = mkdtempSync(join(tmpdir(), 'new-check-'));
  SCANS.forEach((scan) => mkdirSync(join(root, 'shared/checks', scan), { recursive: true }));
  mkdirSync(join(root, 'test'));
  ['shared/model', 'shared/evaluate', 'shared/collect', 'test/support', 'node_modules'].forEach((folder) => {
    symlinkSync(join(ROOT, folder), join(root, folder));
  });
  return root;
}

function typeErrors(files: readonly string[]): string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile.bind(ts.sys)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const program = ts.createProgram(files, { ...options, typeRoots: [join(ROOT, 'node_modules/@types')] });
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function newCheck(root: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const script = join(ROOT, 'scripts/new-check.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', script, '--root', root, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

describe('npm run new-check', () => {
  let root: string;

  beforeEach(() => {
    root = emptyProject();
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it.each([
    ['configuration', []],
    ['node-images', ['--scan', 'node-images']],
  ])('writes two files that compile and cannot be shipped: %s', (scan, args) => {
    const { status, stdout, stderr } = newCheck(root, 'pool-is-fresh', ...args);
    const files = [`shared/checks/${scan}/pool-is-fresh.ts`, `test/checks/${scan}/pool-is-fresh.test.ts`];

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`Written: ${files.join(' and ')}`);
    expect(stdout).toContain('npm run generate');
    expect(typeErrors(files.map((file) => join(root, file)))).toEqual([]);
    expect(failuresOf(root)).toEqual({ numPassedTests: 1, numFailedTests: 3 });
  });

  it('overwrites nothing', () => {
    const table = join(root, 'test/checks/policy/pool-is-fresh.test.ts');
    mkdirSync(dirname(table), { recursive: true });
    writeFileSync(table, 'mine');

    expect(newCheck(root, 'pool-is-fresh', '--scan', 'policy')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('test/checks/policy/pool-is-fresh.test.ts already') as string,
    });
    expect(readFileSync(table, 'utf8')).toBe('mine');
  });

  it.each([
    [[], 'got no id; usage: npm run new-check -- <id>'],
    [['pool', 'is-fresh'], 'got pool is-fresh; usage'],
    [['pool-is-fresh', '--scn', 'policy'], "Unknown option '--scn'"],
  ])('says how it is used: %j', (args, says) => {
    expect(newCheck(root, ...args)).toMatchObject({ status: 2, stderr: expect.stringContaining(says) as string });
  });
});

/** Runs the tables of a project; the check that no situation comes twice passes as it is. */
function failuresOf(root: string): unknown {
  const config = {
    rootDir: root,
    roots: ['<rootDir>/test/checks'],
    transform: {
      '^.+\\.ts$': [require.resolve('ts-jest'), { diagnostics: false, tsconfig: join(ROOT, 'tsconfig.json') }],
    },
  };
  const results = join(root, 'results.json');
  const jest = join(dirname(require.resolve('jest/package.json')), 'bin/jest.js');
  expect(() =>
    execFileSync(process.execPath, [jest, '--config', JSON.stringify(config), '--json', '--outputFile', results], {
      stdio: 'pipe',
    }),
  ).toThrow();
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(results, 'utf8')) as Record<string, number>;
  return { numPassedTests, numFailedTests };
}

describe('a template', () => {
  const files = checkTemplate('pool-is-fresh', 'policy', TAKEN);
  const check = files.get('shared/checks/policy/pool-is-fresh.ts') ?? '';

  it.each(['title', 'category', 'severity', 'checklistItem', 'rationale', 'remediation', 'references', 'evaluate'])(
    'leaves to do: %s',
    (field) => {
      expect(check).toMatch(new RegExp(`\\b${field}\\b[^\\n]*(\\n[^\\n]*)?TODO`));
    },
  );

  it('bears the name of the check', () => {
    expect(check).toContain("export const poolIsFresh = clusterCheck({\n  id: 'pool-is-fresh',");
    expect(files.get('test/checks/policy/pool-is-fresh.test.ts')).toContain('describeCheck(poolIsFresh, {');
  });

  it.each([
    ['k8s-rbac-enabled', 'policy', 'there is a check "k8s-rbac-enabled" already: shared/checks/configuration/'],
    ['poolIsFresh', 'policy', 'did you mean "pool-is-fresh"?'],
    ['Pool_Is Fresh', 'policy', 'did you mean "pool-is-fresh"?'],
    ['fresh', 'policy', 'accepts two or more lower-case words'],
    ['../up', 'policy', 'accepts two or more lower-case words'],
    ['2-pools', 'policy', 'accepts two or more lower-case words'],
    ['pool-is-fresh', 'node-image', 'did you mean "node-images"?'],
    ['pool-is-fresh', '', 'accepts configuration, node-images, certificates, policy, defender'],
  ])('is refused for %j in %j', (id, scan, says) => {
    expect(() => checkTemplate(id, scan, TAKEN)).toThrow(says);
  });

  it('is refused with every problem at once', () => {
    expect(() => checkTemplate('Fresh', 'polcy', TAKEN)).toThrow(/id: got "Fresh"[^]*--scan: got "polcy"/);
  });
});
