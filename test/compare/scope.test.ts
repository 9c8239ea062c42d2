import { entryOf, exemption, onlyTransition, play, type Run } from '../support/state';

type Story = readonly [name: string, runs: readonly Run[], told: readonly (readonly string[])[]];

const ONE = { p1: 'Succeeded' };
const TWO = { p1: 'Succeeded', p2: 'Succeeded' };
const FAILS: Run = { sighting: 'read', says: { a: 'fail', 'b|p1': 'fail', c: 'pass' } };
const BEFORE: Run = { ...FAILS, pools: ONE };
const OUT: Run = { sighting: 'outOfScope' };
const FIRST = ['baseline a (firstRead)', 'baseline b|p1 (firstRead)'];
const RETIRED = ['retired a (expectation)', 'retired b|p1 (expectation)'];

describe('a cluster that is out of scope', () => {
  it.each<Story>([
    ['takes leave of what fails, once', [BEFORE, OUT, OUT], [FIRST, RETIRED, []]],
    ['takes leave of nothing that passes', [{ ...BEFORE, says: { c: 'pass' } }, OUT], [[], []]],
    [
      'takes leave of what is unknown and stored as failing',
      [BEFORE, { says: { a: 'unknown', 'b|p1': 'unknown' } }, OUT],
      [FIRST, [], RETIRED],
    ],
    [
      'takes leave of what is exempt as such',
      [{ ...BEFORE, exempt: { a: exemption('2026-12-01') } }, OUT],
      [
        ['baseline a (firstRead) exempt', 'baseline b|p1 (firstRead)'],
        ['retired a (expectation) exempt', 'retired b|p1 (expectation)'],
      ],
    ],
    ['is gone without a word', [BEFORE, OUT, { sighting: 'gone' }], [FIRST, RETIRED, []]],
    [
      'is gone without a word, and another appears',
      [BEFORE, OUT, { sighting: 'gone' }, BEFORE],
      [FIRST, RETIRED, [], ['clusterAppeared (azure)', 'baseline a (newSubject)', 'baseline b|p1 (newSubject)']],
    ],
    ['comes back as a first read', [BEFORE, OUT, FAILS], [FIRST, RETIRED, FIRST]],
    ['that is new does not appear', [{ sighting: 'absent' }, OUT, BEFORE], [[], [], FIRST]],
    ['that is new in the first run is no other', [OUT, BEFORE], [[], FIRST]],
    [
      'comes back with pools that came meanwhile, as a first read',
      [BEFORE, OUT, { ...OUT, pools: TWO }, { ...FAILS, pools: TWO, says: { 'b|p1': 'fail', 'b|p2': 'fail' } }],
      [FIRST, RETIRED, [], ['baseline b|p1 (firstRead)', 'baseline b|p2 (firstRead)']],
    ],
    [
      'comes back with pools that came with it, as a first read',
      [BEFORE, OUT, { ...FAILS, pools: TWO, says: { 'b|p2': 'fail' } }],
      [FIRST, RETIRED, ['baseline b|p2 (firstRead)']],
    ],
    [
      'comes back without pools that went, without a word',
      [{ ...BEFORE, pools: TWO }, OUT, { ...FAILS, pools: ONE }],
      [FIRST, RETIRED, FIRST],
    ],
    [
      'comes back, and then tells of pools',
      [BEFORE, OUT, FAILS, { ...FAILS, pools: TWO, says: { ...FAILS.says, 'b|p2': 'fail' } }],
      [FIRST, RETIRED, FIRST, ['nodePoolAppeared p2 (azure)', 'baseline b|p2 (newSubject)']],
    ],
    [
      'comes back with unread pools, and then reads them for the first time',
      [BEFORE, { ...OUT, pools: null }, { ...FAILS, pools: null, says: { a: 'fail' } }, BEFORE],
      [FIRST, RETIRED, ['baseline a (firstRead)'], ['baseline b|p1 (firstRead)']],
    ],
    [
      'that was made again is another one: the old one is told to be gone',
      [
        { ...BEFORE, uid: 'u1' },
        { ...OUT, uid: 'u2' },
      ],
      [FIRST, ['clusterRemoved (azure)']],
    ],
    [
      'that was made again meanwhile is told of by nobody',
      [BEFORE, OUT, { ...OUT, uid: 'u2' }, FAILS],
      [FIRST, RETIRED, [], FIRST],
    ],
    [
      'was in motion: the hold ends with its findings',
      [BEFORE, { ...BEFORE, cluster: 'Updating', says: { a: 'pass' } }, OUT, { ...FAILS, cluster: 'Succeeded' }],
      [FIRST, [], RETIRED, FIRST],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('is known, and nothing else is kept of it', () => {
    const played = play([BEFORE, OUT]);

    expect(played.states[1]).toMatchObject({ outOfScope: true, entries: {}, nodePools: { p1: {} }, motionSince: null });
    expect(entryOf(played, 'a')).toBeUndefined();
    expect(played.standpoints[1]?.map(({ key, finding }) => [key, finding])).toEqual([
      ['a|', null],
      ['b|p1', null],
      ['c|', null],
    ]);
  });

  it('is watched again from the run that reads it', () => {
    expect(play([BEFORE, OUT, FAILS]).states[2]).toMatchObject({ outOfScope: false, nodePools: { p1: {} } });
  });

  it('says why its findings end, with the severity of the baseline file', () => {
    const played = play([{ ...BEFORE, says: { a: 'fail' }, severities: { a: 'critical' } }, OUT]);

    expect(onlyTransition(played)).toMatchObject({
      ...{ transition: 'retired', severity: 'critical', now: null, remediation: null },
      before: { outcome: 'fail' },
      message: 'It failed, and the check, its scan or its cluster is no longer watched.',
    });
  });

  it('is followed in silence by the scans that own no clusters', () => {
    const runs = [BEFORE, OUT, { sighting: 'gone' } as const, { ...BEFORE }];

    expect(play(runs, { ownsSubjects: false }).told).toEqual([
      ...[FIRST, RETIRED, []],
      ['baseline a (newSubject)', 'baseline b|p1 (newSubject)'],
    ]);
  });
});
