import '../support/realm';

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { gunzipSync } from 'node:zlib';

import { credentialOf } from '../../shared/collect/azure';
import type { Listing } from '../../shared/collect/clusters';
import { clustersFromFiles } from '../../shared/collect/input';
import { defaultBaseline } from '../../shared/config/baseline';
import { readSettings } from '../../shared/config/settings';
import type { AksDriftRow } from '../../shared/model/rows';
import type { Scan, ScanRequest } from '../../shared/model/scan';
import type { ClusterState, StateHeader } from '../../shared/model/state';
import type { ClusterReport, Observer, ScanOutcome } from '../../shared/run/report';
import { confirmReported, scanSubscription, type ScanServices, type ScanTask } from '../../shared/run/scan';
import { publisherOf } from '../../shared/run/wiring';
import { DirectoryStateStore } from '../../shared/state/directory-store';
import type { StateKey } from '../../shared/state/store';
import { startSimulator, type ArmBody, type Simulator, type World } from '../../simulator';
import { eventLine, fleet, HOUR, START, subscriptionAt, type Row, type Table } from '../support/cli';

/** What one run may do differently. */
export interface RunOptions extends Partial<Omit<ScanServices, 'settings'>>, Partial<Omit<ScanTask, 'request'>> {
  readonly scan?: Scan;
  readonly subscriptionId?: string;
  readonly listing?: ScanRequest['listing'];
  readonly environment?: Readonly<Record<string, string>>;
}

/** One simulated Azure and one state folder, with the run layer of this process between them. The clock stands until it is moved. */
export class Scanner {
  #now = START;
  #runs = 0;
  readonly #seen = new Map<Table, number>();
  /** The first of the world, as it was opened. */
  readonly subscriptionId: string;

