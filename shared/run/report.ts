import type { AksComplianceRow, AksDriftRow } from '../model/rows';
import type { Scan } from '../model/scan';
import type { Section, Unread, UnreadEntry } from '../model/snapshot';
import type { ClusterFacts } from '../model/state';

/** What one run learned about one cluster, or about the subscription (`facts` is null). */
export interface ClusterReport {
  readonly facts: ClusterFacts | null;
  /** False: its rows take its leave. */
  readonly isWatched: boolean;
  readonly nodePools: readonly string[];
  /** One row per check and subject, as the table would tell it; what leaves has the outcome `gone`. */
  readonly rows: readonly AksComplianceRow[];
  readonly unread: readonly Unread[];
  readonly reads: Readonly<Partial<Record<Section, string>>>;
}

/** Is told what happens while it happens, so that nobody has to hold all of it. */
export interface Observer {
  cluster(report: ClusterReport): void;
  events(rows: readonly AksDriftRow[], facts: ClusterFacts | null): void;
}

/** Holds back what it is told until it is known that the run counts: one that lost against another is run again. */
export class Withheld implements Observer {
  readonly #told: (() => void)[] = [];

  constructor(private readonly next: Observer) {}

  cluster(report: ClusterReport): void {
    this.#told.push(() => {
      this.next.cluster(report);
    });
  }

  events(rows: readonly AksDriftRow[], facts: ClusterFacts | null): void {
    this.#told.push(() => {
      this.next.events(rows, facts);
    });
  }

  release(): void {
    for (const tell of this.#told) {
      tell();
    }
  }
}

/** How a scan of one subscription ended. */
export interface ScanOutcome {
  readonly scan: Scan;
  readonly subscriptionId: string;
  readonly status: 'completed' | 'partial' | 'failed';
  readonly clusters: number;
  readonly unread: readonly UnreadEntry[];
  /** Why rows were not published; they are kept where there is a state. */
  readonly unpublished: readonly string[];
  /** Why the scan failed. */
  readonly failure: Error | null;
}

/** Counts for the run row, and gathers what could not be read: once per source and scope. */
export class Tally implements Observer {
  readonly counts = { clusters: 0, pass: 0, fail: 0, notApplicable: 0, unknown: 0, error: 0, events: 0 };
  readonly #unread = new Map<string, UnreadEntry>();

  constructor(private readonly next: Observer | null) {}

  get unread(): UnreadEntry[] {
    return [...this.#unread.values()];
  }

  add(unread: Unread, lastReadAt: string | null): void {
    const key = `${unread.source}|${unread.scope}`;
    const known = this.#unread.get(key);
    const newest = [known?.lastReadAt, lastReadAt].filter((at) => typeof at === 'string').sort();
    this.#unread.set(key, { ...unread, lastReadAt: newest.at(-1) ?? null });
  }

  cluster(report: ClusterReport): void {
    this.counts.clusters += report.facts === null || !report.isWatched ? 0 : 1;
    for (const { Outcome } of report.rows) {
      if (Outcome !== 'gone') {
        this.counts[Outcome as keyof Tally['counts']] += 1;
      }
    }
    for (const unread of report.unread) {
      this.add(unread, report.reads[unread.source] ?? null);
    }
    this.next?.cluster(report);
  }

  events(rows: readonly AksDriftRow[], facts: ClusterFacts | null): void {
    this.counts.events += rows.length;
    this.next?.events(rows, facts);
  }
}
