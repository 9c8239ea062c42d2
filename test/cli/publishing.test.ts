import type { Fault } from '../../simulator';
import { clusterAt, fleet, HOUR, openBench, type Bench } from '../support/cli';

const SCAN = ['--scan', 'configuration'];

interface Refusal {
  readonly name: string;
  readonly fault: Fault;
}

const isUpload = ({ path }: { path: string }): boolean => path.includes('/dataCollectionRules/');

const REFUSALS: readonly Refusal[] = [
  { name: 'every upload: 403', fault: { match: isUpload, status: 403 } },
  { name: 'every upload: 413', fault: { match: isUpload, status: 413 } },
  { name: 'every upload: 500', fault: { match: isUpload, status: 500 } },
  { name: 'every upload: 503', fault: { match: isUpload, status: 503, headers: { 'Retry-After': '0' } } },
  { name: 'the token for the logs', fault: { match: /monitor\.azure\.com/, status: 400 } },
  { name: 'the events only', fault: { match: /AksDrift_CL/, status: 403 } },
  { name: 'the compliance rows only', fault: { match: /AksCompliance_CL/, status: 403 } },
  { name: 'the run rows only', fault: { match: /AksMonitorRun_CL/, status: 403 } },
];

async function benchWithDrift(): Promise<Bench> {
  const bench = await openBench();
  clusterAt(bench.world, 1).properties.disableLocalAccounts = false;
  await bench.firstRun(SCAN);
  clusterAt(bench.world, 0).properties.disableLocalAccounts = false;
  clusterAt(bench.world, 1).properties.disableLocalAccounts = true;
  return bench;
}

describe('rows that are refused', () => {
  it.each(REFUSALS)('are kept and sent by the next run under the same ids: $name', async ({ fault }) => {
    const bench = await benchWithDrift();
    bench.simulator.faults.push(fault);
    const refused = await bench.publish(SCAN);
    bench.simulator.faults.length = 0;
    bench.pass(HOUR);
    const next = await bench.publish(SCAN);

    expect([refused.code, next.code]).toEqual([4, 0]);
    expect(refused.stderr).toMatch(/rows of Aks\w+_CL were not taken/);
    const ids = bench.newRows('AksDrift_CL').map(({ EventId }) => EventId);
    expect(refused.report.events).toHaveLength(2);
    expect(ids.sort()).toEqual(refused.report.events.map(({ eventId }) => eventId).sort());
    expect(next.report.events).toEqual([]);
    expect(
      bench
        .newRows('AksCompliance_CL')
        .map(({ CheckId, Outcome }) => `${String(CheckId)} ${String(Outcome)}`)
        .sort(),
    ).toEqual(['local-accounts-disabled fail', 'local-accounts-disabled pass']);
    const runs = bench.newRows('AksMonitorRun_CL').map(({ StartedAt, Events }) => [StartedAt, Events]);
    expect(runs).toEqual([
      ['2026-11-24T10:00:00.000Z', 2],
      ['2026-11-24T11:00:00.000Z', 0],
    ]);
  });

  it('are not sent twice when nothing was refused, nor asked for again', async () => {
    const bench = await benchWithDrift();
    await bench.publish(SCAN);
    bench.skipRows();
    bench.simulator.requests.length = 0;
    bench.pass(HOUR);
    await bench.publish(SCAN);

    expect(bench.simulator.requests.filter(isUpload).map(({ path }) => /Aks\w+_CL/.exec(path)?.[0])).toEqual([
      'AksMonitorRun_CL',
    ]);
  });
});

describe('more rows than one upload takes', () => {
  it.each(['AksDrift_CL', 'AksCompliance_CL'] as const)(
    'keeps of %s exactly the chunk that was refused',
    async (table) => {
      const world = fleet({ clusters: 150, pools: 1 });
      Object.assign(world, { apiServers: {}, throttling: false });
      world.pageSizes.list = 1000;
      for (const { properties } of world.clusters) {
        Object.assign(properties, { disableLocalAccounts: false, autoUpgradeProfile: {}, addonProfiles: {} });
        properties.apiServerAccessProfile = { authorizedIPRanges: [] };
        properties.networkProfile = {};
      }
      const bench = await openBench(world);
      let count = 0;
      bench.simulator.faults.push({
        match: ({ path }) => {
          count += path.includes(table) ? 1 : 0;
          return path.includes(table) && count === 2;
        },
        ...{ times: 1, status: 403 },
      });
      const refused = await bench.publish(SCAN);
      const taken = bench.newRows(table);
      bench.pass(HOUR);
      const next = await bench.publish(SCAN);
      const late = bench.newRows(table);

      expect([refused.code, next.code]).toEqual([4, 0]);
      const all = table === 'AksDrift_CL' ? refused.report.events.length : refused.report.findings.length;
      const id = table === 'AksDrift_CL' ? 'EventId' : 'FindingId';
      expect(taken.length).toBeGreaterThan(0);
      expect(late.length).toBeGreaterThan(0);
      expect(taken.length + late.length).toBe(all);
      expect(new Set([...taken, ...late].map((row) => row[id])).size).toBe(all);
    },
  );
});

it('--publish without a place for the rows is wrong usage, before anything is asked', async () => {
  const bench = await openBench();
  const { code, stderr, stdout } = await bench.run(['scan', '--publish'], {
    AKS_DRIFT_LOGS_ENDPOINT: '',
    AKS_DRIFT_DCR_ID: '',
  });

  expect(code).toBe(2);
  expect(stderr).toContain('AKS_DRIFT_LOGS_ENDPOINT');
  expect([stdout, bench.simulator.requests]).toEqual(['', []]);
});
