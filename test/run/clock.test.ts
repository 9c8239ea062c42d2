import { SCANS } from '../../shared/model/scan';
import { clusterAt, DAY, fleet, poolAt } from '../support/cli';
import { openScanner, type Scanner } from './scanner';

/** A fleet in which something fails in several scans. */
async function fleetWithFailures(): Promise<Scanner> {
  const scanner = await openScanner(fleet());
  const cluster = clusterAt(scanner.world, 0);
  cluster.properties.disableLocalAccounts = false;
  poolAt(cluster, 1).enableNodePublicIP = true;
  scanner.world.throttling = false;
  return scanner;
}

/** One run of every scan; how many rows each table took. */
async function runAll(scanner: Scanner): Promise<{ events: number; findings: number; runs: number }> {
  for (const scan of SCANS) {
    await scanner.run({ scan });
  }
  return {
    events: scanner.newRows('AksDrift_CL').length,
    findings: scanner.newRows('AksCompliance_CL').length,
    runs: scanner.newRows('AksMonitorRun_CL').length,
  };
}

describe('the same Azure', () => {
  it('at the same clock gives no event and no row of a finding again', async () => {
    const scanner = await fleetWithFailures();
    const first = await runAll(scanner);

    expect(first.events).toBeGreaterThan(0);
    expect(await runAll(scanner)).toEqual({ events: 0, findings: 0, runs: SCANS.length });
  });

  it.each<[string, string, boolean]>([
    ['the last moment of the UTC day', '2026-11-24T23:59:59.999Z', false],
    ['the first moment of the next', '2026-11-25T00:00:00.000Z', true],
    ['the first moment of the next year', '2027-01-01T00:00:00.000Z', true],
  ])('gives every row of a finding once a UTC day: %s', async (_, moment, isNewDay) => {
    const scanner = await fleetWithFailures();
    const { findings } = await runAll(scanner);
    scanner.at(moment);
    const then = await runAll(scanner);
    const again = await runAll(scanner);

    expect([then.findings, again.findings]).toEqual([isNewDay ? findings : 0, 0]);
  });

  it('gives no row of a finding twice for a clock that went back within the day', async () => {
    const scanner = await fleetWithFailures();
    await runAll(scanner);
    scanner.at('2026-11-24T08:00:00Z');

    expect(await runAll(scanner)).toEqual({ events: 0, findings: 0, runs: SCANS.length });
  });

  it.each([1, 30, 90, 400])('%i days later gives events of cause time only, and each once', async (days) => {
    const scanner = await fleetWithFailures();
    await runAll(scanner);
    scanner.skip();
    scanner.pass(days * DAY);
    for (const scan of SCANS) {
      await scanner.run({ scan });
    }
    const told = scanner.newRows('AksDrift_CL');
    scanner.skip();

    expect(told.filter(({ Cause }) => Cause !== 'time')).toEqual([]);
    expect(await runAll(scanner)).toEqual({ events: 0, findings: 0, runs: SCANS.length });
  });
});
