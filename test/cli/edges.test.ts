import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { clusterAt, openBench, subscriptionAt } from '../support/cli';

const CLI = join(__dirname, '../../dist/cli.js');

describe('the state folder', () => {
  it.each([
    ['a file', 'taken', /taken: it is not a folder/],
    ['below a file', 'taken/state', /ENOTDIR/],
    ['in a folder that does not exist', 'missing/state', /ENOENT/],
    ['without a name', '', /--state <dir>' is empty/],
  ])('is refused before anything is asked when it is %s', async (_, name, message) => {
    const bench = await openBench();
    await bench.file('taken', 'text');
    const { code, stdout, stderr } = await bench.run(['scan', '--state', name]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(bench.simulator.requests).toEqual([]);
  });

  it('that takes one state less fails that scan, and neither the others nor the call', async () => {
    const bench = await openBench();
    const id = subscriptionAt(bench.world, 0);
    await mkdir(join(bench.state, id, 'policy.jsonl.gz.incoming'), { recursive: true });
    const { code, report, stderr } = await bench.scan(['--state', bench.state]);
    const failed = report.subscriptions.filter(({ status }) => status === 'failed');

    expect(code).toBe(3);
    expect(failed.map((scan) => [scan.id, scan.scan])).toEqual([[id, 'policy']]);
    expect(report.subscriptions).toHaveLength(5);
    expect(stderr).toMatch(new RegExp(`${id} policy: EISDIR`));
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('a reader that stops early', () => {
  it('ends the call in silence', async () => {
    const bench = await openBench();
    const child = spawn(process.execPath, [CLI, 'scan', '--format', 'json', '--quiet'], {
      env: { ...bench.simulator.environment, PATH: process.env.PATH, HOME: bench.folder },
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('input', () => {
  it('may be UTF-16, as PowerShell 5 redirects it', async () => {
    const bench = await openBench();
    const path = join(bench.folder, 'utf16.json');
    const text = JSON.stringify([clusterAt(bench.world, 0)]);
    await writeFile(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    const { code, report } = await bench.scan(['--input', path]);

    expect(code).toBe(0);
    expect(report.clusters.map(({ name }) => name)).toEqual([clusterAt(bench.world, 0).name]);
  });
});

describe('the CLI', () => {
  it('says which Node it needs before it does anything that an older one does not know', async () => {
    const bench = await openBench();
    const older = await bench.file(
      'older.cjs',
      "Object.defineProperty(process, 'versions', { value: { node: '20.19.0' } });",
    );
    const { code, stdout, stderr } = await bench.run(['--version'], { NODE_OPTIONS: `--require ${older}` });

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('aks-drift needs Node.js 22 or newer, this is 20.19.0.\n');
  });
});

describe('settings', () => {
  it('with a mistyped name are refused, because the default may be to scan everything', async () => {
    const bench = await openBench();
    const { code, stderr } = await bench.run(['scan'], { AKS_DRIFT_SUBSCRIPTION_ID: 'x' });

    expect(code).toBe(2);
    expect(stderr).toMatch(
      /AKS_DRIFT_SUBSCRIPTION_ID: there is no such setting; did you mean AKS_DRIFT_SUBSCRIPTION_IDS\?/,
    );
    expect(bench.simulator.requests).toEqual([]);
  });
});

describe('the table', () => {
  it('says what differs, why something is unknown, and that drift needs a state', async () => {
    const bench = await openBench();
    await bench.firstRun();
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    const drift = await bench.run(['scan', '--state', bench.state]);
    const none = await bench.run(['scan', '--scan', 'certificates']);

    expect(drift.stdout).toMatch(/local-accounts-disabled +pass → fail; disableLocalAccounts true → false/);
    expect(drift.stdout).toMatch(/1 drift event$/m);
    expect(none.stdout).toMatch(/unknown \(\d+ disabled\)/);
    expect(none.stdout).toMatch(/drift is not judged without --state$/m);
  });

  it('names the cluster of what was not read', async () => {
    const bench = await openBench();
    const { name, properties } = clusterAt(bench.world, 0);
    properties.apiServerAccessProfile = { enablePrivateCluster: 'no' };
    const { stdout } = await bench.run(['scan', '--scan', 'configuration']);

    expect(stdout).toMatch(
      new RegExp(`clusters +${name} +invalid +properties.apiServerAccessProfile.enablePrivateCluster`),
    );
  });
});
