import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { clusterAt, openBench, type Bench } from '../support/cli';

const SOME = ['baseline', '--input'];

/** What Azure's list holds, as a file. */
async function clustersFile(bench: Bench): Promise<string> {
  return bench.file('clusters.json', { value: bench.world.clusters });
}

describe('aks-drift baseline FILE', () => {
  it('validates a file offline, and says what it sets against the built-in baseline', async () => {
    const bench = await openBench();
    const checks = { 'node-image-age': { params: { linuxDays: 45 } }, 'k8s-rbac-enabled': { enabled: true } };
    const file = await bench.file('b.json', { version: 1, checks });
    const { code, stdout } = await bench.run(['baseline', file]);

    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      `${file} is valid.`,
      '',
      'What it sets',
      'Where                                   Built in → here',
      'checks.node-image-age.params.linuxDays  30 → 45',
      '',
      'Name clusters (--input, --subscription or --management-group) to see what it changes for each.',
      '',
    ]);
    expect(bench.simulator.requests).toEqual([]);
  });

  it('says so when a file changes nothing', async () => {
    const bench = await openBench();
    const { stdout } = await bench.run(['baseline', await bench.file('b.json', { version: 1 })]);

    expect(stdout).toContain('It changes nothing: the built-in baseline is in force.');
  });

  it('explains it for each cluster and pool, of files and of Azure alike', async () => {
    const bench = await openBench();
    const [first, second] = [clusterAt(bench.world, 0), clusterAt(bench.world, 1)];
    first.tags = { Team: 'shop' };
    const file = await bench.file('b.json', {
      version: 1,
      overrides: [
        { match: { tags: { team: 'sh*' } }, checks: { 'k8s-rbac-enabled': { severity: 'low' } } },
        { match: { nodePool: 'user1' }, checks: { 'node-public-ip': { enabled: false } } },
      ],
      scope: { exclude: [{ cluster: second.name }] },
      ownership: { owner: { cluster: ['team'] } },
      exemptions: [
        { check: 'managed-identity', match: { cluster: first.name }, reason: 'old', expiresOn: '2027-01-31' },
      ],
    });
    const inputs = await clustersFile(bench);
    const fromFiles = await bench.run(['baseline', file, '--input', inputs]);
    const fromAzure = await bench.run(['baseline', file, '--subscription', first.id.split('/')[2] ?? '']);
    const lines = fromFiles.stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, '  '));

    expect([fromFiles.code, fromAzure.code]).toEqual([0, 0]);
    expect(lines).toEqual(
      expect.arrayContaining([
        `${first.name}  shop  k8s-rbac-enabled  severity high → low`,
        `${first.name}  shop  managed-identity  exempt until 2027-01-31: old`,
        `${first.name}/user1  shop  node-public-ip  off`,
        `${second.name}  out of scope`,
      ]),
    );
    expect(lines.filter((line) => line.startsWith(first.name))).toHaveLength(3);
    expect(fromAzure.stdout).toContain(fromFiles.stdout.split('Cluster by cluster')[1]?.split('\n')[2] ?? 'nothing');
  });

  it('says which clusters could not be listed, and ends with 3', async () => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /managedClusters\?/, status: 403 });
    const file = await bench.file('b.json', { version: 1 });
    const { code, stderr } = await bench.run([
      'baseline',
      file,
      '--subscription',
      bench.world.subscriptions[0]?.id ?? '',
    ]);

    expect(code).toBe(3);
    expect(stderr).toMatch(/could not be listed \(forbidden\)/);
  });

  it.each([
    ['is missing', ['baseline'], /accepts the name of a file, or --init/],
    ['is not there', ['baseline', 'nowhere.yaml'], /nowhere\.yaml: ENOENT/],
  ])('ends with 2 when the file %s', async (_, args, told) => {
    const bench = await openBench();
    const { code, stderr } = await bench.run(args);

    expect([code, stderr]).toEqual([2, expect.stringMatching(told)]);
  });

  it('ends with 2 and names every problem when the file is wrong', async () => {
    const bench = await openBench();
    const file = await bench.file('b.json', { versoin: 1, checks: { 'node-image-old': {} } });
    const { code, stderr } = await bench.run(['baseline', file]);

    expect(code).toBe(2);
    expect(stderr).toContain('unknown key "versoin"; did you mean "version"?');
    expect(stderr).toContain('unknown check "node-image-old"; did you mean "node-image-');
  });
});

describe('aks-drift baseline --init', () => {
  /** Takes the sign away from every setting. */
  const switchedOn = (text: string): string => text.replaceAll(/^#(?! \S)/gm, '');

  it('writes a file that changes nothing, and that is still valid when all of it is switched on', async () => {
    const bench = await openBench();
    const cluster = clusterAt(bench.world, 0);
    cluster.properties.disableLocalAccounts = false;
    cluster.tags = { owner: 'shop' };
    const { code, stdout } = await bench.run([...SOME, await clustersFile(bench), '--init']);
    const asIs = await bench.run(['baseline', await bench.file('as-is.yaml', stdout)]);
    const on = await bench.run(['baseline', await bench.file('on.yaml', switchedOn(stdout))]);

    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^#  local-accounts-disabled: .*not so in ${cluster.name} \\(of 2\\)`, 'm'));
    expect(stdout).toContain('Tags on the clusters: owner (2), ');
    expect(asIs.stdout).toContain('It changes nothing');
    expect([on.stderr, on.code]).toEqual(['', 0]);
    expect(on.stdout).toContain('remediationDays.high');
  });

  it('writes to a file that is not there yet, and never over one that is', async () => {
    const bench = await openBench();
    const inputs = await clustersFile(bench);
    const file = join(bench.folder, 'new.yaml');
    const first = await bench.run([...SOME, inputs, '--init', '--', file]);
    const text = await readFile(file, 'utf8');
    const second = await bench.run([...SOME, inputs, '--init', '--', file]);

    expect([first.code, first.stdout]).toEqual([0, '']);
    expect(text).toContain('profile: standard');
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('EEXIST')]);
  });
});
