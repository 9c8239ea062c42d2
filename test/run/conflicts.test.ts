import { BlobServiceClient } from '@azure/storage-blob';

import type { ScanOutcome } from '../../shared/run/report';
import { BlobStateStore } from '../../shared/state/blob-store';
import { DirectoryStateStore } from '../../shared/state/directory-store';
import { StateConflictError, type StateKey, type StateStore } from '../../shared/state/store';
import { startAzurite, type Azurite } from '../../simulator/azurite';
import { clusterAt, HOUR } from '../support/cli';
import { Listener, openScanner, type RunOptions, type Scanner } from './scanner';

type Between = () => Promise<unknown>;

/** Lets others do something between the run's reading of the state and its saves. */
class ContendedDirectory extends DirectoryStateStore {
  constructor(
    folder: string,
    /** One after each reading, or before each save, until there are no more. */
    private readonly between: Between[],
    private readonly when: 'fetch' | 'save' = 'fetch',
  ) {
    super(folder);
  }

  override async fetch(key: StateKey, file: string): Promise<string | null> {
    const version = await super.fetch(key, file);
    await (this.when === 'fetch' ? this.between.shift()?.() : undefined);
    return version;
  }

  override async save(key: StateKey, file: string, version: string | null): Promise<string> {
    await (this.when === 'save' ? this.between.shift()?.() : undefined);
    return super.save(key, file, version);
  }
}

class ContendedBlob extends BlobStateStore {
  constructor(
    connectionString: string,
    private readonly between: Between[],
  ) {
    super({ connectionString });
  }

  override async fetch(key: StateKey, file: string): Promise<string | null> {
    const version = await super.fetch(key, file);
    await this.between.shift()?.();
    return version;
  }
}

let azurite: Azurite;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.stop();
});

afterEach(async () => {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  await service.deleteContainer('aks-drift-state').catch((error: unknown) => error);
});

interface Stores {
  readonly plain: () => StateStore;
  readonly contended: (between: Between[]) => StateStore;
}

const STORES: readonly (readonly [name: string, stores: (scanner: Scanner) => Stores])[] = [
  [
    'a folder',
    ({ folder }) => ({
      plain: () => new DirectoryStateStore(folder),
      contended: (between) => new ContendedDirectory(folder, between),
    }),
  ],
  [
    'a blob container',
    () => ({
      plain: () => new BlobStateStore({ connectionString: azurite.connectionString }),
      contended: (between) => new ContendedBlob(azurite.connectionString, between),
    }),
  ],
];

/** Opens the local accounts of a cluster, or closes them. */
function setLocalAccounts({ world }: Scanner, index: number, on: boolean): void {
  clusterAt(world, index).properties.disableLocalAccounts = !on;
}

function ids(scanner: Scanner): { rows: number; distinct: number } {
  const rows = scanner.simulator.rows('AksDrift_CL').map(({ EventId }) => EventId);
  return { rows: rows.length, distinct: new Set(rows).size };
}

const CHECK = 'azure local-accounts-disabled';

describe.each(STORES)('a run that finds its state saved by another, in %s', (_, storesOf) => {
  it('starts again from the new state, and tells of what the other did not', async () => {
    const scanner = await openScanner();
    const { plain, contended } = storesOf(scanner);
    await scanner.firstRun({ store: plain() });
    const [first, second] = scanner.world.clusters.map(({ name }) => name);
    setLocalAccounts(scanner, 0, true);
    const told: string[][] = [];
    const between = async (): Promise<void> => {
      await scanner.run({ store: plain() });
      told.push(scanner.newEvents());
      setLocalAccounts(scanner, 0, false);
      setLocalAccounts(scanner, 1, true);
    };
    await scanner.run({ store: contended([between]) });
    told.push(scanner.newEvents());
    scanner.pass(HOUR);
    await scanner.run({ store: plain() });

    expect(told).toEqual([
      [`regressed ${CHECK} ${first ?? ''} -`],
      [`regressed ${CHECK} ${second ?? ''} -`, `resolved ${CHECK} ${first ?? ''} -`],
    ]);
    expect(scanner.newEvents()).toEqual([]);
    expect(ids(scanner)).toEqual({ rows: 3, distinct: 3 });
  });

  it('tells nothing twice when both see the same', async () => {
    const scanner = await openScanner();
    const { plain, contended } = storesOf(scanner);
    await scanner.firstRun({ store: plain() });
    setLocalAccounts(scanner, 0, true);
    await scanner.run({ store: contended([() => scanner.run({ store: plain() })]) });

    expect(scanner.newEvents()).toEqual([`regressed ${CHECK} ${clusterAt(scanner.world, 0).name} -`]);
    expect(scanner.newRows('AksMonitorRun_CL').map(({ Status, Events }) => [Status, Events])).toEqual([
      ['completed', 1],
      ['completed', 0],
    ]);
  });

  it('makes no first run of its own beside that of the other', async () => {
    const scanner = await openScanner();
    const { plain, contended } = storesOf(scanner);
    setLocalAccounts(scanner, 0, true);
    await scanner.run({ store: contended([() => scanner.run({ store: plain() })]) });

    expect(scanner.newEvents()).toEqual([
      `baseline firstRead local-accounts-disabled ${clusterAt(scanner.world, 0).name} -`,
    ]);
  });
});

describe('a run that loses the state to another', () => {
  it('after its events went out: they are the same events when they go again', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    setLocalAccounts(scanner, 0, true);
    const store = new ContendedDirectory(scanner.folder, [() => Promise.resolve(), () => scanner.run()], 'save');
    await scanner.run({ store });
    const { distinct } = ids(scanner);
    scanner.pass(HOUR);
    scanner.newEvents();
    await scanner.run();

    expect(distinct).toBe(1);
    expect(scanner.newEvents()).toEqual([]);
    expect((await scanner.state())?.header.pending).toBe(0);
  });

  it('tells its report only of what came of it', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    setLocalAccounts(scanner, 0, true);
    const observer = new Listener();
    await scanner.run({ observer, store: new ContendedDirectory(scanner.folder, [() => scanner.run()]) });
    const names = scanner.world.clusters.map(({ name }) => name);

    expect(observer.clusters.sort()).toEqual([...names].sort());
    expect(observer.told).toEqual([]);
  });

  it('four times in a row still ends', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    setLocalAccounts(scanner, 0, true);
    const outcome = await contend(scanner, 4);

    expect(outcome.status).toBe('completed');
    expect(scanner.newEvents()).toEqual([`regressed ${CHECK} ${clusterAt(scanner.world, 0).name} -`]);
  });

  it('five times in a row is given up, and leaves the state of the others', async () => {
    const scanner = await openScanner();
    await scanner.firstRun();
    setLocalAccounts(scanner, 0, true);

    const observer = new Listener();

    await expect(contend(scanner, 5, { observer })).rejects.toThrow(StateConflictError);
    expect([observer.clusters, observer.told]).toEqual([[], []]);
    expect(scanner.newRows('AksMonitorRun_CL')).toHaveLength(5);
    expect(scanner.newEvents()).toEqual([`regressed ${CHECK} ${clusterAt(scanner.world, 0).name} -`]);
    expect((await scanner.state())?.header.pending).toBe(0);
  });
});

/** A run during which others save so many times. */
function contend(scanner: Scanner, times: number, options: RunOptions = {}): Promise<ScanOutcome> {
  const between = Array.from({ length: times }, () => () => scanner.run());
  return scanner.run({ ...options, store: new ContendedDirectory(scanner.folder, between) });
}
