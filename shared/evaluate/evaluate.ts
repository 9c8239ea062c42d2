import type { Baseline, Expectation, Subject } from '../model/baseline';
import type { Check, Verdict } from '../model/check';
import type { Cluster, NodePool } from '../model/cluster';
import type { Finding } from '../model/finding';
import type { Json } from '../model/json';
import { shellWord } from '../model/shell';
import type { ClusterSnapshot, Collected, Evidence, Section, SubscriptionSnapshot, Unread } from '../model/snapshot';

export interface EvaluateOptions {
  /** The moment as of which dates and ages are judged. */
  readonly now: Date;
  readonly baseline: Pick<Baseline, 'profile' | 'expectationOf'>;
  /** The cluster, or the subscription, as rules of the baseline file name it. */
  readonly subject: Subject;
  /** What the check remembered about this subject; null when nothing is known. */
  readonly history: (checkId: string, nodePool: string | null) => Json;
}

/** One finding per enabled subscription check. Never throws. */
export function evaluateSubscription(
  checks: readonly Check[],
  snapshot: SubscriptionSnapshot,
  options: EvaluateOptions,
): Finding[] {
  const { subscriptionId } = options.subject;
  const subject = { names: { subscriptionId }, nodePool: null, sections: [snapshot.sections], given: {} };
  return checks
    .filter((check) => check.grain === 'subscription')
    .flatMap((check) => evaluateSubject(check, subject, options));
}

/**
 * One finding per enabled check and subject of a cluster. Never throws: one broken check must not hide the others.
 * Node pools that could not be read have no findings here; what the state knows of them is kept.
 */
export function evaluateCluster(
  checks: readonly Check[],
  snapshot: ClusterSnapshot,
  options: EvaluateOptions,
): Finding[] {
  const { cluster } = snapshot;
  const subject = clusterGiven(cluster, snapshot);
  const pools = (cluster.nodePools ?? []).map((pool) => ({ pool, subject: nodePoolGiven(subject, pool, snapshot) }));
  return checks.flatMap((check) => {
    switch (check.grain) {
      case 'subscription':
        return [];
      case 'cluster':
        return evaluateSubject(check, subject, options);
      case 'nodePool':
        return pools.flatMap(({ pool, subject: ofPool }) => evaluateNodePool(check, pool, ofPool, options));
    }
  });
}

/** Fills {subscriptionId}, {resourceGroup}, {cluster} and {nodePool} into a command. */
export function fillNames(command: string, names: Readonly<Record<string, string>>): string {
  return command.replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = names[name];
    return value === undefined ? placeholder : shellWord(value);
  });
}

/** What a check is given of its subject. */
interface Given {
  readonly names: Readonly<Record<string, string>>;
  readonly nodePool: string | null;
  /** Where sections are looked for, the nearest first. */
  readonly sections: readonly Readonly<Partial<Record<string, Collected<unknown>>>>[];
  readonly given: Partial<Evidence>;
}

function clusterGiven(cluster: Cluster, snapshot: ClusterSnapshot): Given {
  const names = {
    subscriptionId: cluster.subscriptionId,
    resourceGroup: cluster.resourceGroup,
    cluster: cluster.name,
  };
  return { names, nodePool: null, sections: [snapshot.sections], given: { cluster } };
}

function nodePoolGiven(subject: Given, pool: NodePool, snapshot: ClusterSnapshot): Given {
  return {
    names: { ...subject.names, nodePool: pool.name },
    nodePool: pool.name,
    sections: [snapshot.nodePools.get(pool.name) ?? {}, ...subject.sections],
    given: { ...subject.given, pool },
  };
}

/** No finding where the check is not about this pool; where that cannot be told, a finding that says so. */
function evaluateNodePool(check: Check, pool: NodePool, subject: Given, options: EvaluateOptions): Finding[] {
  try {
    return check.isAbout(pool) ? evaluateSubject(check, subject, options) : [];
  } catch (error) {
    return evaluateSubject(check, subject, options, () => thrown(error));
  }
}

/** No finding where the check is switched off for this subject. */
function evaluateSubject(check: Check, subject: Given, options: EvaluateOptions, say = judge): Finding[] {
  const { nodePool } = subject;
  const expectation = options.baseline.expectationOf(check, { ...options.subject, nodePool });
  return expectation.enabled ? [findingOf(check, subject, expectation, say(check, subject, expectation, options))] : [];
}

function findingOf(check: Check, subject: Given, expectation: Expectation, verdict: Judged): Finding {
  return {
    checkId: check.id,
    nodePool: subject.nodePool,
    outcome: verdict.outcome,
    reason: verdict.reason ?? null,
    message: verdict.message,
    observed: verdict.observed,
    watched: verdict.watched,
    severity: verdict.severity ?? check.severity,
    dueOn: verdict.dueOn ?? null,
    remediation: fillNames(verdict.remediation ?? check.remediation, subject.names),
    remember: verdict.remember ?? null,
    revision: check.revision,
    expectation: expectation.hash,
  };
}

type Judged = Partial<Omit<Verdict, 'outcome' | 'reason'>> &
  Pick<Finding, 'outcome' | 'message' | 'observed' | 'watched'> & { readonly reason?: Finding['reason'] };

function judge(
  check: Check,
  subject: Given,
  { params }: Expectation,
  { baseline, history, now }: EvaluateOptions,
): Judged {
  const unread = check.needs.map((need) => sectionOf(subject, need)).find((section) => !section.ok);
  if (unread?.ok === false) {
    return unreadVerdict(unread.unread);
  }
  const evidence: Record<string, unknown> = { ...subject.given, history: history(check.id, subject.nodePool) };
  for (const need of check.needs) {
    const section = sectionOf(subject, need);
    evidence[need] = section.ok ? section.value : undefined;
  }
  for (const use of check.uses) {
    evidence[use] = sectionOf(subject, use);
  }
  try {
    return check.evaluate(evidence as unknown as Evidence, { params, profile: baseline.profile, now });
  } catch (error) {
    return thrown(error);
  }
}

function sectionOf(subject: Given, name: Section): Collected<unknown> {
  const found = subject.sections.find((sections) => sections[name] !== undefined)?.[name];
  return (
    found ?? {
      ok: false,
      unread: { source: name, scope: '', reason: 'disabled', detail: 'This scan did not collect it.' },
    }
  );
}

function unreadVerdict({ source, reason, detail }: Unread): Judged {
  const message = `${source} could not be read (${reason}): ${detail}`;
  return { outcome: 'unknown', reason, message, observed: null, watched: null };
}

function thrown(error: unknown): Judged {
  // A property of the wrong kind throws when it is read: then the body is at fault, and not the check.
  if (error instanceof Error && error.name === 'InvalidPropertyError') {
    return { outcome: 'unknown', reason: 'invalid', message: error.message, observed: null, watched: null };
  }
  const message = `The check failed: ${error instanceof Error ? error.message : String(error)}`;
  return { outcome: 'error', message, observed: null, watched: null };
}
