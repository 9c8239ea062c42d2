import { CATALOGUE } from '../../shared/checks';
import { readBaseline } from '../../shared/config/baseline';
import type { Baseline } from '../../shared/model/baseline';
import { SCANS, type Scan } from '../../shared/model/scan';
import { clusterAt, DAY, fleet, HOUR, poolAt, type Row } from '../support/cli';
import { openScanner, type Scanner } from './scanner';

const CHECK = 'local-accounts-disabled';
const OFF = { disableLocalAccounts: false };
const ON = { disableLocalAccounts: true };

const FAILS = { outcome: 'fail', observed: OFF };
const PASSES = { outcome: 'pass', observed: ON };

/** One cluster with one system pool and one other, known from a first run with these properties. */
async function known(properties: object = {}, scan: Scan = 'configuration'): Promise<Scanner> {
  const scanner = await openScanner(fleet({ clusters: 1 }));
  scanner.world.throttling = false;
  set(scanner, properties);
  await scanner.firstRun({ scan });
  return scanner;
}

function set(scanner: Scanner, properties: object): void {
  Object.assign(clusterAt(scanner.world, 0).properties, properties);
}

function baseline(content: object): Baseline {
  return readBaseline(JSON.stringify({ version: 1, ...content }), 'test', CATALOGUE, []);
}

function until(expiresOn: string): Baseline {
  return baseline({ exemptions: [{ check: CHECK, reason: 'migration', expiresOn, approvedBy: 'CISO' }] });
}

/** A drift event with both sides, and who is to blame. */
function eventOf(row: Row): object {
  const side = (outcome: unknown, observed: unknown): object | null =>
    outcome === null ? null : { outcome, observed };
  return {
    told: [row.Transition, row.CheckId, row.NodePool].filter((part) => typeof part === 'string').join(' '),
    cause: row.Cause,
    before: side(row.OutcomeBefore, row.ValueBefore),
    now: side(row.OutcomeNow, row.ValueNow),
    severity: row.Severity,
    exempt: row.Exempt,
    by: row.ChangedBy,
  };
}

/** An event about the check of most of these stories, which has one severity and is nobody's doing unless said. */
function event(told: string, cause: string, before: object, now: object, exempt = false): object {
  return { told: `${told} ${CHECK}`, cause, before, now, severity: 'high', exempt, by: null };
}

/** Runs once and gives what was told of findings, an hour before the next run. */
async function told(scanner: Scanner, options: Parameters<Scanner['run']>[0] = {}): Promise<object[]> {
  const { status, failure } = await scanner.run(options);
  if (status === 'failed') {
    throw new Error(`The run ended ${status}.`, { cause: failure });
  }
  scanner.pass(HOUR);
  return scanner
    .newRows('AksDrift_CL')
    .filter(({ Transition }) => Transition !== 'baselineChanged')
    .map(eventOf);
}

it('fails, cannot be read because its value is of the wrong kind, and passes: resolved once, from what was known', async () => {
  const scanner = await known(OFF);
  set(scanner, { disableLocalAccounts: 'yes' });
  const unread = await told(scanner);
  const row = scanner.newRows('AksCompliance_CL').find(({ CheckId }) => CheckId === CHECK);
  set(scanner, ON);

  expect(unread).toEqual([]);
  expect(row).toMatchObject({ Outcome: 'unknown', Reason: 'invalid', LastOutcome: 'fail' });
  expect(await told(scanner)).toEqual([event('resolved', 'azure', FAILS, PASSES)]);
});

it('is exempt, fixed, fails again while it is exempt, and expires', async () => {
  const scanner = await known(OFF);
  const file = { baseline: until('2026-11-25') };

  expect(await told(scanner, file)).toEqual([event('exemptionStarted', 'expectation', FAILS, FAILS, true)]);
  set(scanner, ON);
  expect(await told(scanner, file)).toEqual([event('resolved', 'azure', FAILS, PASSES, true)]);
  set(scanner, OFF);
  expect(await told(scanner, file)).toEqual([event('regressed', 'azure', PASSES, FAILS, true)]);
  scanner.at('2026-11-25T23:59:59.999Z');
  expect(await told(scanner, file)).toEqual([]);
  scanner.at('2026-11-26T00:00:00.000Z');
  expect(await told(scanner, file)).toEqual([event('exemptionExpired', 'time', FAILS, FAILS)]);
  expect(await told(scanner, file)).toEqual([]);
});

