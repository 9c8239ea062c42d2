import type { Finding } from '../../shared/model/finding';
import {
  clockOf,
  entryOf,
  factsOf,
  onlyTransition,
  play,
  START,
  watching,
  type Run,
  type Says,
} from '../support/state';

const LATER = '2027-03-01T06:00:00.000Z';

/** One story: what each run says about check `a`, and what is told of each. */
type Story = readonly [name: string, says: readonly Says[], told: readonly (readonly string[])[]];

function runsOf(says: readonly Says[]): Run[] {
  return says.map((a) => ({ says: { a } }));
}

const fails = (more: Partial<Finding>): Says => ({ outcome: 'fail', ...more });
const passes = (more: Partial<Finding>): Says => ({ outcome: 'pass', ...more });

describe('rule 1: what decides nothing changes nothing', () => {
  it.each<Story>([
    ['pass, unknown, pass', ['pass', 'unknown', 'pass'], [[], [], []]],
    ['pass, unknown, fail', ['pass', 'unknown', 'fail'], [[], [], ['regressed a (azure)']]],
    ['fail, unknown, fail', ['fail', 'unknown', 'fail'], [['baseline a (firstRead)'], [], []]],
    [
      'fail, unknown, pass: one resolved',
      ['fail', 'unknown', 'pass'],
      [['baseline a (firstRead)'], [], ['resolved a (azure)']],
    ],
    ['fail, error, pass', ['fail', 'error', 'pass'], [['baseline a (firstRead)'], [], ['resolved a (azure)']]],
    ['fail, stopped, pass', ['fail', 'stopped', 'pass'], [['baseline a (firstRead)'], [], ['resolved a (azure)']]],
    ['pass, error, fail', ['pass', 'error', 'fail'], [[], [], ['regressed a (azure)']]],
    ['unknown for ever', ['unknown', 'error', 'stopped', 'unknown'], [[], [], [], []]],
    [
      'unknown at first: the first read comes later',
      ['unknown', 'error', 'fail'],
      [[], [], ['baseline a (firstRead)']],
    ],
    ['unknown at first, then pass', ['unknown', 'pass'], [[], []]],
  ])('%s', (_, says, told) => {
    expect(play(runsOf(says)).told).toEqual(told);
  });

  it.each(['unknown', 'error', 'stopped'] as const)('%s leaves the stored entry as it was', (says) => {
    const first = watching('fail', ['x'], { severity: 'high', dueOn: LATER, remember: { n: 1 } });
    const played = play([{ says: { a: first } }, { says: { a: says } }]);

    expect(entryOf(played, 'a')).toEqual(entryOf(played, 'a', 0));
  });

  it('shows what was not decided as a standpoint beside what is stored', () => {
    const { standpoints } = play(runsOf(['fail', 'unknown']));

    expect(standpoints[1]).toMatchObject([
      { key: 'a|', finding: { outcome: 'unknown', reason: 'forbidden' }, entry: { outcome: 'fail' } },
    ]);
  });
});

