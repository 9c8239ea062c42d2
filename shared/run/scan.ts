import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TokenCredential } from '@azure/core-auth';

import { CATALOGUE } from '../checks';
import { attestationChecks } from '../checks/attestation';
import { connect, deadlineOf, type Azure } from '../collect/azure';
import { listClusters, seekCluster, type Listing } from '../collect/clusters';
import { subscriptionName } from '../collect/subscriptions';
import { hashOf } from '../compare/compare';
import { subscriptionNews } from '../compare/subscription';
import type { Settings } from '../config/settings';
import type { Baseline } from '../model/baseline';
import type { CatalogueEntry } from '../model/check';
import type { AksMonitorRunRow } from '../model/rows';
import type { Scan, ScanRequest } from '../model/scan';
import type { UnreadEntry } from '../model/snapshot';
import type { ClusterState, StateHeader, SubscriptionNews } from '../model/state';
import type { Publisher } from '../publish/logs';
import { runRow, type RunContext } from '../publish/rows';
import { openState, writeState, type StateFile } from '../state/file';
import { StateConflictError, StateUnreadableError, type StateStore } from '../state/store';
import { Attributor } from './attribution';
import { Confirmer } from './confirm';
import { azureReaders, inputReaders, type SectionReaders } from './collection';
import { SWITCHED_OFF } from './look';
import { pendingRows, ReportOutlet, Sender, sendOutboxes, type Outlet } from './outbox';
import { Tally, Withheld, type Observer, type ScanOutcome } from './report';
import { Owners } from './ownership';
import { compareSlice, emptySlice, type SliceOptions } from './slice';
import { subjectOf } from './subject';
import { MONITOR_VERSION } from './version';

/** How often a run that lost against another starts again from what that one left. */
const ATTEMPTS = 5;

/** What a scan works with. */
export interface ScanServices {
  readonly settings: Settings;
  readonly credential: TokenCredential;
  readonly baseline: Baseline;
  readonly store: StateStore;
  /** False: the store ends with the run, so that nothing can be said of the past. */
  readonly keepsState: boolean;
  /** Null: nothing is published, and events count as told when they are reported. */
  readonly publisher: Publisher | null;
  readonly clock: () => Date;
  /** The moment as of which dates and ages are judged; null: that of the run. */
  readonly asOf: Date | null;
  readonly observer: Observer | null;
  /** Milliseconds after which what is known to flap is read a second time. */
  readonly confirmAfter: number;
  /** What the run row must say of its settings or its baseline; null: nothing. */
  readonly notice: string | null;
}

/** What one scan is about. */
export interface ScanTask {
  readonly request: ScanRequest;
  /** Null where only the id is known. */
  readonly subscriptionName: string | null;
  /** Clusters that were read from files, in place of asking Azure; null: Azure is asked. */
  readonly input: Listing | null;
  /** The clusters that the scan is about; the others keep what is known of them. Null: all. */
  readonly clusterNames: readonly string[] | null;
  /** The scan or the subscription was switched off: everything that is known leaves. */
  readonly retire: boolean;
}

/** The key of a run: the same when the same request is delivered again. */
export function runIdOf({ scan, subscriptionId, requestedAt }: ScanRequest): string {
  return hashOf('run', scan, subscriptionId, requestedAt);
}

/** The keys of the findings of one scan of one subscription. */
export function findingIds(scan: Scan, subscriptionId: string): RunContext['findingId'] {
  return (checkId, clusterId, nodePool) =>
    hashOf('finding', scan, subscriptionId, clusterId.toLowerCase(), nodePool ?? '', checkId ?? '');
}

/** The checks of a scan that the baseline file leaves on for any subject, with those of its attestations. */
function checksOf(scan: Scan, baseline: Baseline): CatalogueEntry[] {
  const all = [...CATALOGUE, ...attestationChecks(baseline.attestations)];
  return all.filter((check) => check.scan === scan && baseline.mayBeOn(check));
}

