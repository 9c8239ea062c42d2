import { CATALOGUE } from '../../shared/checks';
import { cp, mkdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../simulator';
import { clusterAt, eventLine, HOUR, openBench, poolAt, subscriptionAt, type Bench, type Row } from '../support/cli';

const SCAN = ['--scan', 'configuration'];

/** Something regresses, something is put right, a pool comes. */
function drift(world: World): void {
  const [first, second] = [clusterAt(world, 0), clusterAt(world, 1)];
  first.properties.disableLocalAccounts = false;
  second.properties.disableLocalAccounts = true;
  second.properties.agentPoolProfiles = [
    poolAt(second, 0),
    poolAt(second, 1),
    { ...poolAt(second, 1), name: 'user2', enableNodePublicIP: true },
  ];
}

async function benchBeforeDrift(): Promise<Bench> {
  const bench = await openBench();
  clusterAt(bench.world, 1).properties.disableLocalAccounts = false;
  await bench.firstRun(SCAN);
  drift(bench.world);
  return bench;
}

/** Each event once, by its id: sending one again repeats the id. */
function distinct(rows: readonly Row[]): string[] {
  return [...new Map(rows.map((row) => [row.EventId, eventLine(row)])).values()].sort();
}

/** What the newest row says of each finding. */
function current(rows: readonly Row[]): string[] {
  return [
    ...new Map(rows.map((row) => [row.FindingId, [row.CheckId, row.NodePool, row.Outcome].join(' ')])).values(),
  ].sort();
}

/** Lets the k-th request hang, and kills the process there. */
async function killAt(bench: Bench, k: number, args: readonly string[]): Promise<number> {
  let count = 0;
  const running = bench.start(['scan', '--publish', '--state', bench.state, ...args]);
  const reached = new Promise<void>((resolve) => {
    bench.simulator.faults.push({
      match: () => {
        count += 1;
        if (count === k) {
          resolve();
        }
        return count === k;
      },
      hang: true,
      times: 1,
    });
  });
  await Promise.race([reached, running.ended]);
  running.kill();
  await running.ended;
  bench.simulator.faults.length = 0;
  return count;
}

const EXPECTED = [
  'baseline newSubject node-public-ip {b} user2',
  'nodePoolAppeared azure - {b} user2',
  'regressed azure local-accounts-disabled {a} -',
  'resolved azure local-accounts-disabled {b} -',
];

// Token, subscriptions, clusters, Kubernetes versions (a region each), token for the logs, events, compliance rows, run row.
const REQUESTS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The checks of the configuration scan that judge a new user pool. */
const JUDGE_USER_POOLS = CATALOGUE.filter(
  ({ scan, grain, onByDefault, isAbout }) =>
    scan === 'configuration' && grain === 'nodePool' && onByDefault && isAbout({ name: 'user2', mode: 'User' }),
).map(({ id }) => id);

describe('a process that is killed', () => {
  it('has as many requests as this file walks through', async () => {
    const bench = await benchBeforeDrift();
    await bench.publish(SCAN);

    expect(bench.simulator.requests.map(({ path }) => path.replace(/[?].*/, '').split('/').at(-1))).toEqual([
      ...['token', 'subscriptions', 'managedClusters', 'kubernetesVersions', 'token'],
      ...['Custom-AksDrift_CL', 'Custom-AksCompliance_CL', 'Custom-AksMonitorRun_CL'],
    ]);
  });

  it.each(REQUESTS)('loses and doubles no event when it dies in request %i of a run that finds drift', async (k) => {
    const bench = await benchBeforeDrift();
    const reached = await killAt(bench, k, SCAN);
    bench.pass(HOUR);
    const { code } = await bench.publish(SCAN);
    bench.pass(HOUR);
    const quiet = await bench.publish(SCAN);

    const [a, b] = [clusterAt(bench.world, 0).name, clusterAt(bench.world, 1).name];
    expect([reached, code, quiet.code]).toEqual([k, 0, 0]);
    expect(distinct(bench.newRows('AksDrift_CL'))).toEqual(
      EXPECTED.map((event) => event.replace('{a}', a).replace('{b}', b)).sort(),
    );
    const ofNewPool = JUDGE_USER_POOLS.map((check) => `${check} user2 ${check === 'node-public-ip' ? 'fail' : 'pass'}`);
    expect(current(bench.newRows('AksCompliance_CL'))).toEqual(
      ['local-accounts-disabled  fail', 'local-accounts-disabled  pass', ...ofNewPool].sort(),
    );
    expect(quiet.report.events).toEqual([]);
  });

  it.each(REQUESTS)('starts again as a first run when it dies in request %i of the very first', async (k) => {
    const bench = await openBench();
    clusterAt(bench.world, 1).properties.disableLocalAccounts = false;
    await killAt(bench, k, SCAN);
    bench.pass(HOUR);
    const { code, report } = await bench.publish(SCAN);

    expect(code).toBe(0);
    const rows = bench.newRows('AksDrift_CL');
    expect(rows.map(eventLine)).toContain(
      `baseline firstRead local-accounts-disabled ${clusterAt(bench.world, 1).name} -`,
    );
    expect(distinct(rows)).toHaveLength(1);
    expect(new Set(bench.newRows('AksCompliance_CL').map(({ FindingId }) => FindingId)).size).toBe(
      report.findings.length,
    );
  });

  it('tells with the next report of what a run without --publish could not print any more', async () => {
    const bench = await openBench();
    const args = ['--state', bench.state, ...SCAN];
    await bench.scan(args);
    bench.pass(HOUR);
    clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
    // The other scan holds the process while the first has saved.
    bench.simulator.faults.push({ match: /policyStates/, hang: true, times: 1 });
    const running = bench.start([
      'scan',
      '--format',
      'json',
      '--state',
      bench.state,
      '--scan',
      'configuration',
      'policy',
    ]);
    await untilSaved(bench);
    running.kill();
    await running.ended;
    bench.simulator.faults.length = 0;
    bench.pass(HOUR);
    const { report } = await bench.scan(args);

    expect(report.events.map(({ transition }) => transition)).toEqual(['regressed']);
  });
});

/** Waits until the state of the configuration scan knows of the failing check, and its run has ended. */
async function untilSaved(bench: Bench): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const texts = [...(await bench.states()).values()];
    if (texts.some((text) => text.includes('"lastChange":{'))) {
      // Saved for the first time; what follows in the same run takes milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 200));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The state was never saved.');
}

describe('what a killed process leaves in the state folder', () => {
  it.each([
    ['a lock that nobody has held for a minute', 60_000],
    ['a lock of a moment ago', 0],
  ])('does not stop the next run: %s', async (_, age) => {
    const bench = await benchBeforeDrift();
    const lock = join(bench.state, subscriptionAt(bench.world, 0), 'configuration.jsonl.gz.lock');
    await mkdir(lock);
    const then = new Date(Date.now() - age);
    await utimes(lock, then, then);
    const { code } = await bench.publish(SCAN);

    expect(code).toBe(0);
    expect(bench.newEvents()).toHaveLength(EXPECTED.length);
  });

  it('does not stop the next run: half a file that was to become the state', async () => {
    const bench = await benchBeforeDrift();
    const path = join(bench.state, subscriptionAt(bench.world, 0), 'configuration.jsonl.gz');
    await cp(path, `${path}.incoming`);
    const { code } = await bench.publish(SCAN);

    expect(code).toBe(0);
    expect(bench.newEvents()).toHaveLength(EXPECTED.length);
  });
});

describe('two runs at once over one state folder', () => {
  it.each(['the first run', 'a run that finds drift'])(
    'both end, and no event is lost or doubled: %s',
    async (name) => {
      const bench = name === 'the first run' ? await openBench() : await benchBeforeDrift();
      bench.world.throttling = false;
      if (name === 'the first run') {
        clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
      }
      const runs = await Promise.all([bench.publish(SCAN), bench.publish(SCAN), bench.publish(SCAN)]);
      const told = bench.newRows('AksDrift_CL');
      bench.pass(HOUR);
      const after = await bench.publish(SCAN);

      expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
      const lines = distinct(told);
      expect(new Set(lines).size).toBe(lines.length);
      expect(lines).toHaveLength(name === 'the first run' ? 1 : EXPECTED.length);
      expect([after.code, bench.newEvents()]).toEqual([0, []]);
      const states = [...(await bench.states()).values()];
      expect(states).toHaveLength(1);
      expect(states.flatMap((text) => text.trim().split('\n')).map((line) => typeof JSON.parse(line))).toEqual([
        ...['object', 'object', 'object', 'object'],
      ]);
    },
  );
});