describe('rule 3: transitions of the outcome', () => {
  it.each<Story>([
    ['pass at first is no event', ['pass', 'pass'], [[], []]],
    ['notApplicable at first is no event', ['notApplicable', 'notApplicable'], [[], []]],
    ['pass to fail', ['pass', 'fail', 'fail'], [[], ['regressed a (azure)'], []]],
    ['fail to pass', ['fail', 'pass', 'pass'], [['baseline a (firstRead)'], ['resolved a (azure)'], []]],
    ['pass to notApplicable and back', ['pass', 'notApplicable', 'pass'], [[], [], []]],
    ['notApplicable to fail', ['notApplicable', 'fail'], [[], ['regressed a (azure)']]],
    ['fail to notApplicable', ['fail', 'notApplicable'], [['baseline a (firstRead)'], ['resolved a (azure)']]],
    [
      'there and back again',
      ['fail', 'pass', 'fail', 'pass'],
      [['baseline a (firstRead)'], ['resolved a (azure)'], ['regressed a (azure)'], ['resolved a (azure)']],
    ],
  ])('%s', (_, says, told) => {
    expect(play(runsOf(says)).told).toEqual(told);
  });

  it.each<Story>([
    [
      'severity rises',
      [fails({ severity: 'medium' }), fails({ severity: 'high' })],
      [['baseline a (firstRead)'], ['worsened a (azure)']],
    ],
    ['severity falls', [fails({ severity: 'high' }), fails({ severity: 'medium' })], [['baseline a (firstRead)'], []]],
    [
      'watched gains a member',
      [watching('fail', ['x']), watching('fail', ['w', 'x'])],
      [['baseline a (firstRead)'], ['worsened a (azure)']],
    ],
    [
      'watched swaps a member',
      [watching('fail', ['x']), watching('fail', ['y'])],
      [['baseline a (firstRead)'], ['worsened a (azure)']],
    ],
    [
      'watched gains a member that is an object',
      [watching('fail', [{ id: 'x' }]), watching('fail', [{ id: 'x' }, { id: 'y' }])],
      [['baseline a (firstRead)'], ['worsened a (azure)']],
    ],
    [
      'watched loses a member',
      [watching('fail', ['x', 'y']), watching('fail', ['x'])],
      [['baseline a (firstRead)'], ['changed a (azure)']],
    ],
    [
      'watched loses a member and severity rises',
      [watching('fail', ['x', 'y']), watching('fail', ['x'], { severity: 'critical' })],
      [['baseline a (firstRead)'], ['worsened a (azure)']],
    ],
    [
      'watched is another word',
      [watching('fail', 'none'), watching('fail', 'patch')],
      [['baseline a (firstRead)'], ['changed a (azure)']],
    ],
    [
      'watched gains a member while nobody could look',
      [watching('fail', ['x']), 'unknown', watching('fail', ['x', 'y'])],
      [['baseline a (firstRead)'], [], ['worsened a (azure)']],
    ],
    [
      'members of watched objects change places',
      [watching('fail', { a: 1, b: 2 }), watching('fail', { b: 2, a: 1 })],
      [['baseline a (firstRead)'], []],
    ],
  ])('still failing: %s', (_, says, told) => {
    expect(play(runsOf(says)).told).toEqual(told);
  });

  it.each<Story>([
    ['watched gains a member', [watching('pass', ['x']), watching('pass', ['x', 'y'])], [[], ['changed a (azure)']]],
    ['watched is the same', [watching('pass', ['x']), watching('pass', ['x'])], [[], []]],
    ['observed alone differs', [passes({ observed: 1 }), passes({ observed: 2 })], [[], []]],
    ['the message alone differs', [passes({ message: 'One.' }), passes({ message: 'Two.' })], [[], []]],
    ['severity rises', [passes({ severity: 'low' }), passes({ severity: 'high' })], [[], []]],
    ['dueOn moves', [passes({ dueOn: LATER }), passes({ dueOn: '2028-01-01T00:00:00Z' })], [[], []]],
  ])('still passing: %s', (_, says, told) => {
    expect(play(runsOf(says)).told).toEqual(told);
  });

  it('names both sides, since when it stands, and what to do', () => {
    const before = watching('pass', ['x']);
    const now = watching('fail', ['y'], { message: 'y is bad.', remediation: 'az fix', severity: 'high' });
    const played = play(runsOf([before, before, now]));

    expect(onlyTransition(played)).toEqual({
      eventId: '2/a//regressed',
      transition: 'regressed',
      cause: 'azure',
      checkId: 'a',
      nodePool: null,
      before: { outcome: 'pass', observed: ['x'] },
      now: { outcome: 'fail', observed: ['y'] },
      severity: 'high',
      since: '2026-11-24T08:00:00.000Z',
      message: 'y is bad.',
      remediation: 'az fix',
      exempt: false,
      exemptionReason: null,
      facts: factsOf(),
    });
    expect(entryOf(played, 'a')?.lastChange).toEqual({
      ...{ eventId: '2/a//regressed', transition: 'regressed', cause: 'azure', changedBy: null },
      ...{ before: { outcome: 'pass', observed: ['x'] }, at: '2026-11-24T08:00:00.000Z' },
    });
  });

  it('has nothing to remedy once it is resolved', () => {
    expect(onlyTransition(play(runsOf(['fail', 'pass'])))).toMatchObject({
      remediation: null,
      now: { outcome: 'pass' },
    });
  });

  it('keeps Since while the outcome stands, also when it worsens', () => {
    const played = play(runsOf(['fail', 'unknown', fails({ severity: 'high' })]));

    expect(onlyTransition(played)).toMatchObject({ transition: 'worsened', since: START });
    expect(entryOf(played, 'a')).toMatchObject({ since: START, outcomeAt: '2026-11-24T08:00:00.000Z' });
  });

  it('starts Since anew when pass turns into notApplicable, though that is no event', () => {
    expect(entryOf(play(runsOf(['pass', 'notApplicable'])), 'a')).toMatchObject({ since: '2026-11-24T07:00:00.000Z' });
  });
});

