import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { lock } from 'proper-lockfile';

import { CATALOGUE } from '../../shared/checks';
import { ATTESTABLE_ITEMS } from '../../shared/checks/attestation';
import { credentialOf } from '../../shared/collect/azure';
import { readBaseline } from '../../shared/config/baseline';
import { readSettings } from '../../shared/config/settings';
import type { Baseline } from '../../shared/model/baseline';
import type { Table } from '../../shared/model/rows';
import { SCANS, type Scan, type ScanRequest } from '../../shared/model/scan';
import { prepareDrill } from '../../shared/run/drill';
import { overdueRows } from '../../shared/run/requests';
import { scanSubscription, type ScanServices } from '../../shared/run/scan';
import { publisherOf } from '../../shared/run/wiring';
import { DirectoryStateStore } from '../../shared/state/directory-store';
import type { StoredState } from '../../shared/state/store';
import { startSimulator, type Simulator } from '../../simulator';
import { enterAzure } from '../demo/enter-azure';
import { ROOT } from '../generated';
import { monthFleet } from './fleet';
import { everyDay, STORY, type Stage } from './story';

const HOUR_MS = 3_600_000;

const MONTH_START = new Date('2026-10-26T00:00:00Z');

const DAYS = 30;

/** The last moment of the month, after its last runs. */
export const MONTH_END = new Date(MONTH_START.getTime() + DAYS * 24 * HOUR_MS - HOUR_MS);

/** Rows by table, as Log Analytics holds them: oldest first, `TimeGenerated` is when they were sent. */
export type MonthRows = Readonly<Record<Table, readonly Record<string, unknown>[]>>;

/** Hours of the day, UTC. The configuration is read every other hour, so that a month takes a minute. */
const HOURS: Readonly<Record<Scan, readonly number[]>> = {
  configuration: [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22],
  'node-images': [0, 12],
  certificates: [4],
  policy: [0, 6, 12, 18],
  defender: [0, 6, 12, 18],
};

/** The app settings that say the same. */
const SCHEDULES = Object.fromEntries(
  Object.entries(HOURS).map(([scan, hours]) => [
    `AKS_DRIFT_SCHEDULE_${scan.toUpperCase().replaceAll('-', '_')}`,
    `0 0 ${hours.join(',')} * * *`,
  ]),
);

/** What the baseline file in force says beyond baseline.yaml. */
const BASELINES: Readonly<Record<Stage['baseline'], string>> = {
  usual: '',
  weaker: `checks: { local-accounts-disabled: { severity: low, enabled: false } }
overrides: [{ match: { cluster: aks-data-004 }, checks: { node-os-upgrade-channel: { enabled: false } } }]
`,
  renewed: `  - check: node-public-ip
    match: { cluster: aks-payments-005 }
    reason: The partner's firewall is moved in January.
    expiresOn: 2027-01-31
    approvedBy: Head of platform
`,
};

/** Where the rows of the month are kept. */
const KEPT = join(ROOT, 'node_modules/.cache/aks-drift-month');

/** What the month's rows come from. */
const SOURCES = ['shared/**/*.*', 'simulator/**/*.*', 'infra/schema/*.json', 'scripts/{month,demo}/*.*'];

/**
 * The rows that the product writes in a month of the simulated Azure: its own code, over HTTPS, on a clock that leaps.
 * They are kept beside the packages until a source changes.
 */
