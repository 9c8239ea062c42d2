import fc from 'fast-check';

import type { Severity } from '../../shared/model/check';
import type { Finding } from '../../shared/model/finding';
import type { Transition } from '../../shared/model/state';
import { clockOf, exemption, play, START, type Played, type Run, type Says } from '../support/state';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const CLUSTER_CHECKS = ['a', 'b'];
const POOLS = ['p1', 'p2', 'p3'];

const saysArb: fc.Arbitrary<Says> = fc.oneof(
  fc.constantFrom<Says>('unknown', 'error', 'stopped'),
  fc.record({
    outcome: fc.constantFrom('pass' as const, 'fail' as const, 'notApplicable' as const),
    severity: fc.constantFrom<Severity>('low', 'high'),
    watched: fc.subarray(['x', 'y']),
    revision: fc.constantFrom(1, 2),
    dueOn: fc.constantFrom(null, START),
  }),
);

const stateArb = fc.constantFrom('Succeeded', 'Succeeded', 'Succeeded', 'Updating', undefined);

/** One run about a cluster that comes and goes, with pools that do so too. */
const runArb: fc.Arbitrary<Run> = fc
  .record({
    sighting: fc.constantFrom<NonNullable<Run['sighting']>>(
      'read',
      'read',
      'read',
      'read',
      'read',
      'forbidden',
      'gone',
    ),
    uid: fc.constantFrom('uid-1', 'uid-1', 'uid-1', 'uid-2'),
    cluster: stateArb,
    pools: fc.option(fc.dictionary(fc.constantFrom(...POOLS), stateArb), { freq: 5 }),
    says: fc.record(Object.fromEntries(keysOf(POOLS).map((key) => [key, saysArb]))),
    exempt: fc.subarray(keysOf(POOLS)),
    off: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray(['a', 'c']) }),
  })
  .map(({ says, exempt, cluster, ...run }) => ({
    ...run,
    cluster: cluster ?? null,
    exempt: Object.fromEntries(exempt.map((key) => [key, exemption('2026-11-24')])),
    says: judged(run, says),
  }));

/** Runs an hour or more apart. */
const historyArb: fc.Arbitrary<Run[]> = fc
  .array(fc.tuple(runArb, fc.constantFrom(1, 2, 7, 24)), { minLength: 1, maxLength: 8 })
  .map((steps) => {
    let hour = 0;
    return steps.map(([run, hours]) => {
      hour += hours;
      return { ...run, hour };
    });
  });

function keysOf(pools: readonly string[]): string[] {
  return [...CLUSTER_CHECKS, ...pools.map((pool) => `c|${pool}`)];
}

/** Only what could be read, and is on, is judged. */
function judged(
  { sighting, pools, off = [] }: Pick<Run, 'sighting' | 'pools' | 'off'>,
  says: Readonly<Record<string, Says>>,
): Record<string, Says> {
  const keys = sighting === 'read' ? keysOf(Object.keys(pools ?? {})) : [];
  return Object.fromEntries(
    Object.entries(says).filter(([key]) => keys.includes(key) && !off.includes(key.split('|')[0] ?? '')),
  );
}

const CHECKS = { checks: ['a', 'b', 'c'] };

const BEGINS: readonly string[] = ['baseline', 'regressed'];
const ENDS: readonly string[] = ['resolved', 'removed', 'retired'];

/** The failing findings that the events so far give. */
function failingByEvents(transitions: readonly Transition[]): string[] {
  let failing: string[] = [];
  for (const { transition, checkId, nodePool } of transitions) {
    const key = `${checkId ?? ''}|${nodePool ?? ''}`;
    if (BEGINS.includes(transition)) {
      failing.push(key);
    } else if (ENDS.includes(transition)) {
      failing = failing.filter((each) => each !== key);
    } else if (transition === 'clusterRemoved') {
      failing = [];
    } else if (transition === 'nodePoolRemoved') {
      failing = failing.filter((each) => !each.endsWith(`|${nodePool ?? ''}`));
    }
  }
  return failing.sort();
}

function failingInState(played: Played, index: number): string[] {
  return Object.entries(played.states[index]?.entries ?? {})
    .filter(([, { outcome }]) => outcome === 'fail')
    .map(([key]) => key)
    .sort();
}

function outcomesIn(played: Played): unknown {
  return Object.entries(played.states.at(-1)?.entries ?? {}).map(([key, { outcome, since }]) => [key, outcome, since]);
}

describe('rule 7: the same run twice', () => {
  it('over the same Azure at the same clock tells nothing and stores the same', () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const last = history.at(-1) ?? {};
        const played = play([...history, last], CHECKS);

        expect(played.told.at(-1)).toEqual([]);
        expect(played.states.at(-1)).toEqual(played.states.at(-2));
      }),
      { numRuns: 300 },
    );
  });
});