describe('what opened a failure stays known while it only fails otherwise', () => {
  const by = (transition: string, cause: string, run: number): object => ({ transition, cause, at: clockOf({}, run) });

  it.each<readonly [string, readonly Says[], object | undefined]>([
    ['mended in part', ['pass', watching('fail', ['x', 'y']), watching('fail', ['x'])], by('regressed', 'azure', 1)],
    [
      'mended in part twice',
      ['pass', watching('fail', ['x', 'y', 'z']), watching('fail', ['x', 'y']), watching('fail', ['x'])],
      by('regressed', 'azure', 1),
    ],
    [
      'mended in part since the first read',
      [watching('fail', ['x', 'y']), watching('fail', ['x'])],
      by('baseline', 'firstRead', 0),
    ],
    [
      'judged worse by a new version',
      ['pass', 'fail', fails({ severity: 'critical', revision: 2 })],
      by('regressed', 'azure', 1),
    ],
    [
      'judged worse by the baseline file',
      ['pass', 'fail', fails({ severity: 'critical', expectation: 'e2' })],
      by('regressed', 'azure', 1),
    ],
    ['worse in Azure, which opens it anew', [watching('fail', ['x']), watching('fail', ['x', 'y'])], undefined],
    ['resolved', ['pass', watching('fail', ['x', 'y']), watching('fail', ['x']), 'pass'], undefined],
    ['failing again', [watching('fail', ['x', 'y']), watching('fail', ['x']), 'pass', 'fail'], undefined],
    ['passing otherwise', [watching('pass', ['x']), watching('pass', ['y'])], undefined],
  ])('%s', (_, says, opened) => {
    expect(entryOf(play(runsOf(says)), 'a')?.lastChange?.opened).toEqual(opened);
  });
});

