import type { TokenCredential } from '@azure/core-auth';
import { isAggregateLogsUploadError, LogsIngestionClient } from '@azure/monitor-ingestion';

import type { Table } from '../model/rows';
import { fitted } from './chunks';

/** Where rows go. A chunk is confirmed as a whole or not at all. */
export interface Publisher {
  /** @param rows at most one chunk. @throws when the rows are not confirmed, naming why. */
  upload(table: Table, rows: readonly object[]): Promise<void>;
}

export interface LogsTarget {
  readonly endpoint: string;
  /** Immutable id of the data collection rule. */
  readonly dcrId: string;
  readonly audience: string;
}

/** Sends rows through the Logs Ingestion API, one call a chunk. */
export class LogsPublisher implements Publisher {
  readonly #client: LogsIngestionClient;

  constructor(
    private readonly target: LogsTarget,
    credential: TokenCredential,
    private readonly now: () => Date,
  ) {
    this.#client = new LogsIngestionClient(target.endpoint, credential, { audience: target.audience });
  }

  /** No signal is handed on: an upload that is aborted between its requests would report success. */
  async upload(table: Table, rows: readonly object[]): Promise<void> {
    const TimeGenerated = this.now().toISOString();
    const sent = rows.map((row) => ({ TimeGenerated, ...fitted(row) }));
    try {
      await this.#client.upload(this.target.dcrId, `Custom-${table}`, sent);
    } catch (error) {
      throw new Error(`${rows.length} rows of ${table} were not taken: ${whyRefused(error)}`, { cause: error });
    }
  }
}

/** The message of the SDK's aggregate is of no use; its causes are. */
function whyRefused(error: unknown): string {
  const cause: unknown = isAggregateLogsUploadError(error) ? error.errors[0]?.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