describe('rule 1: what could not be read', () => {
  it('changes neither what is stored nor what is told, wherever it happens', () => {
    const insertionArb = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('unknown' as const, 'error' as const, 'stopped' as const)),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(historyArb, insertionArb, (history, insertions) => {
        const plain = play(history, CHECKS);
        const disturbed: (Run & { readonly disturbs?: true })[] = [...history];
        for (const [place, says] of insertions) {
          const index = place % disturbed.length;
          const before = disturbed[index] ?? {};
          const blind = Object.fromEntries(Object.keys(before.says ?? {}).map((key) => [key, says]));
          disturbed.splice(index + 1, 0, { ...before, says: blind, disturbs: true });
        }
        const played = play(disturbed, CHECKS);

        expect(played.told.filter((_, index) => disturbed[index]?.disturbs === true).flat()).toEqual([]);
        expect(played.told.filter((_, index) => disturbed[index]?.disturbs !== true)).toEqual(plain.told);
        expect(outcomesIn(played)).toEqual(outcomesIn(plain));
      }),
      { numRuns: 300 },
    );
  });

  it('tells the same when a whole cluster could not be read in between', () => {
    fc.assert(
      fc.property(historyArb, fc.nat(), (history, place) => {
        const index = place % history.length;
        const before = history[index] ?? {};
        fc.pre(before.sighting !== 'gone');
        const { told } = play(history, CHECKS);
        const blind: Run = { ...before, sighting: 'timeout', says: {} };
        const played = play([...history.slice(0, index + 1), blind, ...history.slice(index + 1)], CHECKS);

        expect(played.told).toEqual([...told.slice(0, index + 1), [], ...told.slice(index + 1)]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the order of the findings', () => {
  it('is of no importance', () => {
    const shuffledArb = historyArb.chain((history) =>
      fc.tuple(
        fc.constant(history),
        fc.tuple(
          ...history.map((run) => {
            const entries = Object.entries(run.says ?? {});
            return fc
              .shuffledSubarray(entries, { minLength: entries.length })
              .map((shuffled): Run => ({ ...run, says: Object.fromEntries(shuffled) }));
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(shuffledArb, ([history, shuffled]) => {
        expect(play(shuffled, CHECKS)).toEqual(play(history, CHECKS));
      }),
      { numRuns: 200 },
    );
  });
});

describe('rule 16: the events, applied in order', () => {
  it('give the findings that are stored as failing, after every run and for every cluster', () => {
    fc.assert(
      fc.property(fc.array(historyArb, { minLength: 1, maxLength: 3 }), (clusters) => {
        for (const history of clusters) {
          const played = play(history, CHECKS);
          for (const index of history.keys()) {
            expect(failingByEvents(played.transitions.slice(0, index + 1).flat())).toEqual(
              failingInState(played, index),
            );
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never tells twice of the same transition in one run', () => {
    fc.assert(
      fc.property(historyArb, (history) => {
        const ids = play(history, CHECKS)
          .transitions.flat()
          .map(({ eventId }) => eventId);

        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('rule 7: a later clock alone', () => {
  /** A certificate, say: it passes until a month before its end, fails, fails worse in the last week, and worst after its end. */
  function verdictAt(end: number, now: string): Says {
    const stages: readonly [number, Partial<Finding> & Pick<Finding, 'outcome'>][] = [
      [end - 30 * DAY, { outcome: 'pass', severity: 'medium' }],
      [end - 7 * DAY, { outcome: 'fail', severity: 'medium' }],
      [end, { outcome: 'fail', severity: 'high' }],
    ];
    const stage = stages.find(([until]) => Date.parse(now) < until);
    return stage === undefined
      ? { outcome: 'fail', severity: 'critical', dueOn: null }
      : { ...stage[1], dueOn: new Date(stage[0]).toISOString() };
  }

  it('gives only the cause time', () => {
    const stillArb = fc.record({
      ends: fc.dictionary(fc.constantFrom('a', 'b', 'c|p1'), fc.integer({ min: -10, max: 60 }), { minKeys: 1 }),
      exempt: fc.dictionary(
        fc.constantFrom('a', 'b', 'c|p1'),
        fc.constantFrom('2026-11-24', '2026-11-27', '2026-12-30'),
      ),
      hours: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 6 }),
    });
    fc.assert(
      fc.property(stillArb, ({ ends, exempt, hours }) => {
        let hour = 0;
        const runs = [0, ...hours].map((more): Run => {
          hour += more;
          const now = clockOf({ hour }, 0);
          const inForce = Object.entries(exempt).filter(([, lastDay]) => lastDay >= now.slice(0, 10));
          return {
            ...{ now, pools: { p1: 'Succeeded' } },
            says: Object.fromEntries(
              Object.entries(ends).map(([key, days]) => [key, verdictAt(Date.parse(START) + days * DAY, now)]),
            ),
            exempt: Object.fromEntries(inForce.map(([key, lastDay]) => [key, exemption(lastDay)])),
          };
        });
        const later = play(runs, CHECKS).transitions.slice(1).flat();

        expect(later.filter(({ cause }) => cause !== 'time')).toEqual([]);
        expect(later.map(({ transition }) => transition)).not.toContain('resolved');
      }),
      { numRuns: 300 },
    );
  });

  it('does give events: a certificate that is forgotten gets worse three times', () => {
    const end = Date.parse(START) + 40 * DAY;
    const runs = [0, 11, 34, 41].map((days): Run => {
      const now = clockOf({ hour: days * 24 }, 0);
      return { now, says: { a: verdictAt(end, now) } };
    });

    expect(play(runs).told).toEqual([[], ['regressed a (time)'], ['worsened a (time)'], ['worsened a (time)']]);
  });
});
