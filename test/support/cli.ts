import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ArmBody, Simulator, World } from '../../simulator';
import { generatedFleet, poolsOf, startSimulator } from '../../simulator';
import { reportSchema, type ReportV1 } from '../cli/report-v1';

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js');

/** Where the clock of every bench starts. */
export const START = new Date('2026-11-24T09:00:00Z');

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

type Environment = Readonly<Record<string, string>>;

/** How a call of the CLI ended. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A call that goes on. */
export interface Running {
  readonly ended: Promise<Ended>;
  readonly kill: () => void;
  /** Resolves when standard error holds it; never, when the call ends before. */
  readonly says: (pattern: RegExp) => Promise<void>;
  /** As Ctrl-C does. */
  readonly interrupt: () => void;
}

/** What a scan with `--format json` told. */
export interface Scanned extends Ended {
  readonly report: ReportV1;
}

export type Table = 'AksDrift_CL' | 'AksCompliance_CL' | 'AksMonitorRun_CL';
export type Row = Record<string, unknown>;

/** One simulated Azure, one state folder, and the built CLI in front of both. The clock stands still until it is moved. */
export class Bench {
  #now = START;
  readonly #seen = new Map<Table, number>();
  readonly #children = new Set<ChildProcess>();

  constructor(
    readonly simulator: Simulator,
    /** Everything that this bench may leave behind. */
    readonly folder: string,
    clock: (now: () => Date) => void,
  ) {
    clock(() => this.#now);
  }

  get world(): World {
    return this.simulator.world;
  }

  get state(): string {
    return join(this.folder, 'state');
  }

  /** Where the CLI makes its temporary files. */
  get temporary(): string {
    return join(this.folder, 'tmp');
  }

  get now(): Date {
    return this.#now;
  }

  pass(milliseconds: number): void {
    this.#now = new Date(this.#now.getTime() + milliseconds);
  }

  start(args: readonly string[], environment: Environment = {}): Running {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: this.folder,
      env: {
        ...this.simulator.environment,
        PATH: process.env.PATH,
        HOME: this.folder,
        TMPDIR: this.temporary,
        AKS_DRIFT_NOW: this.#now.toISOString(),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    return {
      ended: endOf(child),
      kill: () => child.kill('SIGKILL'),
      says: (pattern) => heard(child, pattern),
      interrupt: () => child.kill('SIGINT'),
    };
  }

  run(args: readonly string[], environment: Environment = {}): Promise<Ended> {
    return this.start(args, environment).ended;
  }

  /** Scans, and holds what is printed against version 1 of the JSON output. */
  async scan(args: readonly string[] = [], environment: Environment = {}): Promise<Scanned> {
    return reported(await this.run(['scan', '--format', 'json', ...args], environment));
  }

  /** As the functions do it: with state, publishing what is found. */
  publish(args: readonly string[] = [], environment: Environment = {}): Promise<Scanned> {
    return this.scan(['--publish', '--state', this.state, ...args], environment);
  }

  /** A first run, an hour before the next, of which nothing counts as new afterwards. */
  async firstRun(args: readonly string[] = [], environment: Environment = {}): Promise<void> {
    const { code, stderr } = await this.publish(args, environment);
    if (code !== 0) {
      throw new Error(`The first run ended with ${code}: ${stderr}`);
    }
    this.pass(HOUR);
    this.skipRows();
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

  skipRows(): void {
    (['AksDrift_CL', 'AksCompliance_CL', 'AksMonitorRun_CL'] as const).forEach((table) => this.newRows(table));
  }

  /** Adds a file to the folder of the bench. @returns its path. */
  async file(name: string, content: unknown): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** Every state by its path below the state folder, unzipped. */
  async states(): Promise<Map<string, string>> {
    const files = await readdir(this.state, { recursive: true });
    const states = files.filter((file) => file.endsWith('.jsonl.gz')).sort();
    const texts = states.map(async (file) => gunzipSync(await readFile(join(this.state, file))).toString());
    return new Map((await Promise.all(texts)).map((text, index) => [states[index] ?? '', text]));
  }

  async close(): Promise<void> {
    this.#children.forEach((child) => child.kill('SIGKILL'));
    await this.simulator.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const open = new Set<Bench>();

afterEach(async () => {
  await Promise.all([...open].map((bench) => bench.close()));
  open.clear();
});

/** Opens a bench over a world; it closes when the test ends. */
export async function openBench(world: World = fleet()): Promise<Bench> {
  if (!existsSync(CLI)) {
    throw new Error('dist/cli.js is missing: run `npm run build` first.');
  }
  let now = (): Date => START;
  const folder = await mkdtemp(join(tmpdir(), 'aks-drift-cli-test-'));
  await mkdir(join(folder, 'tmp'));
  const simulator = await startSimulator({ world, now: () => now() });
  const bench = new Bench(simulator, folder, (clock) => {
    now = clock;
  });
  open.add(bench);
  return bench;
}

/** Well-configured clusters, current at the start of the clock. */
export function fleet({ subscriptions = 1, clusters = 2, pools = 2 } = {}): World {
  return generatedFleet({
    subscriptions,
    clustersPerSubscription: clusters,
    poolsPerCluster: pools,
    now: START,
  });
}

/** The report that a call has printed. @throws when standard output is anything but one JSON value of version 1. */
export function reported(ended: Ended): Scanned {
  try {
    return { ...ended, report: reportSchema.parse(JSON.parse(ended.stdout)) };
  } catch (error) {
    throw new Error(
      `Exit ${ended.code}, and standard output is no report: ${String(error)}\n${ended.stdout.slice(0, 500)}\n${ended.stderr}`,
      { cause: error },
    );
  }
}

/** A drift event as tests name it: `transition cause check cluster pool`; `-` where there is none. */
export function eventLine(row: Row): string {
  return [row.Transition, row.Cause, row.CheckId, row.ClusterName, row.NodePool]
    .map((part) => (typeof part === 'string' ? part : '-'))
    .join(' ');
}

/** The cluster at an index of the world. */
export function clusterAt(world: World, index: number): ArmBody {
  return itemAt(world.clusters, index);
}

/** A node pool of a cluster, by index. */
export function poolAt(cluster: ArmBody, index: number): Row {
  return itemAt(poolsOf(cluster), index);
}

export function subscriptionAt(world: World, index: number): string {
  return itemAt(world.subscriptions, index).id;
}

/** The item at an index; throws when there is none, so that tests need no assertions on undefined. */
export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) {
    throw new Error(`There is no item ${index} among ${items.length}.`);
  }
  return item;
}

function heard(child: ChildProcess, pattern: RegExp): Promise<void> {
  let text = '';
  return new Promise((resolve) => {
    child.stderr?.on('data', (part: string) => {
      text += part;
      if (pattern.test(text)) {
        resolve();
      }
    });
  });
}

async function endOf(child: ChildProcess): Promise<Ended> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...texts };
}