  constructor(
    readonly simulator: Simulator,
    readonly folder: string,
    clock: (now: () => Date) => void,
  ) {
    clock(() => this.#now);
    this.subscriptionId = subscriptionAt(simulator.world, 0);
  }

  get world(): World {
    return this.simulator.world;
  }

  get now(): string {
    return this.#now.toISOString();
  }

  /** The settings of an installation that publishes and keeps its state in this folder. */
  get environment(): Readonly<Record<string, string>> {
    return this.simulator.environment;
  }

  pass(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }

  /** Moves the clock to a moment. */
  at(moment: string): void {
    this.#now = new Date(moment);
  }

  key(scan: Scan = 'configuration'): StateKey {
    return { scan, subscriptionId: this.subscriptionId };
  }

  run(options: RunOptions = {}): Promise<ScanOutcome> {
    return scanSubscription(...this.parts(options));
  }

  confirm(options: RunOptions = {}): Promise<void> {
    return confirmReported(...this.parts(options, false));
  }

  /** @param isNew false: once more for the run before. */
  parts(options: RunOptions, isNew = true): [task: ScanTask, services: ScanServices] {
    const { scan, environment, subscriptionName = null, input = null, clusterNames = null, retire = false } = options;
    this.#runs += isNew ? 1 : 0;
    // Two requests of one moment are two runs all the same.
    const requestedAt = new Date(this.#now.getTime() + this.#runs).toISOString();
    const settings = readSettings({ ...this.environment, ...environment }, 'cli');
    const credential = credentialOf(settings);
    const clock = (): Date => this.#now;
    const services: ScanServices = {
      ...{ settings, credential, clock, keepsState: true, asOf: null, observer: null, confirmAfter: 5, notice: null },
      ...{ baseline: defaultBaseline(), store: new DirectoryStateStore(this.folder) },
      publisher: publisherOf(settings, credential, clock),
    };
    const given = Object.entries(options).filter(([name]) => name in services);
    const { subscriptionId = this.subscriptionId, listing } = options;
    const request = { ...this.key(scan), subscriptionId, requestedAt, listing };
    return [
      { request, subscriptionName, input, clusterNames, retire },
      { ...services, ...(Object.fromEntries(given) as Partial<ScanServices>) },
    ];
  }

  /** A first run, an hour before the next, of which nothing counts as new afterwards. */
  async firstRun(options: RunOptions = {}): Promise<void> {
    const { status, failure } = await this.run(options);
    if (status !== 'completed') {
      throw new Error(`The first run ended ${status}.`, { cause: failure });
    }
    this.pass(HOUR);
    this.skip();
  }

  /** Nothing that was told or asked so far counts from now on. */
  skip(): void {
    (['AksDrift_CL', 'AksCompliance_CL', 'AksMonitorRun_CL'] as const).forEach((table) => this.newRows(table));
    this.simulator.requests.length = 0;
  }

  /** The rows that a table has taken since they were last asked for. */
  newRows(table: Table): Row[] {
    const rows = this.simulator.rows(table);
    const fresh = rows.slice(this.#seen.get(table) ?? 0);
    this.#seen.set(table, rows.length);
    return fresh;
  }

  /** The drift events that were published since they were last asked for; see `eventLine`. */
  newEvents(): string[] {
    return this.newRows('AksDrift_CL').map(eventLine).sort();
  }

  /** `METHOD path` of the requests to ARM since the last skip that match. */
  asked(pattern: RegExp): string[] {
    return this.simulator.requests
      .map(({ method, path }) => `${method} ${path}`)
      .filter((line) => line.startsWith('GET /subscriptions') && pattern.test(line));
  }

  /** Names of the clusters that were asked for one by one since the last skip. */
  gets(): string[] {
    return this.asked(/managedClusters\/[^/?]+\?/).map((line) => /managedClusters\/([^/?]+)/.exec(line)?.[1] ?? '');
  }

  /** What Azure's list holds now, as a file would. */
  listing(): Listing {
    const text = JSON.stringify({ value: this.world.clusters });
    return { clusters: clustersFromFiles([{ name: 'clusters.json', text }]), unread: null };
  }

  /** The stored state, header first; null when there is none. */
  async state(scan: Scan = 'configuration'): Promise<{ header: StateHeader; lines: ClusterState[] } | null> {
    const path = join(this.folder, this.subscriptionId, `${scan}.jsonl.gz`);
    const text = await readFile(path).then(
      (packed) => gunzipSync(packed).toString(),
      () => null,
    );
    if (text === null) {
      return null;
    }
    const [header, ...lines] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as StateHeader | ClusterState);
    return { header: header as StateHeader, lines: lines as ClusterState[] };
  }

  /** Every file below the state folder. */
  async files(): Promise<string[]> {
    const entries = await readdir(this.folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  }

  /** Refuses every upload until the returned function is called. @param after uploads that are still taken. */
  refuseUploads(after = 0): () => void {
    let uploads = 0;
    const fault = {
      match: ({ method, path }: { method: string; path: string }) => {
        if (method !== 'POST' || !path.startsWith('/dataCollectionRules/')) {
          return false;
        }
        uploads += 1;
        return uploads > after;
      },
      status: 403,
    };
    this.simulator.faults.push(fault);
    return () => {
      this.simulator.faults.splice(this.simulator.faults.indexOf(fault), 1);
    };
  }

  /** Answers the GETs of a cluster with this body in place of what the world holds. */
  answerGet({ name }: ArmBody, body: ArmBody): () => void {
    const fault = { match: new RegExp(`^GET .*/managedClusters/${name}\\?`), body: JSON.stringify(body) };
    this.simulator.faults.push(fault);
    return () => {
      this.simulator.faults.splice(this.simulator.faults.indexOf(fault), 1);
    };
  }

  async close(): Promise<void> {
    await this.simulator.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const CERTIFICATES = tls.getCACertificates('default');
const open = new Set<Scanner>();

afterEach(async () => {
  await Promise.all([...open].map((scanner) => scanner.close()));
  open.clear();
  tls.setDefaultCACertificates(CERTIFICATES);
});

/** Opens a scanner over a world, as whose managed identity this process acts; it closes when the test ends. */
export async function openScanner(world: World = fleet()): Promise<Scanner> {
  let now = (): Date => START;
  const folder = await mkdtemp(join(tmpdir(), 'aks-drift-run-test-'));
  const simulator = await startSimulator({ world, now: () => now() });
  tls.setDefaultCACertificates([...CERTIFICATES, simulator.caPem]);
  for (const name of ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER']) {
    process.env[name] = simulator.environment[name] ?? '';
  }
  const scanner = new Scanner(simulator, folder, (clock) => {
    now = clock;
  });
  open.add(scanner);
  return scanner;
}

/** Keeps what a run told, as a report does. */
export class Listener implements Observer {
  readonly clusters: string[] = [];
  readonly told: AksDriftRow[] = [];

  cluster({ facts }: ClusterReport): void {
    if (facts !== null) {
      this.clusters.push(facts.name);
    }
  }

  events(rows: readonly AksDriftRow[]): void {
    this.told.push(...rows);
  }
}

/** A copy that shares nothing. */
export function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Sets what a cluster says of its API server. */
export function setRanges({ properties }: ArmBody, ranges: unknown): void {
  Object.assign(properties.apiServerAccessProfile as object, { authorizedIPRanges: ranges });
}
