import { entryOf, onlyTransition, play, START, type Run } from '../support/state';

type Story = readonly [name: string, runs: readonly Run[], told: readonly (readonly string[])[]];

const ONE = { p1: 'Succeeded' };
const TWO = { p1: 'Succeeded', p2: 'Succeeded' };

describe('rule 2: only what is proved to be gone is gone', () => {
  const before: Run = { pools: ONE, says: { a: 'fail', 'b|p1': 'fail' } };
  const first = ['baseline a (firstRead)', 'baseline b|p1 (firstRead)'];

  it.each<Story>([
    ['the pools could not be read', [before, { pools: null, says: { a: 'fail' } }], [first, []]],
    ['a 403 on the cluster', [before, { sighting: 'forbidden' }], [first, []]],
    ['a 404 on the subscription', [before, { sighting: 'notFound' }], [first, []]],
    ['a time-out', [before, { sighting: 'timeout' }], [first, []]],
    [
      'unread, then back as it was',
      [before, { sighting: 'timeout' }, { ...before, sighting: 'read' }],
      [first, [], []],
    ],
    [
      'unread, then back and met',
      [before, { sighting: 'timeout' }, { sighting: 'read', says: { a: 'pass', 'b|p1': 'fail' } }],
      [first, [], ['resolved a (azure)']],
    ],
    [
      'pools null, then one of two is gone',
      [
        { pools: TWO, says: { 'b|p1': 'pass', 'b|p2': 'fail' } },
        { pools: null },
        { pools: ONE, says: { 'b|p1': 'pass' } },
      ],
      [['baseline b|p2 (firstRead)'], [], ['nodePoolRemoved p2 (azure)', 'removed b|p2 (azure)']],
    ],
    ['pools null, then all are back', [before, { pools: null, says: { a: 'fail' } }, before], [first, [], []]],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('says why what was not judged is unknown: its cluster was not read', () => {
    const { standpoints, states } = play([before, { sighting: 'throttled' }]);

    expect(standpoints[1]?.map(({ finding }) => finding)).toMatchObject([
      { outcome: 'unknown', reason: 'throttled', message: 'clusters could not be read (throttled): refused' },
      { outcome: 'unknown', reason: 'throttled', nodePool: 'p1' },
    ]);
    expect(states[1]).toEqual(states[0]);
  });

  it('says why what was not judged is unknown: its pools were not read', () => {
    const { standpoints } = play([before, { pools: null, says: { a: 'fail' } }]);

    expect(standpoints[1]).toMatchObject([
      { key: 'a|', finding: { outcome: 'fail' } },
      {
        key: 'b|p1',
        finding: {
          ...{ outcome: 'unknown', reason: 'invalid' },
          message: 'properties.agentPoolProfiles holds no readable list of node pools.',
        },
        entry: { outcome: 'fail' },
      },
    ]);
  });

  it('keeps the facts of a cluster that could not be read', () => {
    const { states } = play([before, { sighting: 'forbidden' }]);

    expect(states[1]?.facts).toMatchObject({ name: 'c1', uid: 'uid-1' });
  });
});

describe('rule 3: pools and clusters that come and go', () => {
  it.each<Story>([
    [
      'a pool goes: one event, and one for each finding that fails',
      [
        { pools: TWO, says: { 'a|p1': 'fail', 'a|p2': 'fail', 'b|p2': 'fail', 'c|p2': 'pass' } },
        { pools: ONE, says: { 'a|p1': 'fail' } },
      ],
      [
        ['baseline a|p1 (firstRead)', 'baseline a|p2 (firstRead)', 'baseline b|p2 (firstRead)'],
        ['nodePoolRemoved p2 (azure)', 'removed a|p2 (azure)', 'removed b|p2 (azure)'],
      ],
    ],
    [
      'a pool goes while its failing finding is unknown',
      [{ pools: TWO, says: { 'a|p2': 'fail' } }, { says: { 'a|p2': 'unknown' } }, { pools: ONE }],
      [['baseline a|p2 (firstRead)'], [], ['nodePoolRemoved p2 (azure)', 'removed a|p2 (azure)']],
    ],
    [
      'a pool becomes one that the check is not about, and turns back',
      [
        { pools: TWO, says: { 'a|p1': 'fail', 'a|p2': 'fail' } },
        { says: { 'a|p1': 'fail' } },
        { says: { 'a|p1': 'fail' } },
        { says: { 'a|p1': 'fail', 'a|p2': 'fail' } },
      ],
      [
        ['baseline a|p1 (firstRead)', 'baseline a|p2 (firstRead)'],
        ['resolved a|p2 (azure)'],
        [],
        ['regressed a|p2 (azure)'],
      ],
    ],
    [
      'a pool goes whose findings were never decided',
      [{ pools: TWO, says: { 'a|p2': 'unknown' } }, { pools: ONE }],
      [[], ['nodePoolRemoved p2 (azure)']],
    ],
    [
      'all pools go',
      [{ pools: TWO, says: { 'a|p1': 'fail', 'a|p2': 'pass' } }, { pools: {} }],
      [
        ['baseline a|p1 (firstRead)'],
        ['nodePoolRemoved p1 (azure)', 'nodePoolRemoved p2 (azure)', 'removed a|p1 (azure)'],
      ],
    ],
    [
      'a pool comes back: it is new',
      [{ pools: TWO, says: { 'a|p2': 'fail' } }, { pools: ONE }, { pools: TWO, says: { 'a|p2': 'fail' } }],
      [
        ['baseline a|p2 (firstRead)'],
        ['nodePoolRemoved p2 (azure)', 'removed a|p2 (azure)'],
        ['nodePoolAppeared p2 (azure)', 'baseline a|p2 (newSubject)'],
      ],
    ],
    [
      'one pool replaces another',
      [
        { pools: ONE, says: { 'a|p1': 'fail' } },
        { pools: { p9: 'Succeeded' }, says: { 'a|p9': 'pass' } },
      ],
      [
        ['baseline a|p1 (firstRead)'],
        ['nodePoolAppeared p9 (azure)', 'nodePoolRemoved p1 (azure)', 'removed a|p1 (azure)'],
      ],
    ],
    [
      'a pool has the name of a member that every object has',
      [
        { pools: ONE, says: { 'a|p1': 'pass' } },
        { pools: { ...ONE, constructor: 'Succeeded' }, says: { 'a|p1': 'pass', 'a|constructor': 'fail' } },
        { pools: ONE, says: { 'a|p1': 'pass' } },
      ],
      [
        [],
        ['nodePoolAppeared constructor (azure)', 'baseline a|constructor (newSubject)'],
        ['nodePoolRemoved constructor (azure)', 'removed a|constructor (azure)'],
      ],
    ],
    [
      'a cluster goes: one event and nothing else',
      [{ pools: ONE, says: { a: 'fail', 'b|p1': 'fail' } }, { sighting: 'gone' }],
      [['baseline a (firstRead)', 'baseline b|p1 (firstRead)'], ['clusterRemoved (azure)']],
    ],
    [
      'a cluster goes that could not be read before',
      [{ says: { a: 'fail' } }, { sighting: 'forbidden' }, { sighting: 'gone' }],
      [['baseline a (firstRead)'], [], ['clusterRemoved (azure)']],
    ],
    [
      'a cluster appears and stands for its pools',
      [{ sighting: 'absent' }, { sighting: 'read', pools: TWO, says: { a: 'pass', 'b|p1': 'fail' } }],
      [[], ['clusterAppeared (azure)', 'baseline b|p1 (newSubject)']],
    ],
    [
      'a cluster goes and comes back: it is new',
      [{ says: { a: 'fail' } }, { sighting: 'gone' }, { sighting: 'read', says: { a: 'fail' } }],
      [['baseline a (firstRead)'], ['clusterRemoved (azure)'], ['clusterAppeared (azure)', 'baseline a (newSubject)']],
    ],
    ['what was never known cannot go', [{ sighting: 'gone' }], [[]]],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it.each<Story>([
    [
      'clusters and pools appear in silence',
      [
        { sighting: 'absent' },
        { sighting: 'read', pools: ONE, says: { 'a|p1': 'fail' } },
        { pools: TWO, says: { 'a|p1': 'fail', 'a|p2': 'fail' } },
      ],
      [[], ['baseline a|p1 (newSubject)'], ['baseline a|p2 (newSubject)']],
    ],
    [
      'the failing findings of a pool that goes still end',
      [{ pools: TWO, says: { 'a|p2': 'fail' } }, { pools: ONE }],
      [['baseline a|p2 (firstRead)'], ['removed a|p2 (azure)']],
    ],
    ['a cluster goes in silence', [{ says: { a: 'fail' } }, { sighting: 'gone' }], [['baseline a (firstRead)'], []]],
    [
      'a cluster is made again in silence',
      [{ says: { a: 'fail' } }, { uid: 'uid-2', says: { a: 'fail' } }],
      [['baseline a (firstRead)'], ['baseline a (newSubject)']],
    ],
  ])('the scans that do not own the subjects: %s', (_, runs, told) => {
    expect(play(runs, { ownsSubjects: false }).told).toEqual(told);
  });

  it('tells of a finding that is removed what it was, and that nothing is left', () => {
    const { transitions } = play([
      { pools: ONE, says: { 'a|p1': { outcome: 'fail', observed: 7, severity: 'high' } } },
      { pools: {} },
    ]);

    expect(transitions[1]).toMatchObject([
      {
        ...{ transition: 'nodePoolRemoved', checkId: null, nodePool: 'p1', severity: 'info', before: null, now: null },
        ...{ message: 'Node pool p1 is gone.', since: '2026-11-24T07:00:00.000Z' },
      },
      {
        ...{ transition: 'removed', checkId: 'a', nodePool: 'p1', severity: 'high', now: null, remediation: null },
        before: { outcome: 'fail', observed: 7 },
      },
    ]);
  });

  it('says of a pool that the check is not about any more that it does not apply', () => {
    const { standpoints } = play([{ pools: ONE, says: { 'a|p1': 'fail' } }, { says: {} }]);

    expect(standpoints[1]).toMatchObject([
      {
        finding: { outcome: 'notApplicable', reason: null, message: 'The check is no longer about this node pool.' },
        entry: { outcome: 'notApplicable', since: '2026-11-24T07:00:00.000Z' },
      },
    ]);
  });

  it('takes leave of every entry, so that each sends its last row', () => {
    const { standpoints, states } = play([{ pools: ONE, says: { a: 'pass', 'b|p1': 'fail' } }, { sighting: 'gone' }]);

    expect(standpoints[1]).toMatchObject([
      { key: 'a|', finding: null },
      { key: 'b|p1', finding: null },
    ]);
    expect(states[1]).toBeUndefined();
  });

  it('takes leave of the entries of a pool that goes, and keeps the others', () => {
    const played = play([
      { pools: TWO, says: { 'a|p1': 'pass', 'a|p2': 'pass' } },
      { pools: ONE, says: { 'a|p1': 'pass' } },
    ]);

    expect(played.standpoints[1]).toMatchObject([
      { key: 'a|p2', finding: null },
      { key: 'a|p1', finding: { outcome: 'pass' } },
    ]);
    expect(Object.keys(played.states[1]?.entries ?? {})).toEqual(['a|p1']);
    expect(Object.keys(played.states[1]?.nodePools ?? {})).toEqual(['p1']);
  });

  it('names the cluster', () => {
    const { transitions } = play([{ sighting: 'absent' }, { sighting: 'read' }, { sighting: 'gone' }]);

    expect(transitions.flat().map(({ message }) => message)).toEqual(['Cluster c1 appeared.', 'Cluster c1 is gone.']);
  });
});

describe('rule 4: the first run', () => {
  it('tells of no cluster and no pool', () => {
    expect(play([{ pools: TWO, says: { a: 'pass' } }]).told).toEqual([[]]);
  });

  it('of a state that has seen the listing before is not the first', () => {
    expect(play([{ pools: TWO, says: { a: 'fail' } }], { firstRunDone: true }).told).toEqual([
      ['clusterAppeared (azure)', 'baseline a (newSubject)'],
    ]);
  });
});

describe('rule 12: a cluster that was made again', () => {
  it.each<Story>([
    [
      'inherits no history',
      [
        { uid: 'uid-1', says: { a: 'fail', b: 'pass' } },
        { uid: 'uid-2', says: { a: 'fail', b: 'fail' } },
      ],
      [
        ['baseline a (firstRead)'],
        ['clusterRemoved (azure)', 'clusterAppeared (azure)', 'baseline a (newSubject)', 'baseline b (newSubject)'],
      ],
    ],
    [
      'stands for its pools, which are new too',
      [
        { uid: 'uid-1', pools: ONE, says: { 'a|p1': 'fail' } },
        { uid: 'uid-2', pools: TWO, says: { 'a|p1': 'fail', 'a|p2': 'pass' } },
      ],
      [
        ['baseline a|p1 (firstRead)'],
        ['clusterRemoved (azure)', 'clusterAppeared (azure)', 'baseline a|p1 (newSubject)'],
      ],
    ],
    [
      'passes where it failed: nothing was resolved',
      [
        { uid: 'uid-1', says: { a: 'fail' } },
        { uid: 'uid-2', says: { a: 'pass' } },
      ],
      [['baseline a (firstRead)'], ['clusterRemoved (azure)', 'clusterAppeared (azure)']],
    ],
    [
      'is not one whose body lacks the uid',
      [
        { uid: 'uid-1', says: { a: 'fail' } },
        { uid: null, says: { a: 'fail' } },
      ],
      [['baseline a (firstRead)'], []],
    ],
    [
      'is not one whose uid is read for the first time',
      [
        { uid: null, says: { a: 'fail' } },
        { uid: 'uid-1', says: { a: 'fail' } },
      ],
      [['baseline a (firstRead)'], []],
    ],
    [
      'is seen also when one body in between lacked the uid',
      [
        { uid: 'uid-1', says: { a: 'pass' } },
        { uid: null, says: { a: 'pass' } },
        { uid: 'uid-2', says: { a: 'pass' } },
      ],
      [[], [], ['clusterRemoved (azure)', 'clusterAppeared (azure)']],
    ],
    [
      'is held by its own motion and not by that of the one before',
      [
        { uid: 'uid-1', cluster: 'Deleting', says: { a: 'pass' } },
        { uid: 'uid-2', cluster: 'Succeeded', says: { a: 'fail' } },
      ],
      [[], ['clusterRemoved (azure)', 'clusterAppeared (azure)', 'baseline a (newSubject)']],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('takes leave only of the entries that are not there again', () => {
    const { standpoints } = play([
      { uid: 'uid-1', pools: TWO, says: { a: 'pass', 'b|p2': 'pass' } },
      { uid: 'uid-2', pools: ONE, says: { a: 'pass' } },
    ]);

    expect(standpoints[1]).toMatchObject([
      { key: 'b|p2', finding: null },
      { key: 'a|', finding: { outcome: 'pass' } },
    ]);
  });
});

describe('rule 14: what is switched off is retired', () => {
  it.each<Story>([
    [
      'once, for what is stored as failing',
      [{ says: { a: 'fail', b: 'pass' } }, { off: ['a', 'b'] }, {}],
      [['baseline a (firstRead)'], ['retired a (expectation)'], []],
    ],
    [
      'also while unknown',
      [{ says: { a: 'fail' } }, { says: { a: 'unknown' } }, { off: ['a'] }],
      [['baseline a (firstRead)'], [], ['retired a (expectation)']],
    ],
    [
      'also when the cluster cannot be read',
      [{ says: { a: 'fail' } }, { off: ['a'], sighting: 'forbidden' }],
      [['baseline a (firstRead)'], ['retired a (expectation)']],
    ],
    [
      'switched on again: a first read',
      [{ says: { a: 'fail' } }, { off: ['a'] }, { off: [], says: { a: 'fail' } }],
      [['baseline a (firstRead)'], ['retired a (expectation)'], ['baseline a (firstRead)']],
    ],
    [
      'for a pool that is gone as well: removed',
      [
        { pools: ONE, says: { 'a|p1': 'fail' } },
        { pools: {}, off: ['a'] },
      ],
      [['baseline a|p1 (firstRead)'], ['nodePoolRemoved p1 (azure)', 'removed a|p1 (azure)']],
    ],
    [
      'not held by motion',
      [{ says: { a: 'fail' } }, { cluster: 'Updating', off: ['a'] }],
      [['baseline a (firstRead)'], ['retired a (expectation)']],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('deletes the entries', () => {
    const played = play([{ says: { a: 'fail', b: 'pass', c: 'pass' } }, { off: ['a', 'b'], says: { c: 'pass' } }]);

    expect(Object.keys(played.states[1]?.entries ?? {})).toEqual(['c|']);
    expect(onlyTransition(played)).toMatchObject({ now: null, before: { outcome: 'fail' }, remediation: null });
    expect(entryOf(played, 'c')).toMatchObject({ since: START });
  });
});
