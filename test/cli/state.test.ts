import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { clusterAt, fleet, openBench, subscriptionAt, type Bench } from '../support/cli';

const SCAN = ['--scan', 'configuration'];

const DAMAGES: readonly (readonly [string, (good: Buffer) => Buffer])[] = [
  ['an empty file', () => Buffer.alloc(0)],
  ['no gzip', () => Buffer.from('{"version":1}')],
  ['gzip of no JSON', () => gzipSync('not json\n')],
  ['cut in its header', (good) => good.subarray(0, 20)],
  ['cut in the middle', (good) => good.subarray(0, Math.floor(good.length * 0.7))],
  ['cut before its last bytes', (good) => good.subarray(0, good.length - 4)],
  ['a last line that is no JSON', (good) => gzipSync(gunzipSync(good).toString().replace(/\}\n$/, 'oops\n'))],
  ['a newer version', (good) => gzipSync(gunzipSync(good).toString().replace('"version":1', '"version":2'))],
];

/** Two subscriptions with a state, of which that of the first is damaged. */
async function damagedBench(damage: (good: Buffer) => Buffer): Promise<{ bench: Bench; path: string; bytes: Buffer }> {
  const world = fleet({ subscriptions: 2 });
  world.subscriptions.sort((a, b) => (a.id < b.id ? -1 : 1));
  const bench = await openBench(world);
  await bench.firstRun(SCAN);
  const path = join(bench.state, subscriptionAt(world, 0), 'configuration.jsonl.gz');
  const bytes = damage(await readFile(path));
  await writeFile(path, bytes);
  world.clusters.forEach(({ properties }) => (properties.disableLocalAccounts = false));
  return { bench, path, bytes };
}

describe('a state that cannot be read', () => {
  it.each(DAMAGES)('is never overwritten, ends with 2, and stops nobody else: %s', async (_, damage) => {
    const { bench, path, bytes } = await damagedBench(damage);
    const { code, stderr, report } = await bench.publish(SCAN);

    expect(code).toBe(2);
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect(stderr).toMatch(new RegExp(`${subscriptionAt(bench.world, 0)}.configuration.*(damaged|version 2)`));
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(report.subscriptions.map(({ status }) => status)).toEqual(['failed', 'completed']);
    expect(bench.newRows('AksDrift_CL').map(({ SubscriptionId, Transition }) => [SubscriptionId, Transition])).toEqual([
      [subscriptionAt(bench.world, 1), 'regressed'],
      [subscriptionAt(bench.world, 1), 'regressed'],
    ]);
    const runs = bench.newRows('AksMonitorRun_CL').map(({ Status, Message }) => `${String(Status)} ${String(Message)}`);
    expect(runs.sort()).toEqual(['completed null', expect.stringMatching(/^failed .*(damaged|version 2)/)]);
  });

  it('says why also with --quiet', async () => {
    const { bench } = await damagedBench(() => gzipSync('not json\n'));
    const { code, stderr } = await bench.publish([...SCAN, '--quiet']);

    expect(code).toBe(2);
    expect(stderr).toMatch(/damaged/);
  });

  it('is one whose folder is a file', async () => {
    const bench = await openBench();
    const file = await bench.file('taken', 'a file');
    const { code, stderr } = await bench.run(['scan', '--state', file]);

    expect(stderr).toContain(file);
    expect(stderr).not.toMatch(/^ {4}at /m);
    expect(code).toBe(2);
  });
});

it('a state is one line of JSON for its header, one for the subscription and one per cluster', async () => {
  const bench = await openBench();
  await bench.firstRun();
  const states = await bench.states();

  expect([...states.keys()]).toEqual(
    ['certificates', 'configuration', 'defender', 'node-images', 'policy'].map(
      (scan) => `${subscriptionAt(bench.world, 0)}/${scan}.jsonl.gz`,
    ),
  );
  for (const text of states.values()) {
    const [header, ...lines] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { key?: string });
    expect(header).toMatchObject({ version: 1, pending: 0, runs: [] });
    expect(lines.map(({ key }) => key)).toEqual(
      ['', clusterAt(bench.world, 0).id.toLowerCase(), clusterAt(bench.world, 1).id.toLowerCase()].sort(),
    );
  }
});
