import { runScan, type Host } from '../../shared/run/hosted';
import { SWITCHED_OFF } from '../../shared/run/look';
import { blobStoreOf } from '../../shared/run/wiring';
import { startAzurite } from '../../simulator/azurite';
import { clusterAt, fleet, HOUR, poolAt } from '../support/cli';
import { openScanner, type Scanner } from './scanner';

const OFF = { retire: true } as const;

/** One cluster of which two findings fail, known from a first run. */
async function failing(): Promise<Scanner> {
  const scanner = await openScanner(fleet({ clusters: 1 }));
  clusterAt(scanner.world, 0).properties.disableLocalAccounts = false;
  poolAt(clusterAt(scanner.world, 0), 1).enableNodePublicIP = true;
  await scanner.firstRun();
  return scanner;
}

function about(scanner: Scanner, told: string): string[] {
  const { name } = clusterAt(scanner.world, 0);
  return [`${told} local-accounts-disabled ${name} -`, `${told} node-public-ip ${name} user1`];
}

describe('a scan that is switched off', () => {
  it('is retired once per finding that failed, with a last row for every finding, and leaves no state', async () => {
    const scanner = await failing();
    const known = scanner.simulator.rows('AksCompliance_CL').map(({ FindingId }) => FindingId);
    await scanner.run(OFF);
    const rows = scanner.newRows('AksCompliance_CL');

    expect(scanner.newEvents()).toEqual(about(scanner, 'retired expectation'));
    expect(rows.map(({ FindingId }) => FindingId).sort()).toEqual([...known].sort());
    expect([...new Set(rows.map(({ Outcome }) => Outcome))]).toEqual(['gone']);
    expect(await scanner.files()).toEqual([]);
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([
      { Status: 'completed', Events: 2, Message: SWITCHED_OFF },
    ]);
  });

  it('asks nothing of Azure', async () => {
    const scanner = await failing();
    await scanner.run(OFF);

    expect(scanner.asked(/./)).toEqual([]);
  });

  it('has nothing more to say a second time', async () => {
    const scanner = await failing();
    await scanner.run(OFF);
    scanner.skip();
    await scanner.run(OFF);

    expect([scanner.newEvents(), scanner.newRows('AksCompliance_CL'), await scanner.files()]).toEqual([[], [], []]);
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([
      { Status: 'completed', Events: 0, Message: SWITCHED_OFF },
    ]);
  });

  it('is a first read when it is on again', async () => {
    const scanner = await failing();
    await scanner.run(OFF);
    scanner.skip();
    scanner.pass(HOUR);
    await scanner.run();

    expect(scanner.newEvents()).toEqual(about(scanner, 'baseline firstRead'));
  });

  it('keeps its state while its farewell is refused, and sends it once', async () => {
    const scanner = await failing();
    const allow = scanner.refuseUploads();
    await scanner.run(OFF);
    scanner.pass(HOUR);
    await scanner.run(OFF);
    const kept = await scanner.state();
    allow();
    scanner.pass(HOUR);
    await scanner.run(OFF);
    const told = scanner.newRows('AksDrift_CL');

    expect(kept?.lines.flatMap(({ events }) => events)).toHaveLength(2);
    expect(told.map(({ Transition }) => Transition)).toEqual(['retired', 'retired']);
    expect(new Set(told.map(({ EventId }) => EventId)).size).toBe(2);
    expect(await scanner.files()).toEqual([]);
    expect(scanner.newRows('AksMonitorRun_CL')).toHaveLength(3);
  });

  it('is a first read when it is on again before its farewell went out', async () => {
    const scanner = await failing();
    const allow = scanner.refuseUploads();
    await scanner.run(OFF);
    allow();
    scanner.pass(HOUR);
    await scanner.run();

    expect(scanner.newEvents()).toEqual([
      ...about(scanner, 'baseline firstRead'),
      ...about(scanner, 'retired expectation'),
    ]);
    expect((await scanner.state())?.header).toMatchObject({ firstRunAt: scanner.now, pending: 0 });
  });

  it('is a first read when it is on again and neither the farewell nor the first read went out at first', async () => {
    const scanner = await failing();
    const allow = scanner.refuseUploads();
    await scanner.run(OFF);
    scanner.pass(HOUR);
    await scanner.run();
    allow();
    scanner.pass(HOUR);
    await scanner.run();
    const rows = scanner.newRows('AksCompliance_CL');

    expect(scanner.newEvents()).toEqual([
      ...about(scanner, 'baseline firstRead'),
      ...about(scanner, 'retired expectation'),
    ]);
    expect(rows.filter(({ Outcome }) => Outcome === 'gone')).toEqual([]);
    expect(new Set(rows.map(({ FindingId }) => FindingId)).size).toBe(rows.length);
  });

  it('leaves no state either when there is nothing to take leave of', async () => {
    const scanner = await openScanner(fleet({ clusters: 0 }));
    await scanner.firstRun();
    const known = await scanner.files();
    await scanner.run(OFF);

    expect([known, await scanner.files()]).toEqual([['configuration.jsonl.gz'], []]);
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([{ Status: 'completed', Events: 0 }]);
  });

  it('takes no leave of a subscription of which nothing is known', async () => {
    const scanner = await openScanner();
    await scanner.run(OFF);

    expect([await scanner.files(), scanner.newEvents()]).toEqual([[], []]);
    expect(scanner.newRows('AksMonitorRun_CL')).toMatchObject([{ Status: 'completed', Clusters: 0 }]);
  });

  it('takes leave only of itself', async () => {
    const scanner = await failing();
    await scanner.run({ scan: 'policy' });
    await scanner.run({ scan: 'policy', ...OFF });

    expect(await scanner.files()).toEqual(['configuration.jsonl.gz']);
  });
});

describe('a subscription that is excluded', () => {
  it('is retired by the functions, leaves no blob, and is a first read when it is included again', async () => {
    const azurite = await startAzurite();
    const scanner = await openScanner(fleet({ clusters: 1 }));
    clusterAt(scanner.world, 0).properties.disableLocalAccounts = false;
    scanner.at(new Date().toISOString());
    const storage = { AzureWebJobsStorage: azurite.connectionString };
    const scan = async (more: Host['environment'] = {}): Promise<string[]> => {
      const host = { environment: { ...scanner.environment, ...storage, ...more }, log: () => undefined };
      await runScan({ ...scanner.key(), requestedAt: new Date().toISOString() }, host);
      return scanner.newEvents();
    };
    const states = async (): Promise<number> =>
      (await Array.fromAsync(blobStoreOf({ connectionString: azurite.connectionString }).list())).length;
    const off = { AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: scanner.subscriptionId.toUpperCase() };
    const told = [await scan(), await states(), await scan(off), await states(), await scan(off), await scan()];
    await azurite.stop();
    const { name } = clusterAt(scanner.world, 0);

    expect(told).toEqual([
      ...[[`baseline firstRead local-accounts-disabled ${name} -`], 1],
      ...[[`retired expectation local-accounts-disabled ${name} -`], 0, []],
      [`baseline firstRead local-accounts-disabled ${name} -`],
    ]);
  });
});