/**
 * Scans one subscription: collect, evaluate, compare, save, publish.
 * What could not be read or published is part of the outcome; only what nobody foresaw throws.
 */
export async function scanSubscription(task: ScanTask, services: ScanServices): Promise<ScanOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const folder = await mkdtemp(join(tmpdir(), 'aks-drift-'));
    const observer = services.observer === null ? null : new Withheld(services.observer);
    try {
      const outcome = await new ScanRun(task, { ...services, observer }, folder).run();
      // What was compared with a state that turned out to be damaged was not saved, and is not told.
      if (!(outcome.failure instanceof StateUnreadableError)) {
        observer?.release();
      }
      return outcome;
    } catch (error) {
      // Another run saved first. What this one has listed is older than that state: it collects again.
      if (!(error instanceof StateConflictError) || attempt === ATTEMPTS) {
        throw error;
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/**
 * Takes the events that were reported out of the outbox, once the report is out: a run that is killed before that loses none.
 * When another run saved in between, that one has told or sent them.
 */
export async function confirmReported(task: ScanTask, services: ScanServices): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'aks-drift-'));
  try {
    await new ScanRun(task, services, folder).confirmReported();
  } catch (error) {
    if (!(error instanceof StateConflictError || error instanceof StateUnreadableError)) {
      throw error;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

class ScanRun {
  readonly #azure: Azure;
  readonly #startedAt: Date;
  readonly #tally: Tally;
  #context: RunContext;
  readonly #readers: SectionReaders;
  readonly #confirmer: Confirmer | null;
  readonly #sender: Sender | null;
  readonly #checks: readonly CatalogueEntry[];
  readonly #owners: Owners;
  #attributor: Attributor | null = null;
  #outOfScope = 0;
  #version: string | null = null;
  #state: StateFile | null = null;
  #files = 0;

  constructor(
    private readonly task: ScanTask,
    private readonly services: ScanServices,
    private readonly folder: string,
  ) {
    const { settings, credential, clock, observer, publisher } = services;
    const { subscriptionId } = task.request;
    this.#azure = connect(settings, credential, deadlineOf(settings));
    this.#startedAt = clock();
    this.#tally = new Tally(observer);
    this.#checks = task.retire ? [] : checksOf(task.request.scan, services.baseline);
    this.#owners = new Owners(services.baseline);
    this.#context = this.#contextOf(task);
    const { readClusterCa } = settings;
    this.#readers =
      task.input === null
        ? azureReaders(this.#azure, { subscriptionId, now: this.#startedAt, readClusterCa })
        : inputReaders(subscriptionId);
    this.#confirmer = task.input === null ? new Confirmer(this.#azure, services.confirmAfter) : null;
    this.#sender = publisher === null ? null : new Sender(publisher);
  }

  async run(): Promise<ScanOutcome> {
    try {
      await this.#load();
    } catch (error) {
      return this.#finish(new StateUnreadableError(error instanceof Error ? error.message : String(error)), 0);
    }
    try {
      return await this.#judge();
    } catch (error) {
      if (!(error instanceof StateUnreadableError)) {
        throw error;
      }
      // Damage further down is met while the lines are taken. What cannot be read is never overwritten.
      this.#state = null;
      return this.#finish(error, 0);
    }
  }

  async confirmReported(): Promise<void> {
    await this.#load();
    const reporting = this.#state?.header.reporting ?? [];
    if (reporting.includes(this.#context.runId)) {
      await this.#drain(new ReportOutlet(reporting), []);
    }
  }

  async #judge(): Promise<ScanOutcome> {
    await this.#sendLeftovers();
    const subscriptionName = await this.#subscriptionName();
    if (this.task.input === null && !this.task.retire) {
      await this.#owners.read(this.#azure, this.#context.subscriptionId);
    }
    this.#context = { ...this.#context, subscriptionName, ownership: this.#owners.ofSubscription() };
    this.#attributor = this.#newAttributor();
    const listing = await this.#list();
    // Until a listing has reached its last page for the first time nothing is stored; what never was needs no farewell.
    if (this.#state === null && (listing.unread !== null || this.task.retire)) {
      await this.#lookOnly(listing);
      return this.#finish(failureOf(listing), 0);
    }
    let waiting = await this.#slice(listing, null);
    // Without a publisher the outbox is emptied when the report is out; until then the others wait.
    while (waiting.size > 0 && this.#sender !== null && (await this.#drain(this.#sender, []))) {
      waiting = await this.#slice(listing, waiting);
    }
    return this.#finish(failureOf(listing), waiting.size);
  }

  /** Read before Azure is asked: whoever saves in between makes this run start again, so that no listing is older than its state. */
  async #load(): Promise<void> {
    const file = this.#newFile();
    this.#version = await this.services.store.fetch(this.task.request, file);
    this.#state = this.#version === null ? null : await openState(file);
  }

  /** What a run that was ended too early left in the outbox goes first. */
  async #sendLeftovers(): Promise<void> {
    const { pending, runs, reporting } = this.#state?.header ?? newHeader(this.task.request);
    if (this.#sender === null) {
      await this.#tellAgain(reporting);
    } else if (pending + runs.length > 0) {
      await this.#drain(this.#sender, []);
    }
  }

  async #tellAgain(runIds: readonly string[]): Promise<void> {
    if (this.#state !== null && runIds.length > 0) {
      for await (const { events, facts } of this.#state.clusters()) {
        const ours = events.filter(({ RunId }) => runIds.includes(RunId ?? ''));
        this.#tally.events(ours, facts);
      }
    }
  }

  /** Before the first listing nothing can have changed; files and what is switched off have nobody behind them. */
  #newAttributor(): Attributor | null {
    const { changedBy } = this.services.settings;
    const { listedAt, stateId } = this.#state?.header ?? newHeader(this.task.request);
    if (changedBy === 'off' || listedAt === null || this.task.input !== null || this.task.retire) {
      return null;
    }
    const pseudonymKey = changedBy === 'pseudonym' ? stateId : null;
    return new Attributor(this.#azure, { subscriptionId: this.#context.subscriptionId, listedAt, pseudonymKey });
  }

  /** Asked for once: names hardly ever change, and a request an hour would be too dear for that. */
  async #subscriptionName(): Promise<string | null> {
    const { subscriptionName: given, input, retire } = this.task;
    const known = given ?? this.#state?.header.subscriptionName ?? null;
    return known !== null || input !== null || retire
      ? known
      : subscriptionName(this.#azure, this.#context.subscriptionId);
  }

  async #list(): Promise<Listing> {
    if (this.task.retire) {
      return { clusters: [], unread: null };
    }
    const listing = this.task.input ?? (await listClusters(this.#azure, this.#context.subscriptionId));
    if (listing.unread !== null) {
      this.#tally.add(listing.unread, this.#state?.header.listedAt ?? null);
    }
    return listing;
  }

  /** Compares and saves. @returns the clusters whose events did not fit the outbox. */
  async #slice(listing: Listing, only: ReadonlySet<string> | null): Promise<ReadonlySet<string>> {
    const before = this.#state?.header ?? newHeader(this.task.request);
    const header = { ...before, sequence: before.sequence + 1 };
    const result = emptySlice();
    const { clusterNames, input } = this.task;
    const isComplete = listing.unread === null && clusterNames === null && input === null;
    const { request, retire } = this.task;
    const news = only !== null || retire ? null : subscriptionNews(request, before, failureOf(listing) !== null);
    const options = { ...this.#sliceOptions(listing, only), news };
    await this.#save(compareSlice(this.#state, header, options, result), () => ({
      ...header,
      subscriptionName: this.#context.subscriptionName,
      firstRunAt: this.#firstRunAt(header, isComplete && result.waiting.size === 0),
      listedAt: isComplete ? this.#context.observedAt : header.listedAt,
      lostAt: this.#lostAt(header, news, isComplete),
      baseline: header.scan === 'configuration' ? this.services.baseline.effect : null,
      pending: result.pending,
      reporting: this.#sender === null ? [...header.reporting, this.#context.runId] : [],
    }));
    this.#outOfScope = result.outOfScope;
    return result.waiting;
  }

  #lostAt({ lostAt }: StateHeader, news: SubscriptionNews | null, isComplete: boolean): string | null {
    if (news === 'subscriptionLost') {
      return this.#context.observedAt;
    }
    return isComplete ? null : lostAt;
  }

  /** Judges what was listed without storing anything. */
  async #lookOnly(listing: Listing): Promise<void> {
    const options = { ...this.#sliceOptions(listing, null), keepsState: false, news: null };
    // Taking the lines is what tells the observer; none is kept.
    const lines = compareSlice(null, newHeader(this.task.request), options, emptySlice());
    while ((await lines.next()).done !== true);
  }

  #firstRunAt({ firstRunAt }: StateHeader, isComplete: boolean): string | null {
    if (this.task.retire) {
      return null;
    }
    return firstRunAt ?? (isComplete ? this.#context.observedAt : null);
  }

  #sliceOptions(listing: Listing, only: ReadonlySet<string> | null): Omit<SliceOptions, 'news'> {
    const { baseline, asOf, keepsState } = this.services;
    const { retire, clusterNames, input } = this.task;
    const owners = this.#owners;
    const confirmer = this.#confirmer;
    const names = clusterNames === null ? null : new Set(clusterNames.map((name) => name.toLowerCase()));
    const ids = input === null ? null : new Set(input.clusters.map(({ cluster }) => cluster.id.toLowerCase()));
    return {
      ...{ listing, only, baseline, retire, keepsState, attributor: this.#attributor },
      provesAbsence: clusterNames === null && input === null,
      run: this.#context,
      now: asOf ?? this.#startedAt,
      checks: this.#checks,
      ownershipOf: (tags, resourceGroup, known) => owners.ofCluster(tags, resourceGroup, known),
      readers: this.#readers,
      seek: (clusterId) => seekCluster(this.#azure, clusterId),
      confirm: confirmer === null ? null : (clusterId) => confirmer.read(clusterId),
      isWanted: ({ id, name }) => names?.has(name.toLowerCase()) !== false && ids?.has(id.toLowerCase()) !== false,
      observer: this.#tally,
    };
  }

  /** Sends the outboxes, then the run rows, and saves what was not confirmed. @returns whether anything was confirmed. */
  async #drain(outlet: Outlet, runs: readonly AksMonitorRunRow[]): Promise<boolean> {
    const state = this.#state;
    if (state === null) {
      return (await outlet.send('AksMonitorRun_CL', runs)).length < runs.length;
    }
    const { header } = state;
    const left = { lines: 0, rows: 0, runs: [] as AksMonitorRunRow[] };
    async function* lines(clusters: AsyncIterable<ClusterState>): AsyncGenerator<ClusterState> {
      for await (const line of sendOutboxes(clusters, outlet)) {
        left.lines += 1;
        left.rows += pendingRows(line);
        yield line;
      }
      left.runs = await outlet.send('AksMonitorRun_CL', [...header.runs, ...runs]);
    }
    await this.#save(lines(state.clusters()), () => ({
      ...header,
      sequence: header.sequence + 1,
      pending: left.rows,
      reporting: [],
      runs: left.runs,
    }));
    if (left.lines + left.runs.length === 0) {
      await this.#forget();
    }
    return left.rows + left.runs.length < header.pending + header.runs.length + runs.length;
  }

  async #finish(failure: Error | null, waiting: number): Promise<ScanOutcome> {
    const { clusters } = this.#tally.counts;
    const unread = this.#tally.unread;
    const status = failure === null ? statusOf(unread) : 'failed';
    if (this.#sender !== null) {
      await this.#sendLast(this.#sender, this.#runRow(status, failure, waiting));
    }
    const { scan, subscriptionId } = this.#context;
    return { scan, subscriptionId, status, clusters, unread, failure, unpublished: this.#sender?.problems ?? [] };
  }

  async #sendLast(sender: Sender, row: AksMonitorRunRow): Promise<void> {
    const header = this.#state?.header ?? null;
    // A state that takes its leave is drained also when it has nothing to tell: that is what ends it.
    if (header !== null && (header.pending + header.runs.length > 0 || this.task.retire)) {
      await this.#drain(sender, [row]);
    } else if ((await sender.send('AksMonitorRun_CL', [row])).length > 0 && header !== null && this.#state !== null) {
      await this.#save(this.#state.clusters(), () => ({ ...header, sequence: header.sequence + 1, runs: [row] }));
    }
  }

  #runRow(status: ScanOutcome['status'], failure: Error | null, waiting: number): AksMonitorRunRow {
    const { counts, unread } = this.#tally;
    return runRow(
      {
        startedAt: this.#context.observedAt,
        finishedAt: this.services.clock().toISOString(),
        status,
        clusters: counts.clusters,
        passed: counts.pass,
        failed: counts.fail,
        unknown: counts.unknown,
        errors: counts.error,
        events: counts.events,
        waiting,
        ...this.#azure.counts,
        unread,
        message:
          [
            failure?.message ?? (this.task.retire ? SWITCHED_OFF : null),
            this.services.notice,
            ...this.#owners.problems,
            this.#attributor?.problem,
            this.#outOfScope > 0 ? `Clusters out of scope: ${this.#outOfScope}.` : null,
          ]
            .filter((part) => typeof part === 'string')
            .join(' ') || null,
      },
      this.#context,
    );
  }

  async #save(lines: AsyncIterable<ClusterState>, header: () => StateHeader): Promise<void> {
    const file = this.#newFile();
    await writeState(file, lines, header);
    const state = await openState(file);
    this.#version = await this.services.store.save(this.task.request, file, this.#version, state.header.listedAt);
    this.#state = state;
  }

  async #forget(): Promise<void> {
    if (this.#version !== null) {
      await this.services.store.remove(this.task.request, this.#version);
      this.#version = null;
      this.#state = null;
    }
  }

  #newFile(): string {
    this.#files += 1;
    return join(this.folder, `${this.#files}.jsonl.gz`);
  }

  #contextOf({ request, subscriptionName }: ScanTask): RunContext {
    const { scan, subscriptionId } = request;
    const { baseline, settings, asOf } = this.services;
    const now = asOf ?? this.#startedAt;
    const known = new Map([...CATALOGUE, ...this.#checks].map((check) => [check.id, check]));
    return {
      ...{ scan, subscriptionId, subscriptionName },
      runId: runIdOf(request),
      observedAt: this.#startedAt.toISOString(),
      baselineHash: baseline.hash,
      monitorVersion: MONITOR_VERSION,
      portal: settings.cloud.portal,
      ownership: { owner: null, environment: null },
      remediationDays: (severity) => baseline.remediationDays(severity),
      isMuted: (checkId, facts, nodePool) => baseline.isMuted(checkId, subjectOf(subscriptionId, facts, nodePool), now),
      check: (id) => known.get(id),
      findingId: findingIds(scan, subscriptionId),
    };
  }
}

function newHeader({ scan, subscriptionId }: ScanRequest): StateHeader {
  return {
    ...{ version: 1, stateId: randomUUID(), sequence: 0, scan, subscriptionId },
    ...{
      subscriptionName: null,
      firstRunAt: null,
      listedAt: null,
      lostAt: null,
      baseline: null,
      pending: 0,
      reporting: [],
      runs: [],
    },
  };
}

function statusOf(unread: readonly UnreadEntry[]): 'completed' | 'partial' {
  return unread.some(({ reason }) => reason !== 'disabled') ? 'partial' : 'completed';
}

/** A subscription of which not one cluster could be listed was not scanned. */
function failureOf({ clusters, unread }: Listing): Error | null {
  return unread !== null && clusters.length === 0
    ? new Error(`The clusters of ${unread.scope} could not be listed (${unread.reason}): ${unread.detail}`)
    : null;
}
