import { entryOf, onlyTransition, play, START, type Run } from '../support/state';

type Story = readonly [name: string, runs: readonly Run[], told: readonly (readonly string[])[]];

const STILL = { cluster: 'Succeeded' };
const MOVES = { cluster: 'Updating' };
const PASS: Run = { says: { a: 'pass' } };
const FAIL: Run = { says: { a: 'fail' } };

describe('rule 9: transitions of what is in motion are held', () => {
  it.each<Story>([
    [
      'until it stands still',
      [PASS, { ...MOVES, ...FAIL }, { ...MOVES, ...FAIL }, { ...STILL, ...FAIL }],
      [[], [], [], ['regressed a (azure)']],
    ],
    [
      'reverted while held: nothing',
      [PASS, { ...MOVES, ...FAIL }, { ...MOVES, ...PASS }, { ...STILL, ...PASS }],
      [[], [], [], []],
    ],
    ['reverted when it stands still: nothing', [PASS, { ...MOVES, ...FAIL }, { ...STILL, ...PASS }], [[], [], []]],
    [
      'released after 6 hours, though it still moves',
      [
        { ...PASS, hour: 0 },
        { ...MOVES, ...FAIL, hour: 1 },
        { ...FAIL, now: '2026-11-24T12:59:59.999Z' },
        { ...FAIL, hour: 7 },
      ],
      [[], [], [], ['regressed a (azure)']],
    ],
    [
      'what turns after those 6 hours is told at once',
      [
        { ...MOVES, ...PASS, hour: 0 },
        { ...PASS, hour: 6 },
        { ...FAIL, hour: 7 },
      ],
      [[], [], ['regressed a (azure)']],
    ],
    [
      'a new motion holds anew',
      [
        { ...MOVES, ...PASS, hour: 0 },
        { ...STILL, ...PASS, hour: 7 },
        { ...MOVES, ...FAIL, hour: 8 },
        { ...STILL, ...FAIL, hour: 9 },
      ],
      [[], [], [], ['regressed a (azure)']],
    ],
    [
      'resolved is held too',
      [FAIL, { ...MOVES, ...PASS }, { ...STILL, ...PASS }],
      [['baseline a (firstRead)'], [], ['resolved a (azure)']],
    ],
    [
      'worsened is held too',
      [
        FAIL,
        { ...MOVES, says: { a: { outcome: 'fail', severity: 'high' } } },
        { ...STILL, says: { a: { outcome: 'fail', severity: 'high' } } },
      ],
      [['baseline a (firstRead)'], [], ['worsened a (azure)']],
    ],
    [
      'changed is held too',
      [
        { says: { a: { outcome: 'pass', watched: 'x' } } },
        { ...MOVES, says: { a: { outcome: 'pass', watched: 'y' } } },
        { ...STILL, says: { a: { outcome: 'pass', watched: 'y' } } },
      ],
      [[], [], ['changed a (azure)']],
    ],
    [
      'a first read in motion gives its baseline when it is released',
      [
        { ...MOVES, ...FAIL },
        { ...MOVES, ...FAIL },
        { ...STILL, ...FAIL },
      ],
      [[], [], ['baseline a (firstRead)']],
    ],
    [
      'a new cluster is told at once, its baseline when it is released',
      [{ sighting: 'absent' }, { sighting: 'read', cluster: 'Creating', ...FAIL }, { ...STILL, ...FAIL }],
      [[], ['clusterAppeared (azure)'], ['baseline a (newSubject)']],
    ],
    [
      'a new cluster that got good while it was made has no baseline',
      [{ sighting: 'absent' }, { sighting: 'read', cluster: 'Creating', ...FAIL }, { ...STILL, ...PASS }],
      [[], ['clusterAppeared (azure)'], []],
    ],
    [
      'unknown when it stands still: told when it is known',
      [PASS, { ...MOVES, ...FAIL }, { ...STILL, says: { a: 'unknown' } }, FAIL],
      [[], [], [], ['regressed a (azure)']],
    ],
    [
      'a cluster that cannot be read is still in motion',
      [PASS, { ...MOVES, ...FAIL }, { sighting: 'timeout' }, { sighting: 'read', ...FAIL }, { ...STILL, ...FAIL }],
      [[], [], [], [], ['regressed a (azure)']],
    ],
    ['a body without a state is not in motion', [PASS, { cluster: null, ...FAIL }], [[], ['regressed a (azure)']]],
    [
      'what stays as it is needs no holding',
      [FAIL, { ...MOVES, ...FAIL }, { ...STILL, ...FAIL }],
      [['baseline a (firstRead)'], [], []],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it.each(['Succeeded', 'Failed', 'Canceled', 'succeeded', 'FAILED'])('%s stands still', (cluster) => {
    expect(play([PASS, { cluster, ...FAIL }]).told[1]).toEqual(['regressed a (azure)']);
  });

  it.each(['Creating', 'Updating', 'Deleting', 'Upgrading', 'Migrating', 'SomethingNew'])('%s is motion', (cluster) => {
    expect(play([PASS, { cluster, ...FAIL }]).told[1]).toEqual([]);
  });

  it.each<Story>([
    [
      'a pool holds its own findings only',
      [
        { pools: { p1: 'Succeeded', p2: 'Succeeded' }, says: { a: 'pass', 'b|p1': 'pass', 'b|p2': 'pass' } },
        { pools: { p1: 'Upgrading', p2: 'Succeeded' }, says: { a: 'fail', 'b|p1': 'fail', 'b|p2': 'fail' } },
        { pools: { p1: 'Succeeded', p2: 'Succeeded' }, says: { a: 'fail', 'b|p1': 'fail', 'b|p2': 'fail' } },
      ],
      [[], ['regressed a (azure)', 'regressed b|p2 (azure)'], ['regressed b|p1 (azure)']],
    ],
    [
      'the cluster holds those of its pools',
      [
        { pools: { p1: 'Succeeded' }, says: { 'b|p1': 'pass' } },
        { ...MOVES, says: { 'b|p1': 'fail' } },
        { ...STILL, says: { 'b|p1': 'fail' } },
      ],
      [[], [], ['regressed b|p1 (azure)']],
    ],
    [
      'a pool that goes is told at once, and so are its failing findings',
      [
        { pools: { p1: 'Succeeded' }, says: { 'b|p1': 'fail' } },
        { ...MOVES, pools: {} },
      ],
      [['baseline b|p1 (firstRead)'], ['nodePoolRemoved p1 (azure)', 'removed b|p1 (azure)']],
    ],
    [
      'a pool whose pools could not be read is still in motion',
      [
        { pools: { p1: 'Upgrading' }, says: { 'b|p1': 'pass' } },
        { pools: null },
        { pools: { p1: 'Upgrading' }, says: { 'b|p1': 'fail' }, hour: 6 },
      ],
      // Its first read was held for six hours, and what it says by then is what it starts with.
      [[], [], ['baseline b|p1 (firstRead)']],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('keeps the stored outcome while it is held, and goes on remembering', () => {
    const says = { a: { outcome: 'fail' as const, remember: { seen: 2 }, observed: 2, watched: 'y' } };
    const played = play([
      { says: { a: { outcome: 'pass', remember: { seen: 1 }, observed: 1, watched: 'x' } } },
      { ...MOVES, says },
    ]);

    expect(entryOf(played, 'a')).toMatchObject({
      ...{ outcome: 'pass', observed: 1, watched: 'x', since: START, outcomeAt: START, lastChange: null },
      ...{ remember: { seen: 2 }, heldSince: '2026-11-24T07:00:00.000Z' },
    });
  });

  it('decides nothing of a first read in motion, also of what passes', () => {
    expect(entryOf(play([{ ...MOVES, ...PASS }]), 'a')).toMatchObject({ outcome: null, since: null });
  });

  it.each<readonly [string, readonly Run[], string]>([
    [
      'the run that saw the motion first',
      [PASS, { ...MOVES, ...PASS }, FAIL, { ...STILL, ...FAIL }],
      '2026-11-24T07:00:00.000Z',
    ],
    [
      'that run also after 6 hours',
      [
        { ...MOVES, ...PASS },
        { ...FAIL, hour: 5 },
        { ...FAIL, hour: 6 },
      ],
      START,
    ],
    [
      'the motion of the pool where the cluster stood still',
      [
        { pools: { p1: 'Upgrading' }, says: { 'b|p1': 'fail' } },
        { pools: { p1: 'Succeeded' }, says: { 'b|p1': 'fail' } },
      ],
      START,
    ],
    [
      'the earlier of the two motions',
      [
        { ...MOVES, pools: { p1: 'Succeeded' }, says: {} },
        { ...MOVES, pools: { p1: 'Upgrading' }, says: { 'b|p1': 'fail' } },
        { ...STILL, pools: { p1: 'Succeeded' }, says: { 'b|p1': 'fail' } },
      ],
      START,
    ],
    [
      'the run itself where nothing was held',
      [{ ...MOVES, ...PASS }, { ...STILL, ...PASS }, FAIL],
      '2026-11-24T08:00:00.000Z',
    ],
    [
      'the run itself where what was held was reverted before',
      [PASS, { ...MOVES, ...FAIL }, { ...MOVES, ...PASS }, { ...STILL, ...PASS }, FAIL],
      '2026-11-24T10:00:00.000Z',
    ],
  ])('Since is %s', (_, runs, since) => {
    const played = play(runs);

    expect(onlyTransition(played)).toMatchObject({ since });
    expect(played.transitions.slice(0, -1).flat()).toEqual([]);
  });

  it('judges a cluster in motion all the same', () => {
    const { standpoints } = play([PASS, { ...MOVES, ...FAIL }]);

    expect(standpoints[1]).toMatchObject([{ finding: { outcome: 'fail' }, entry: { outcome: 'pass' } }]);
  });
});