describe('rule 4: first reads', () => {
  it.each<readonly [string, readonly Run[], readonly (readonly string[])[]]>([
    ['of the first run', [{ says: { a: 'fail', b: 'pass' } }], [['baseline a (firstRead)']]],
    [
      'of a check that is new',
      [{ says: { a: 'pass' } }, { says: { a: 'pass', b: 'fail' } }],
      [[], ['baseline b (firstRead)']],
    ],
    [
      'of a new cluster',
      [{ sighting: 'absent' }, { sighting: 'read', says: { a: 'fail' } }],
      [[], ['clusterAppeared (azure)', 'baseline a (newSubject)']],
    ],
    [
      'of a new cluster whose check was unknown at first',
      [{ sighting: 'absent' }, { sighting: 'read', says: { a: 'unknown' } }, { says: { a: 'fail' } }],
      [[], ['clusterAppeared (azure)'], ['baseline a (newSubject)']],
    ],
    [
      'of a new cluster that was stopped at first',
      [{ sighting: 'absent' }, { sighting: 'read', says: { a: 'stopped' } }, { says: { a: 'fail' } }],
      [[], ['clusterAppeared (azure)'], ['baseline a (newSubject)']],
    ],
    [
      'of a check that is new, on a cluster that once was new',
      [{ sighting: 'absent' }, { sighting: 'read', says: { a: 'pass' } }, { says: { a: 'pass', b: 'fail' } }],
      [[], ['clusterAppeared (azure)'], ['baseline b (firstRead)']],
    ],
    [
      'of a new pool',
      [
        { pools: { p1: 'Succeeded' }, says: { 'a|p1': 'pass' } },
        { pools: { p1: 'Succeeded', p2: 'Succeeded' }, says: { 'a|p1': 'pass', 'a|p2': 'fail' } },
      ],
      [[], ['nodePoolAppeared p2 (azure)', 'baseline a|p2 (newSubject)']],
    ],
    [
      'of a new pool whose check was unknown at first',
      [{ pools: {} }, { pools: { p2: 'Succeeded' }, says: { 'a|p2': 'unknown' } }, { says: { 'a|p2': 'fail' } }],
      [[], ['nodePoolAppeared p2 (azure)'], ['baseline a|p2 (newSubject)']],
    ],
    [
      'of pools that could not be read in the first run',
      [{ pools: null }, { pools: { p1: 'Succeeded' }, says: { 'a|p1': 'fail' } }],
      [[], ['baseline a|p1 (firstRead)']],
    ],
    [
      'of pools of a new cluster that could not be read at first',
      [
        { sighting: 'absent' },
        { sighting: 'read', pools: null, says: { b: 'pass' } },
        { pools: { p1: 'Succeeded' }, says: { b: 'pass', 'a|p1': 'fail' } },
      ],
      [[], ['clusterAppeared (azure)'], ['baseline a|p1 (newSubject)']],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('has no side before', () => {
    expect(onlyTransition(play(runsOf(['fail'])))).toMatchObject({ before: null, now: { outcome: 'fail' } });
  });
});

describe('rule 4: a check whose id changed', () => {
  const renamed = { formerIds: { b: ['a', 'older'] } };

  it.each<readonly [string, readonly Run[], readonly (readonly string[])[]]>([
    ['still fails: nothing', [{ says: { a: 'fail' } }, { says: { b: 'fail' } }], [['baseline a (firstRead)'], []]],
    [
      'is met now: resolved',
      [{ says: { a: 'fail' } }, { says: { b: 'pass' } }],
      [['baseline a (firstRead)'], ['resolved b (azure)']],
    ],
    ['fails now: regressed', [{ says: { older: 'pass' } }, { says: { b: 'fail' } }], [[], ['regressed b (azure)']]],
    [
      'on a pool',
      [
        { pools: { p1: 'Succeeded' }, says: { 'a|p1': 'fail' } },
        { pools: { p1: 'Succeeded' }, says: { 'b|p1': 'pass' } },
      ],
      [['baseline a|p1 (firstRead)'], ['resolved b|p1 (azure)']],
    ],
    [
      'is switched off in the same run: retired under the id that began it',
      [{ says: { a: 'fail' } }, { off: ['b'] }],
      [['baseline a (firstRead)'], ['retired a (expectation)']],
    ],
  ])('%s', (_, [first, second], told) => {
    // The first run is one of the version that knew the old ids.
    const old = play([first ?? {}]);
    const both = play([first ?? {}, second ?? {}], { ...renamed });

    expect([old.told[0], both.told[1]]).toEqual(told);
  });

  it('keeps what it remembered and since when it stands', () => {
    const played = play([{ says: { a: fails({ remember: { n: 1 } }) } }, { says: { b: 'unknown' } }], renamed);

    expect(entryOf(played, 'b')).toMatchObject({ checkId: 'b', outcome: 'fail', since: START, remember: { n: 1 } });
    expect(entryOf(played, 'a')).toBeUndefined();
  });
});

describe('rule 5: the cause, in its order', () => {
  const PAST = '2026-11-24T06:30:00.000Z';
  const base: Partial<Finding> = { watched: ['x'], revision: 1, expectation: 'e1', dueOn: PAST };
  const all = { watched: ['y'], revision: 2, expectation: 'e2' };

  it.each<readonly [string, Partial<Finding>, Partial<Finding>, string]>([
    ['watched before all others', base, all, 'azure'],
    ['the revision before the expectation', base, { ...all, watched: ['x'] }, 'monitor'],
    ['the expectation before time', base, { ...all, watched: ['x'], revision: 1 }, 'expectation'],
    ['a dueOn that has passed', base, {}, 'time'],
    ['a dueOn that is this very moment', { ...base, dueOn: '2026-11-24T07:00:00.000Z' }, {}, 'time'],
    ['a dueOn that is ahead', { ...base, dueOn: '2026-11-24T07:00:00.001Z' }, {}, 'azure'],
    ['a dueOn that passed, but only of the new verdict', { ...base, dueOn: null }, { dueOn: PAST }, 'azure'],
    ['nothing else', { ...base, dueOn: null }, {}, 'azure'],
  ])('%s', (_, before, now, cause) => {
    const played = play(runsOf([passes(before), fails({ ...base, dueOn: null, ...now })]));

    expect(played.told).toEqual([[], [`regressed a (${cause})`]]);
  });

  it.each<readonly [string, Partial<Finding>, Partial<Finding>, string]>([
    ['worsened by a new version', {}, { severity: 'high', revision: 2 }, 'worsened a (monitor)'],
    ['worsened by the baseline file', {}, { severity: 'high', expectation: 'e2' }, 'worsened a (expectation)'],
    ['worsened by time', { dueOn: PAST }, { severity: 'high' }, 'worsened a (time)'],
    ['changed with a new version: azure all the same', {}, { watched: [], revision: 2 }, 'changed a (azure)'],
  ])('%s', (_, before, now, told) => {
    const start = { ...base, dueOn: null };
    expect(play(runsOf([fails({ ...start, ...before }), fails({ ...start, ...now })])).told[1]).toEqual([told]);
  });

  it.each<readonly [string, Partial<Finding>]>([
    ['another revision', { revision: 2 }],
    ['another expectation', { expectation: 'e2' }],
    ['a dueOn that passed', { dueOn: PAST }],
  ])('%s alone gives no event, and is stored', (_, now) => {
    const played = play(runsOf(['fail', fails(now), fails(now)]));

    expect(played.told.slice(1)).toEqual([[], []]);
    expect(entryOf(played, 'a')).toMatchObject(now);
  });

  it('is judged by what was stored last: a new version that changed nothing is no cause later', () => {
    const runs = runsOf(['pass', passes({ revision: 2 }), fails({ revision: 2 })]);

    expect(play(runs).told[2]).toEqual(['regressed a (azure)']);
  });

  it('gives no event for another severity in the baseline file alone', () => {
    const played = play([
      { says: { a: 'fail' } },
      { says: { a: 'fail' }, severities: { a: 'critical' } },
      { says: { a: 'fail' }, severities: { a: 'info' } },
    ]);

    expect(played.told.slice(1)).toEqual([[], []]);
  });

  it('tells the severity of the baseline file in the events that come', () => {
    const played = play([{ says: { a: 'pass' }, severities: { a: 'critical' } }, { says: { a: 'fail' } }]);

    expect(onlyTransition(played)).toMatchObject({ severity: 'critical' });
    expect(entryOf(played, 'a')).toMatchObject({ severity: 'medium' });
  });
});
