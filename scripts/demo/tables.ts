import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { AksComplianceRow, AksDriftRow, AksMonitorRunRow } from '../../shared/model/rows';

/** The rows that one run of the demo has sent. */
export interface RunRows {
  /** One row per EventId. */
  readonly events: readonly AksDriftRow[];
  readonly runs: readonly AksMonitorRunRow[];
}

/** The tables as they lie on disk, one JSON object per line. */
export class Tables {
  readonly #read = new Map<string, number>();

  constructor(readonly folder: string) {}

  /** Removes the rows of an earlier demo; other files stay. */
  async empty(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const old = (await readdir(this.folder)).filter((name) => name.endsWith('.jsonl'));
    await Promise.all(old.map((name) => rm(join(this.folder, name))));
  }

  /** The rows that were appended since this was last asked. */
  async appended(): Promise<RunRows> {
    const events = await this.#appendedTo<AksDriftRow>('AksDrift_CL');
    const distinct = new Map(events.map((event) => [event.EventId, event]));
    return { events: [...distinct.values()], runs: await this.#appendedTo<AksMonitorRunRow>('AksMonitorRun_CL') };
  }

  /** What is current: the newest row of each check on each subject, as the workbook asks for it. */
  async current(): Promise<AksComplianceRow[]> {
    const newest = new Map<string, AksComplianceRow>();
    for (const row of await this.#rows<AksComplianceRow>('AksCompliance_CL')) {
      const key = [row.Scan, row.SubscriptionId, row.ClusterId, row.NodePool, row.CheckId].join('|');
      if ((newest.get(key)?.ObservedAt ?? '') <= (row.ObservedAt ?? '')) {
        newest.set(key, row);
      }
    }
    return [...newest.values()].filter(({ Outcome }) => Outcome !== 'gone');
  }

  async #appendedTo<Row>(table: string): Promise<Row[]> {
    const rows = await this.#rows<Row>(table);
    const known = this.#read.get(table) ?? 0;
    this.#read.set(table, rows.length);
    return rows.slice(known);
  }

  async #rows<Row>(table: string): Promise<Row[]> {
    const text = await readFile(join(this.folder, `${table}.jsonl`), 'utf8').catch((error: unknown) => {
      // A table that has had no row yet has no file.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return '';
      }
      throw error;
    });
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Row);
  }
}