export async function simulatedMonth(): Promise<MonthRows> {
  const name = `${hashOfSources()}.json`;
  await mkdir(KEPT, { recursive: true });
  // Whoever asks meanwhile waits for a quarter of an hour at most.
  const release = await lock(KEPT, { stale: 60_000, retries: { retries: 900, factor: 1, minTimeout: 1000 } });
  try {
    if (!existsSync(join(KEPT, name))) {
      const rows = await liveMonth();
      // One month is many megabytes; those of older sources are of no use.
      await rm(KEPT, { recursive: true });
      await mkdir(KEPT);
      await writeFile(join(KEPT, `${name}.new`), JSON.stringify(rows));
      await rename(join(KEPT, `${name}.new`), join(KEPT, name));
    }
    return JSON.parse(await readFile(join(KEPT, name), 'utf8')) as MonthRows;
  } finally {
    await release();
  }
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of globSync(SOURCES, { cwd: ROOT }).sort()) {
    hash.update(file).update(readFileSync(join(ROOT, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function liveMonth(): Promise<MonthRows> {
  const folder = await mkdtemp(join(tmpdir(), 'aks-drift-month-'));
  let now = MONTH_START;
  const { world, later } = monthFleet(now);
  const simulator = await startSimulator({ world, now: () => now });
  const leave = enterAzure(simulator);
  try {
    const drill: Stage['drill'] = async (step) => {
      const settings = readSettings({ ...simulator.environment, AKS_DRIFT_NOW: now.toISOString() }, 'cli');
      await (await prepareDrill(settings))[step]();
    };
    const stage: Stage = { ...{ world, later, now, drill, baseline: 'usual', silent: false }, stuck: null };
    const month = new Month(simulator, stage, folder);
    for (; now <= MONTH_END; now = new Date(now.getTime() + 2 * HOUR_MS)) {
      await month.live(now);
    }
    const rows = (table: Table): MonthRows[Table] => simulator.rows(table);
    return {
      AksCompliance_CL: rows('AksCompliance_CL'),
      AksDrift_CL: rows('AksDrift_CL'),
      AksMonitorRun_CL: rows('AksMonitorRun_CL'),
    };
  } finally {
    leave();
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The functions of the month, as timers and queue would start them. */
class Month {
  readonly #settings;
  readonly #services: ScanServices;
  readonly #states = new Map<string, StoredState>();
  readonly #baselines = {
    usual: baselineOf(BASELINES.usual),
    weaker: baselineOf(BASELINES.weaker),
    renewed: baselineOf(BASELINES.renewed),
  };

  constructor(
    simulator: Simulator,
    private readonly stage: Stage,
    folder: string,
  ) {
    this.#settings = readSettings({ ...simulator.environment, AKS_DRIFT_CHANGED_BY: 'name' }, 'cli');
    const credential = credentialOf(this.#settings);
    const clock = (): Date => this.stage.now;
    this.#services = {
      ...{ settings: this.#settings, credential, clock, baseline: this.#baseline, notice: null },
      ...{ store: new DirectoryStateStore(folder), publisher: publisherOf(this.#settings, credential, clock) },
      ...{ keepsState: true, asOf: null, observer: null, confirmAfter: 0 },
    };
  }

  get #baseline(): Baseline {
    return this.#baselines[this.stage.baseline];
  }

  /** What happens at an hour, and the scans that are due then. */
  async live(now: Date): Promise<void> {
    const { stage } = this;
    stage.now = now;
    const day = 1 + Math.floor((now.getTime() - MONTH_START.getTime()) / (24 * HOUR_MS));
    const hour = now.getUTCHours();
    if (hour === 0) {
      everyDay(stage);
    }
    for (const { happen } of STORY.filter((each) => each.day === day && each.hour === hour)) {
      await happen(stage);
    }
    for (const scan of stage.silent ? [] : SCANS.filter((each) => HOURS[each].includes(hour))) {
      await this.#scanAll(scan);
    }
  }

  async #scanAll(scan: Scan): Promise<void> {
    const { world, now } = this.stage;
    const listed = world.subscriptions.map(({ id }) => id);
    if (scan === 'configuration') {
      const states = [...this.#states.values()].filter(({ subscriptionId }) => listed.includes(subscriptionId));
      const rows = overdueRows(this.#settings, { environment: SCHEDULES }, states, now);
      await this.#services.publisher?.upload('AksMonitorRun_CL', rows);
    }
    const known = [...this.#states.values()].filter((state) => state.scan === scan);
    for (const subscriptionId of new Set([...listed, ...known.map((state) => state.subscriptionId)])) {
      if (scan !== this.stage.stuck || subscriptionId !== world.subscriptions[1]?.id) {
        await this.#scan(scan, subscriptionId);
      }
    }
  }

  /** What the hourly timer would say of a subscription. */
  #listingOf(scan: Scan, subscriptionId: string): Pick<ScanRequest, 'listing'> {
    const { world, later } = this.stage;
    if (scan !== 'configuration') {
      return {};
    }
    if (!world.subscriptions.some(({ id }) => id === subscriptionId)) {
      return { listing: 'missing' };
    }
    return subscriptionId === later.subscription.id ? { listing: 'new' } : {};
  }

  async #scan(scan: Scan, subscriptionId: string): Promise<void> {
    const { now } = this.stage;
    const request = { scan, subscriptionId, requestedAt: now.toISOString(), ...this.#listingOf(scan, subscriptionId) };
    const task = { request, subscriptionName: null, input: null, clusterNames: null, retire: false };
    const { unpublished, status, failure } = await scanSubscription(task, {
      ...this.#services,
      baseline: this.#baseline,
    });
    if (unpublished.length > 0) {
      throw new Error(`Rows of ${scan} were not published: ${unpublished.join('; ')}`);
    }
    // Only a subscription that is gone fails in this story; anything else would be kept as rows of a month of failures.
    if (failure !== null && this.stage.world.subscriptions.some(({ id }) => id === subscriptionId)) {
      throw failure;
    }
    const listedAt = status === 'failed' ? null : now;
    this.#states.set(`${scan}|${subscriptionId}`, { scan, subscriptionId, savedAt: now, listedAt });
  }
}

function baselineOf(more: string): Baseline {
  const text = readFileSync(join(__dirname, 'baseline.yaml'), 'utf8');
  return readBaseline(text + more, 'scripts/month/baseline.yaml', CATALOGUE, ATTESTABLE_ITEMS);
}
