import type { AksDriftRow, Table } from '../model/rows';
import type { ClusterState } from '../model/state';
import { chunksOf } from '../publish/chunks';
import type { Publisher } from '../publish/logs';

/** Lines are sent together until their rows would fill about one chunk; only these are in memory. */
const BATCH_BYTES = 900_000;

/** And no more lines than these at a time, also when they have nothing to send. */
const BATCH_LINES = 100;

/** After so many refusals in a row the place for the rows is taken to be down, and asked no more in this run. */
const REFUSALS_IN_A_ROW = 2;

/** Where the rows of the outboxes go. */
export interface Outlet {
  /** @returns the rows that were not confirmed, in order: they stay in the outbox. */
  send<Row extends object>(table: Table, rows: readonly Row[]): Promise<Row[]>;
}

/** Publishes chunk by chunk, and remembers what was refused. */
export class Sender implements Outlet {
  readonly problems: string[] = [];
  #refusals = 0;

  constructor(private readonly publisher: Publisher) {}

  async send<Row extends object>(table: Table, rows: readonly Row[]): Promise<Row[]> {
    const kept: Row[] = [];
    for (const chunk of chunksOf(rows)) {
      if (!(await this.#isConfirmed(table, chunk))) {
        kept.push(...chunk);
      }
    }
    return kept;
  }

  async #isConfirmed(table: Table, chunk: readonly object[]): Promise<boolean> {
    if (this.#refusals >= REFUSALS_IN_A_ROW) {
      return false;
    }
    try {
      await this.publisher.upload(table, chunk);
      this.#refusals = 0;
      return true;
    } catch (error) {
      this.#refusals += 1;
      this.problems.push(error instanceof Error ? error.message : String(error));
      return false;
    }
  }
}

/** For runs that do not publish: events that were reported are confirmed; all else waits for a run that publishes. */
export class ReportOutlet implements Outlet {
  /** @param runIds the runs whose events were reported. */
  constructor(private readonly runIds: readonly string[]) {}

  send<Row extends object>(table: Table, rows: readonly Row[]): Promise<Row[]> {
    if (table !== 'AksDrift_CL') {
      return Promise.resolve([...rows]);
    }
    return Promise.resolve(rows.filter((row) => !this.runIds.includes((row as AksDriftRow).RunId ?? '')));
  }
}

/** Sends the outboxes of all lines and hands on the lines with what was not confirmed; what has nothing more to tell is dropped. */
export async function* sendOutboxes(lines: AsyncIterable<ClusterState>, outlet: Outlet): AsyncGenerator<ClusterState> {
  let batch: ClusterState[] = [];
  let bytes = 0;
  for await (const line of lines) {
    batch.push(line);
    bytes += pendingBytes(line);
    if (bytes >= BATCH_BYTES || batch.length >= BATCH_LINES) {
      yield* await sendBatch(batch, outlet);
      batch = [];
      bytes = 0;
    }
  }
  yield* await sendBatch(batch, outlet);
}

async function sendBatch(batch: readonly ClusterState[], outlet: Outlet): Promise<ClusterState[]> {
  const events = new Set(
    await outlet.send(
      'AksDrift_CL',
      batch.flatMap((line) => line.events),
    ),
  );
  const rows = new Set(
    await outlet.send(
      'AksCompliance_CL',
      batch.flatMap((line) => Object.values(line.owed)),
    ),
  );
  return batch
    .map((line) => ({
      ...line,
      events: line.events.filter((event) => events.has(event)),
      owed: Object.fromEntries(Object.entries(line.owed).filter(([, row]) => rows.has(row))),
    }))
    .filter((line) => !line.gone || pendingRows(line) > 0);
}

/** Rows in the outbox of a line. */
export function pendingRows(line: Pick<ClusterState, 'events' | 'owed'>): number {
  return line.events.length + Object.keys(line.owed).length;
}

function pendingBytes({ events, owed }: ClusterState): number {
  return pendingRows({ events, owed }) === 0 ? 0 : Buffer.byteLength(JSON.stringify([events, owed]));
}