it('is exempt on Monday and expires on Tuesday: the rows of every finding say so', async () => {
  const scanner = await known(OFF);
  const file = { baseline: until('2026-11-30') };
  const rowsOf = (): object[] => scanner.newRows('AksCompliance_CL').filter(({ CheckId }) => CheckId === CHECK);
  const fails = { Outcome: 'fail', LastOutcome: 'fail' };
  const isExempt = {
    ...{ ...fails, Exempt: true, ExemptionReason: 'migration', ExemptionApprovedBy: 'CISO' },
    ExemptionExpiresOn: '2026-11-30T23:59:59.999Z',
  };
  const isNot = { ...fails, Exempt: false, ExemptionReason: null, ExemptionApprovedBy: null, ExemptionExpiresOn: null };

  scanner.at('2026-11-30T08:00:00Z');
  expect(await told(scanner, file)).toEqual([event('exemptionStarted', 'expectation', FAILS, FAILS, true)]);
  expect(rowsOf()).toMatchObject([{ ...isExempt, LastChange: { transition: 'exemptionStarted' } }]);
  scanner.at('2026-11-30T23:59:59.999Z');
  expect([await told(scanner, file), rowsOf()]).toEqual([[], []]);
  scanner.at('2026-12-01T00:00:00Z');
  expect(await told(scanner, file)).toEqual([event('exemptionExpired', 'time', FAILS, FAILS)]);
  expect(rowsOf()).toMatchObject([{ ...isNot, LastChange: { transition: 'exemptionExpired', cause: 'time' } }]);
  expect([await told(scanner, file), rowsOf()]).toEqual([[], []]);
});

it('is judged by another parameter: the expectation is the cause of what that changes, and nobody did it', async () => {
  const scanner = await known({}, 'node-images');
  const observed = await imagesIn(scanner);
  const strict = {
    scan: 'node-images',
    baseline: baseline({ checks: { [AGE]: { params: { linuxDays: 3 } } } }),
  } as const;
  const change = (transition: string, before: string, now: string): object[] =>
    ['system', 'user1'].map((pool) => ({
      ...{ told: `${transition} ${AGE} ${pool}`, cause: 'expectation', exempt: false, by: null },
      before: { outcome: before, observed: observed[pool] },
      now: { outcome: now, observed: observed[pool] },
      severity: transition === 'regressed' ? 'medium' : 'high',
    }));

  expect(await told(scanner, strict)).toEqual(change('regressed', 'pass', 'fail'));
  expect(await told(scanner, strict)).toEqual([]);
  expect(await told(scanner, { scan: 'node-images' })).toEqual(change('resolved', 'fail', 'pass'));
});

const AGE = 'node-image-age';

/** What the check of image ages shows of each pool. */
async function imagesIn(scanner: Scanner): Promise<Record<string, unknown>> {
  const state = await scanner.state('node-images');
  const entries = (state?.lines ?? []).flatMap((line) => Object.values(line.entries));
  const ours = entries.filter(({ checkId }) => checkId === AGE);
  return Object.fromEntries(ours.map(({ nodePool, observed }) => [nodePool ?? '', observed]));
}

