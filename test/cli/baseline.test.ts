import { clusterAt, DAY, HOUR, openBench, poolAt, type Bench } from '../support/cli';

const CHECK = 'local-accounts-disabled';

/** Policy states grow old by themselves, which is another story. */
const SCANS = ['--scan', 'configuration', 'node-images'];

interface Exempt {
  readonly check: string;
  readonly reason: string;
  readonly expiresOn: string;
}

interface File {
  readonly checks?: Record<string, object>;
  readonly exemptions?: readonly Exempt[];
}

/** A cluster that fails in one check and one of whose pools fails in another, known without a baseline file. */
async function benchWithHistory(): Promise<{ bench: Bench; name: string }> {
  const bench = await openBench();
  const cluster = clusterAt(bench.world, 0);
  cluster.properties.disableLocalAccounts = false;
  poolAt(cluster, 1).enableNodePublicIP = true;
  await bench.firstRun(SCANS);
  return { bench, name: cluster.name };
}

/** Publishes under a baseline file, an hour later each time; that the file changed is told once per subscription, and left out here. */
async function under(bench: Bench, file: File): Promise<string[]> {
  const path = await bench.file('baseline.json', { version: 1, ...file });
  const { code, stderr } = await bench.publish([...SCANS, '--baseline', path]);
  if (code !== 0) {
    throw new Error(`Exit ${code}: ${stderr}`);
  }
  bench.pass(HOUR);
  return bench.newEvents().filter((event) => !event.startsWith('baselineChanged'));
}

const until = (expiresOn: string): File => ({ exemptions: [{ check: CHECK, reason: 'migration', expiresOn }] });

describe('a check that is switched off', () => {
  it('is retired once per finding that failed, and a first read when it is on again', async () => {
    const { bench, name } = await benchWithHistory();
    const off = { checks: { [CHECK]: { enabled: false } } };

    expect(await under(bench, off)).toEqual([`retired expectation ${CHECK} ${name} -`]);
    const gone = bench
      .newRows('AksCompliance_CL')
      .map(({ CheckId, Outcome }) => `${String(CheckId)} ${String(Outcome)}`);
    expect(gone).toEqual([`${CHECK} gone`, `${CHECK} gone`]);
    expect(await under(bench, off)).toEqual([]);
    expect(await under(bench, {})).toEqual([`baseline firstRead ${CHECK} ${name} -`]);
  });
});

describe('other parameters', () => {
  it('are the cause of what they change', async () => {
    const bench = await openBench();
    const { name } = clusterAt(bench.world, 0);
    for (const cluster of bench.world.clusters.slice(1)) {
      cluster.properties.agentPoolProfiles = [];
    }
    await bench.firstRun(SCANS);
    const strict = { checks: { 'node-image-age': { params: { linuxDays: 3 } } } };

    expect(await under(bench, strict)).toEqual([
      `regressed expectation node-image-age ${name} system`,
      `regressed expectation node-image-age ${name} user1`,
    ]);
    expect(await under(bench, {})).toEqual([
      `resolved expectation node-image-age ${name} system`,
      `resolved expectation node-image-age ${name} user1`,
    ]);
  });

  it('are no event where nothing changes', async () => {
    const { bench } = await benchWithHistory();

    expect(await under(bench, { checks: { 'node-image-age': { params: { linuxDays: 20 } } } })).toEqual([]);
  });
});

describe('another severity', () => {
  it('gives no event and stands in the rows', async () => {
    const { bench } = await benchWithHistory();

    expect(await under(bench, { checks: { [CHECK]: { severity: 'critical' } } })).toEqual([]);
    const rows = bench.newRows('AksCompliance_CL').filter(({ Outcome }) => Outcome === 'fail');
    expect(rows.map(({ CheckId, Severity }) => `${String(CheckId)} ${String(Severity)}`)).toEqual([
      `${CHECK} critical`,
    ]);
  });
});

describe('an exemption', () => {
  it('starts once, expires when its last day is over, and marks the rows', async () => {
    const { bench, name } = await benchWithHistory();
    const file = until('2026-11-25');

    expect(await under(bench, file)).toEqual([`exemptionStarted expectation ${CHECK} ${name} -`]);
    expect(
      bench
        .newRows('AksCompliance_CL')
        .map(({ CheckId, Exempt, ExemptionReason }) => [CheckId, Exempt, ExemptionReason]),
    ).toEqual(bench.world.clusters.map(() => [CHECK, true, 'migration']));
    bench.pass(DAY);
    expect(await under(bench, file)).toEqual([]);
    bench.pass(DAY);
    expect(await under(bench, file)).toEqual([`exemptionExpired time ${CHECK} ${name} -`]);
    expect(await under(bench, file)).toEqual([]);
    const flags = bench.simulator
      .rows('AksDrift_CL')
      .filter(({ Transition }) => String(Transition).startsWith('exemption'))
      .map(({ Transition, Exempt }) => [Transition, Exempt]);
    expect(flags).toEqual([
      ['exemptionStarted', true],
      ['exemptionExpired', false],
    ]);
  });

  it('that is withdrawn ends by expectation', async () => {
    const { bench, name } = await benchWithHistory();
    await under(bench, until('2026-12-31'));

    expect(await under(bench, {})).toEqual([`exemptionExpired expectation ${CHECK} ${name} -`]);
  });

  it('that was prolonged in time ends nothing', async () => {
    const { bench } = await benchWithHistory();
    await under(bench, until('2026-11-25'));
    bench.pass(DAY);

    expect(await under(bench, until('2027-01-31'))).toEqual([]);
  });

  it('of what does not fail is no event', async () => {
    const { bench } = await benchWithHistory();
    const exemptions = [{ check: 'k8s-rbac-enabled', reason: 'none', expiresOn: '2026-12-31' }];

    expect(await under(bench, { exemptions })).toEqual([]);
  });

  it('is told with the daily rows of a scan that could not read', async () => {
    const { bench, name } = await benchWithHistory();
    await under(bench, until('2026-11-24'));
    bench.skipRows();
    bench.simulator.faults.push({ match: /managedClusters\?/, status: 403 });
    bench.pass(DAY);
    const path = await bench.file('baseline.json', { version: 1, ...until('2026-11-24') });
    await bench.publish([...SCANS, '--baseline', path]);

    expect(bench.newEvents()).toEqual([`exemptionExpired time ${CHECK} ${name} -`]);
  });
});

it('a clock alone gives events of cause time only', async () => {
  const bench = await openBench();
  await bench.firstRun();
  bench.pass(90 * DAY);
  await bench.publish();
  const causes = new Set(bench.newRows('AksDrift_CL').map(({ Cause }) => Cause));

  expect([...causes]).toEqual(['time']);
});
