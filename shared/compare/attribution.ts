import type { ResourceChange } from '../model/change';
import type { Transition, TransitionKind } from '../model/state';

/** A reading may be older than it says: what was changed shortly before it may have been seen by the next one only. */
const STALE_MILLISECONDS = 15 * 60 * 1000;

/** The type of change behind what happens to a cluster as a whole. */
const CLUSTER_CHANGES: ReadonlyMap<TransitionKind, string> = new Map([
  ['clusterAppeared', 'Create'],
  ['clusterRemoved', 'Delete'],
]);

const POOL_TRANSITIONS: ReadonlySet<TransitionKind> = new Set(['nodePoolAppeared', 'nodePoolRemoved', 'removed']);

/** A transition of which it is asked who brought it about. */
export interface Question {
  readonly transition: Pick<Transition, 'transition' | 'nodePool'>;
  /** ARM id of the cluster, in lower case. */
  readonly clusterId: string;
  /** What the check judges; see judgedPaths. */
  readonly judged: readonly string[];
  /** ISO 8601: the last reading that still saw the old value. */
  readonly after: string;
  /** ISO 8601: the reading that saw the new one. */
  readonly until: string;
}

/** The last change that explains a transition: of the right kind, or of a property that the check judges. Null: none does, and nobody is named. */
export function changeBehind(question: Question, changes: readonly ResourceChange[]): ResourceChange | null {
  const after = Date.parse(question.after) - STALE_MILLISECONDS;
  const until = Date.parse(question.until);
  const [last] = changes
    .filter(({ targetId }) => targetId === question.clusterId || targetId.startsWith(`${question.clusterId}/`))
    .filter(({ changedAt }) => Date.parse(changedAt) > after && Date.parse(changedAt) <= until)
    .filter((change) => explains(change, question))
    .sort((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt));
  return last ?? null;
}

function explains(change: ResourceChange, { transition, clusterId, judged }: Question): boolean {
  const isOfCluster = change.targetId === clusterId;
  const changeType = CLUSTER_CHANGES.get(transition.transition);
  if (changeType !== undefined) {
    return isOfCluster && change.changeType === changeType;
  }
  const paths = change.paths.map((path) => normalised(path, isOfCluster ? '' : 'nodepools.'));
  if (POOL_TRANSITIONS.has(transition.transition)) {
    const pool = `${clusterId}/agentpools/${(transition.nodePool ?? '').toLowerCase()}`;
    return change.targetId === pool || (isOfCluster && paths.some((path) => overlap(path, 'nodepools')));
  }
  return paths.some((path) => judged.some((property) => overlap(path, property)));
}

/** As judgedPaths writes it. */
function normalised(path: string, prefix: string): string {
  const plain = path
    .toLowerCase()
    .replaceAll(/\[\d+\]/g, '')
    .replace(/^properties\./, '');
  return prefix + plain.replace(/^agentpoolprofiles\b/, 'nodepools');
}

/** One of them is the other, or holds it. */
function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}