describe('an image that nobody renews', () => {
  /** Days after the newest image at the start of the clock, which is of 20 November. */
  const aged = (scanner: Scanner, days: number): Promise<object[]> => {
    scanner.at(new Date(Date.parse('2026-11-20T12:00:00Z') + days * DAY).toISOString());
    return ofAges(scanner);
  };

  async function ofAges(scanner: Scanner): Promise<object[]> {
    await scanner.run({ scan: 'node-images' });
    return scanner
      .newRows('AksDrift_CL')
      .filter(({ CheckId }) => CheckId === AGE)
      .map(eventOf);
  }

  /** One pool only, so that each stage is one event. */
  async function onePool(): Promise<Scanner> {
    const scanner = await openScanner(fleet({ clusters: 1, pools: 1 }));
    poolAt(clusterAt(scanner.world, 0), 0).nodeImageVersion = 'AKSAzureLinux-V3gen2-202611.20.0';
    return scanner;
  }

  const observed = { nodeImageVersion: 'AKSAzureLinux-V3gen2-202611.20.0', date: '2026-11-20' };
  const failing = { outcome: 'fail', observed };
  const stage = (transition: string, cause: string, severity: string, before: object | null): object => ({
    ...{ told: `${transition} ${AGE} system`, cause, before, now: failing, severity, exempt: false, by: null },
  });

  it('regresses after 30 days and worsens after 60, both by time, and is resolved by whoever renews it', async () => {
    const scanner = await onePool();

    expect(await aged(scanner, 4)).toEqual([]);
    expect(await aged(scanner, 30)).toEqual([]);
    expect(await aged(scanner, 31)).toEqual([stage('regressed', 'time', 'medium', { outcome: 'pass', observed })]);
    expect(await aged(scanner, 60)).toEqual([]);
    expect(await aged(scanner, 61)).toEqual([stage('worsened', 'time', 'high', failing)]);
    expect(await aged(scanner, 300)).toEqual([]);

    poolAt(clusterAt(scanner.world, 0), 0).nodeImageVersion = 'AKSAzureLinux-V3gen2-202709.10.0';
    const renewed = { nodeImageVersion: 'AKSAzureLinux-V3gen2-202709.10.0', date: '2027-09-10' };
    expect(await aged(scanner, 301)).toEqual([
      {
        ...stage('resolved', 'azure', 'high', failing),
        now: { outcome: 'pass', observed: renewed },
      },
    ]);
  });

  it('is a baseline where it was too old when it was first read, and worsens all the same', async () => {
    const scanner = await onePool();

    expect(await aged(scanner, 40)).toEqual([stage('baseline', 'firstRead', 'medium', null)]);
    expect(await aged(scanner, 61)).toEqual([stage('worsened', 'time', 'high', failing)]);
  });

  it('worsens although it is exempt, and is then still exempt', async () => {
    const scanner = await onePool();
    const file = { baseline: baseline({ exemptions: [{ check: AGE, reason: 'freeze', expiresOn: '2027-12-31' }] }) };
    scanner.at('2026-12-30T12:00:00Z');
    await scanner.run({ scan: 'node-images', ...file });
    scanner.at('2027-01-20T12:00:00Z');
    await scanner.run({ scan: 'node-images', ...file });
    const events = scanner.newRows('AksDrift_CL').filter(({ CheckId }) => CheckId === AGE);
    const [row] = scanner
      .newRows('AksCompliance_CL')
      .filter(({ CheckId }) => CheckId === AGE)
      .slice(-1);

    expect(events.map(eventOf)).toEqual([
      { ...stage('baseline', 'firstRead', 'medium', null), exempt: true },
      stage('worsened', 'time', 'high', failing),
    ]);
    expect(row).toMatchObject({ Severity: 'high', Exempt: true, ExemptionReason: 'freeze' });
  });
});

describe('a cluster that is stopped every night', () => {
  const EVERYTHING = SCANS.map((scan) => ({ scan }));

  async function runAll(scanner: Scanner): Promise<void> {
    // Azure Policy goes on judging a cluster that is stopped.
    for (const state of scanner.world.policyStates) {
      state.timestamp = new Date(Date.parse(scanner.now) - HOUR).toISOString();
    }
    for (const options of EVERYTHING) {
      await scanner.run(options);
    }
  }

  function power(scanner: Scanner, code: 'Running' | 'Stopped', provisioningState: string): void {
    const cluster = clusterAt(scanner.world, 0);
    set(scanner, { powerState: { code }, provisioningState });
    [0, 1].forEach((index) => Object.assign(poolAt(cluster, index), { powerState: { code }, provisioningState }));
    for (const apiServer of Object.values(scanner.world.apiServers)) {
      apiServer.behaviour = code === 'Running' ? 'serving' : 'refusing';
    }
  }

  it('gives no event, and keeps what failed', async () => {
    const scanner = await openScanner(fleet({ clusters: 1 }));
    scanner.world.throttling = false;
    set(scanner, OFF);
    poolAt(clusterAt(scanner.world, 0), 1).nodeImageVersion = 'AKSAzureLinux-V3gen2-202610.01.0';
    await runAll(scanner);
    const first = scanner.newEvents();
    scanner.skip();
    const nights: string[][] = [];
    for (const evening of ['2026-11-24T22:00:00Z', '2026-11-25T22:00:00Z', '2026-11-26T22:00:00Z']) {
      scanner.at(evening);
      power(scanner, 'Running', 'Stopping');
      await runAll(scanner);
      scanner.pass(HOUR);
      power(scanner, 'Stopped', 'Succeeded');
      await runAll(scanner);
      nights.push(
        scanner
          .newRows('AksCompliance_CL')
          .filter(({ CheckId, NodePool }) => CheckId === AGE && NodePool === 'user1')
          .map(({ Outcome, Reason, LastOutcome }) => [Outcome, Reason, LastOutcome].join(' ')),
      );
      scanner.pass(7 * HOUR);
      power(scanner, 'Stopped', 'Starting');
      await runAll(scanner);
      scanner.pass(HOUR);
      power(scanner, 'Running', 'Succeeded');
      await runAll(scanner);
    }

    expect(first.filter((line) => line.includes(AGE))).toEqual([
      `baseline firstRead ${AGE} ${clusterAt(scanner.world, 0).name} user1`,
    ]);
    expect(scanner.newEvents()).toEqual([]);
    expect(nights.map((rows) => rows.at(-1))).toEqual(Array(3).fill('notApplicable stopped fail'));
  });
});
