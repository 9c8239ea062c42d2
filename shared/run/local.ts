import { connect, credentialOf, deadlineOf } from '../collect/azure';
import type { ListedCluster } from '../collect/clusters';
import { clustersFromFiles, type InputFile } from '../collect/input';
import { listSubscriptions, SubscriptionsUnreadError, type Subscription } from '../collect/subscriptions';
import { ConfigError } from '../config/problems';
import type { Settings } from '../config/settings';
import type { Scan } from '../model/scan';
import { DirectoryStateStore } from '../state/directory-store';
import { StateUnreadableError } from '../state/store';
import { CONFIRM_AFTER_MILLISECONDS } from './confirm';
import { mapOrdered } from './ordered';
import type { Observer, ScanOutcome } from './report';
import { confirmReported, scanSubscription, type ScanServices, type ScanTask } from './scan';
import { loadBaseline, requiredPublisher } from './wiring';

export { SubscriptionsUnreadError, type InputFile };

/** Scans that run at the same time on one machine. */
const SCANS_IN_FLIGHT = 4;

/** A call of the CLI. */
export interface LocalCall {
  readonly settings: Settings;
  readonly stateFolder: string;
  /** False: the folder ends with the call. */
  readonly keepsState: boolean;
  readonly publish: boolean;
  readonly asOf: Date | null;
  readonly clusterNames: readonly string[] | null;
  /** Files to read clusters from, in place of asking Azure. */
  readonly inputs: readonly InputFile[] | null;
  /** Null: nobody wants to know, as in the functions. */
  readonly observer: Observer | null;
  readonly progress: (line: string) => void;
}

/** What a call led to. */
export interface LocalResult {
  readonly outcomes: readonly ScanOutcome[];
  /** To be called when the report is out: until then its events stay in the outbox. */
  readonly confirm: () => Promise<void>;
}

/**
 * Runs the scans of one call, a few at a time, and reports them in order.
 * @throws ConfigError for a wrong baseline or input, before anything is scanned.
 * @throws SubscriptionsUnreadError when the subscriptions cannot be listed.
 */
export async function scanLocally(call: LocalCall): Promise<LocalResult> {
  const { settings } = call;
  const { baseline, notice } = await loadBaseline(settings);
  const clock = (): Date => settings.now ?? new Date();
  const credential = credentialOf(settings);
  const publisher = call.publish ? requiredPublisher(settings, credential, clock) : null;
  const store = new DirectoryStateStore(call.stateFolder);
  const services: ScanServices = {
    ...{ settings, credential, baseline, notice, publisher, clock, store },
    ...{ keepsState: call.keepsState, asOf: call.asOf, observer: call.observer },
    confirmAfter: CONFIRM_AFTER_MILLISECONDS,
  };
  const requestedAt = clock().toISOString();
  const subjects = call.inputs === null ? await fromAzure(call, services) : fromFiles(call.inputs, call.keepsState);
  const outcomes: ScanOutcome[] = [];
  const tasks = tasksOf(subjects, settings.scans, requestedAt, call.clusterNames);
  for await (const outcome of mapOrdered(tasks, SCANS_IN_FLIGHT, (task) => scanOrFail(task, services))) {
    outcomes.push(outcome);
    const { subscriptionId, scan, status, clusters } = outcome;
    call.progress(`${subscriptionId} ${scan}: ${status}, ${clusters} ${clusters === 1 ? 'cluster' : 'clusters'}`);
  }
  const confirm = async (): Promise<void> => {
    const told = tasks.filter((_, index) => !(outcomes[index]?.failure instanceof StateUnreadableError));
    for (const task of publisher === null && call.keepsState ? told : []) {
      await confirmReported(task, services);
    }
  };
  return { outcomes, confirm };
}

/** What nobody foresaw in one scan is the failure of that scan, and not of the others. */
async function scanOrFail(task: ScanTask, services: ScanServices): Promise<ScanOutcome> {
  try {
    return await scanSubscription(task, services);
  } catch (error) {
    const { scan, subscriptionId } = task.request;
    const failure = error instanceof Error ? error : new Error(String(error));
    return { scan, subscriptionId, status: 'failed', clusters: 0, unread: [], unpublished: [], failure };
  }
}

interface Subject extends Subscription {
  readonly clusters: readonly ListedCluster[] | null;
}

async function fromAzure({ settings }: LocalCall, { credential }: ScanServices): Promise<Subject[]> {
  const azure = connect(settings, credential, deadlineOf(settings));
  const subscriptions = await listSubscriptions(azure, settings).catch((error: unknown) => {
    throw new SubscriptionsUnreadError(error, azure.signal);
  });
  return subscriptions.map((subscription) => ({ ...subscription, clusters: null }));
}

function fromFiles(files: readonly InputFile[], keepsState: boolean): Subject[] {
  const bySubscription = Map.groupBy(clustersFromFiles(files), ({ cluster }) => cluster.subscriptionId);
  const subjects = [...bySubscription].map(([id, clusters]) => ({ id, name: null, clusters }));
  return keepsState ? subjects.map(withoutDoubles) : subjects;
}

/** Two bodies of one id are judged one by one; a state cannot tell which of them is true. */
function withoutDoubles(subject: Subject): Subject {
  const ids = (subject.clusters ?? []).map(({ cluster }) => cluster.id.toLowerCase());
  const doubles = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  if (doubles.length > 0) {
    throw new ConfigError(
      'The input cannot be compared with a state',
      doubles.map((id) => `${id}: more than one body has this id; accepts one`),
    );
  }
  return subject;
}

function tasksOf(
  subjects: readonly Subject[],
  scans: readonly Scan[],
  requestedAt: string,
  clusterNames: readonly string[] | null,
): ScanTask[] {
  return subjects.flatMap(({ id, name, clusters }) =>
    scans.map((scan) => ({
      request: { scan, subscriptionId: id, requestedAt },
      subscriptionName: name,
      input: clusters === null ? null : { clusters, unread: null },
      clusterNames,
      retire: false,
    })),
  );
}
