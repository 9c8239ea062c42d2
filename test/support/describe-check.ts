import { evaluateCluster, evaluateSubscription, type EvaluateOptions } from '../../shared/evaluate/evaluate';
import type { Check, Profile, Severity } from '../../shared/model/check';
import type { Finding } from '../../shared/model/finding';
import type { Json } from '../../shared/model/json';
import { defaultsOf, type ParamValues } from '../../shared/model/params';
import type { Section, SubscriptionSnapshot } from '../../shared/model/snapshot';
import { snapshotOf, SUBJECT, type Given } from './evidence';

interface Case {
  /** Completes the sentence "passes when …"; cites the issue where a row exists because a peer gets it wrong. */
  readonly when: string;
  readonly given: Given;
  readonly params?: ParamValues;
  readonly profile?: Profile;
  readonly history?: Json;
  /** ISO 8601; the table's clock when absent. */
  readonly now?: string;
  /** The whole message. */
  readonly says: string;
  readonly severity?: Severity;
  readonly dueOn?: string;
  readonly watched?: Json;
  readonly remember?: Json;
  /** The remediation, when the check says one of its own. */
  readonly remediation?: string;
}
interface UnknownCase extends Case {
  readonly reason: string;
}
interface StoppableCase extends Case {
  readonly reason?: 'stopped';
}

export interface Cases {
  readonly pass: readonly [Case, ...Case[]];
  /** Empty only where the check just tells what there is. */
  readonly fail: readonly Case[];
  readonly notApplicable?: readonly StoppableCase[];
  readonly unknown?: readonly UnknownCase[];
}

/** The clock of every table. */
export const NOW = '2026-11-24T06:00:00.000Z';

/** Runs a check's table through the real engine and adds the cases that every check must survive. */
export function describeCheck(check: Check, cases: Cases): void {
  describe(check.id, () => {
    for (const [outcome, rows] of Object.entries({ notApplicable: [], unknown: [], ...cases })) {
      for (const row of rows as Case[]) {
        it(`${outcome} when ${row.when}`, () => {
          expect(run(check, row)).toMatchObject(expected(check, outcome, row));
        });
      }
    }

    const readable = cases.pass[0];
    for (const need of check.needs) {
      it(`is unknown when ${need} could not be read`, () => {
        expect(run(check, readable, [need])).toMatchObject({ outcome: 'unknown', reason: 'forbidden' });
      });
    }
    for (const use of check.uses) {
      it(`decides when ${use} could not be read`, () => {
        expect(['error', 'forbidden']).not.toContain(run(check, readable, [use]).outcome);
      });
    }
    it('has no situation twice', () => {
      const situations = Object.values(cases)
        .flat()
        .map(({ given, params, profile, history, now }: Case) =>
          JSON.stringify([given, params, profile, history, now]),
        );
      expect(new Set(situations).size).toBe(situations.length);
    });
  });
}

function expected(check: Check, outcome: string, row: Case & { reason?: string }): Partial<Finding> {
  return {
    outcome: outcome as Finding['outcome'],
    reason: (row.reason ?? null) as Finding['reason'],
    message: row.says,
    severity: row.severity ?? check.severity,
    dueOn: row.dueOn ?? null,
    ...(row.watched === undefined ? {} : { watched: row.watched }),
    ...(row.remember === undefined ? {} : { remember: row.remember }),
    ...(row.remediation === undefined ? {} : { remediation: row.remediation }),
  };
}

function run(check: Check, row: Case, unread: readonly Section[] = []): Finding {
  const options = {
    now: new Date(row.now ?? NOW),
    baseline: baselineOf(check, row),
    subject: SUBJECT,
    history: (): Json => row.history ?? null,
  };
  const snapshot = deepFreeze(snapshotOf(row.given, unread));
  const findings =
    check.grain === 'subscription'
      ? evaluateSubscription([check], snapshot as SubscriptionSnapshot, options)
      : evaluateCluster([check], snapshot, options);
  // Rows with several pools are about the one that `given` describes.
  const subject = row.given.pool?.name ?? 'pool1';
  const [finding, ...others] = findings.filter(({ nodePool }) => nodePool === null || nodePool === subject);
  if (finding === undefined || others.length > 0) {
    throw new Error(`${check.id} gave ${findings.length} findings for one subject`);
  }
  return finding;
}

function baselineOf(check: Check, row: Case): EvaluateOptions['baseline'] {
  const params = { ...defaultsOf(check.params), ...row.params };
  return {
    profile: row.profile ?? 'standard',
    expectationOf: () => ({ enabled: true, params, severity: null, hash: '' }),
  };
}

function deepFreeze<T>(value: T): T {
  // A Map has no properties to freeze, and bytes cannot be frozen.
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
