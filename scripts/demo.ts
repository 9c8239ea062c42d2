import { join, relative } from 'node:path';

import pc from 'picocolors';

import { CHANGES } from './demo/changes';
import { startCloud, type DemoCloud } from './demo/cloud';
import { demoFleet } from './demo/fleet';
import { eventLines, outcomeLine } from './demo/show';
import { Tables, type RunRows } from './demo/tables';
import { ROOT } from './generated';

export interface DemoOptions {
  /** Takes what is printed, line by line. */
  readonly out: (line: string) => void;
  /** Where the rows go that the monitor sends; rows of an earlier demo are removed. */
  readonly tablesDir: string;
  /** Names of changes that do not happen. */
  readonly leaveOut?: readonly string[];
  /** Ends the demo early, and cleans up. */
  readonly signal?: AbortSignal;
}

/** What each run has sent, as it was read from the tables on disk. */
export type DemoRuns = readonly [first: RunRows, second: RunRows, third: RunRows];

/**
 * Shows the monitor at work: a first run, things drift, a second run tells of them, a third has nothing to tell.
 * Everything that is printed about rows was read from the tables on disk.
 * @throws when a scan does not complete, or the third run is not quiet.
 */
export async function runDemo(options: DemoOptions): Promise<DemoRuns> {
  const { signal = new AbortController().signal } = options;
  signal.throwIfAborted();
  const now = new Date();
  const tables = new Tables(options.tablesDir);
  await tables.empty();
  const cloud = await startCloud(demoFleet(now), options.tablesDir);
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => {
    aborted.reject(signal.reason);
  };
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    return await Promise.race([tell(cloud, tables, options, now), aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
    await cloud.stop();
  }
}

async function tell(
  cloud: DemoCloud,
  tables: Tables,
  { out, leaveOut = [] }: DemoOptions,
  now: Date,
): Promise<DemoRuns> {
  const title = (text: string): void => {
    out('');
    out(pc.bold(text));
  };
  const { subscriptions, clusters } = cloud.world;
  out(pc.bold('AKS Drift Monitor, on a simulated Azure'));
  out(`${clusters.length} clusters in ${subscriptions.length} subscriptions; Azurite holds the queue and the state.`);

  title('Run 1: the baseline, what already fails when it is first seen');
  const first = await run(cloud, tables, out);
  showEvents(first, out);
  out(outcomeLine(await tables.current()));

  title('Meanwhile, in Azure');
  for (const change of CHANGES.filter(({ name }) => !leaveOut.includes(name))) {
    out(`  ${change.happen(cloud.world, now)}`);
  }

  title('Run 2: what drifted');
  out(pc.dim('Authorized ranges are known to flap: what changed in them is read again 15 seconds later.'));
  const second = await run(cloud, tables, out);
  showEvents(second, out);
  out(outcomeLine(await tables.current()));

  title('Run 3: nothing changed since');
  const third = await run(cloud, tables, out);
  showEvents(third, out);
  if (third.events.length > 0) {
    throw new Error(`Run 3 was to be quiet, and sent ${third.events.length} drift events.`);
  }

  title('Where it is');
  showPlaces(tables, await cloud.countStates(), out);
  return [first, second, third];
}

/** @throws unless every scan of the run completed. */
async function run(cloud: DemoCloud, tables: Tables, out: DemoOptions['out']): Promise<RunRows> {
  const startedAt = Date.now();
  const messages = await cloud.runAll();
  const rows = await tables.appended();
  const bad = rows.runs.filter(({ Status }) => Status !== 'completed');
  if (bad.length > 0 || rows.runs.length < messages) {
    const what = bad.map(({ Scan, SubscriptionId, Status, Message, Unread }) =>
      [Scan, SubscriptionId, Status, Message ?? JSON.stringify(Unread)].join(' '),
    );
    throw new Error(
      [`Of ${messages} scans ${rows.runs.length - bad.length} have a row that says "completed".`, ...what].join('\n'),
    );
  }
  const requests = rows.runs.reduce((sum, { ArmRequests }) => sum + (ArmRequests ?? 0), 0);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  out(pc.dim(`5 timers, ${messages} queue messages, ${requests} requests to ARM, ${seconds} s; every scan completed`));
  return rows;
}

function showEvents({ events }: RunRows, out: DemoOptions['out']): void {
  for (const line of events.length > 0 ? eventLines(events) : [pc.green('No drift event.')]) {
    out(line);
  }
  if (events.length > 0) {
    out(pc.bold(`${events.length} drift events`));
  }
}

function showPlaces({ folder }: Tables, states: number, out: DemoOptions['out']): void {
  const shown = (path: string): string => relative(process.cwd(), path).replaceAll('\\', '/');
  out(`The state was in Azurite: ${states} blobs in the container aks-drift-state. It ends with the demo.`);
  out(`The rows are in ${shown(folder)}, one JSON object per line, as the Logs Ingestion API took them.`);
  out('To look at the drift events:');
  const file = shown(join(folder, 'AksDrift_CL.jsonl'));
  const columns = `['Severity','ClusterName','NodePool','CheckId','Transition','Cause']`;
  out(`  node -e "console.table(fs.readFileSync('${file}','utf8').trim().split('\\n').map(JSON.parse), ${columns})"`);
}

async function main(): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The first asks it to clean up; the next ends the process at once.
    process.once(signal, () => {
      controller.abort(new Error(`It was stopped by ${signal}.`));
    });
  }
  const startedAt = Date.now();
  const out = (line: string): void => {
    console.log(line);
  };
  try {
    await runDemo({ out, tablesDir: join(ROOT, '.demo', 'tables'), signal: controller.signal });
    out(pc.dim(`Done in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`));
  } catch (error) {
    console.error(pc.red(`The demo failed: ${error instanceof Error ? error.message : String(error)}`));
    // What was under way when it failed may go on for a while, and nobody waits for it.
    process.exit(controller.signal.aborted ? 130 : 1);
  }
}

if (require.main === module) {
  void main();
}
