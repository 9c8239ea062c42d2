import { entryOf, exemption, onlyTransition, play, type Run } from '../support/state';

type Story = readonly [name: string, runs: readonly Run[], told: readonly (readonly string[])[]];

const PASS: Run = { says: { a: 'pass' } };
const FAIL: Run = { says: { a: 'fail' } };
const UNKNOWN: Run = { says: { a: 'unknown' } };
const EXEMPT = { exempt: { a: exemption('2026-11-24', 'agreed with security') } };
const NONE = { exempt: {} };
const NEXT_DAY = '2026-11-25T00:00:00.000Z';

describe('rule 15: exemptions', () => {
  it.each<Story>([
    [
      'in force at the first read: only the baseline',
      [{ ...EXEMPT, ...FAIL }, FAIL],
      [['baseline a (firstRead)'].map((text) => `${text} exempt`), []],
    ],
    [
      'granted for what fails',
      [FAIL, { ...EXEMPT, ...FAIL }, FAIL],
      [['baseline a (firstRead)'], ['exemptionStarted a (expectation) exempt'], []],
    ],
    [
      'granted while unknown',
      [FAIL, { ...EXEMPT, ...UNKNOWN }, FAIL],
      [['baseline a (firstRead)'], ['exemptionStarted a (expectation) exempt'], []],
    ],
    [
      'granted while the cluster cannot be read',
      [FAIL, { ...EXEMPT, sighting: 'forbidden' }],
      [['baseline a (firstRead)'], ['exemptionStarted a (expectation) exempt']],
    ],
    ['granted for what passes', [PASS, { ...EXEMPT, ...PASS }, { ...NONE, ...PASS }], [[], [], []]],
    [
      'granted for what does not apply',
      [{ says: { a: 'notApplicable' } }, { ...EXEMPT, says: { a: 'notApplicable' } }],
      [[], []],
    ],
    ['granted for what was never read', [UNKNOWN, { ...EXEMPT, ...UNKNOWN }, { ...NONE, ...UNKNOWN }], [[], [], []]],
    [
      'granted before it was ever read',
      [UNKNOWN, { ...EXEMPT, ...UNKNOWN }, FAIL],
      [[], [], ['baseline a (firstRead) exempt']],
    ],
    ['in force when it regresses', [PASS, { ...EXEMPT, ...PASS }, FAIL], [[], [], ['regressed a (azure) exempt']]],
    [
      'in force when it is resolved',
      [{ ...EXEMPT, ...FAIL }, PASS],
      [['baseline a (firstRead) exempt'], ['resolved a (azure) exempt']],
    ],
    [
      'in force when it changes',
      [
        { ...EXEMPT, says: { a: { outcome: 'fail', watched: ['x', 'y'] } } },
        { says: { a: { outcome: 'fail', watched: ['x'] } } },
      ],
      [['baseline a (firstRead) exempt'], ['changed a (azure) exempt']],
    ],
    [
      'does not cover what got worse',
      [{ ...EXEMPT, ...FAIL }, { says: { a: { outcome: 'fail', severity: 'high' } } }],
      [['baseline a (firstRead) exempt'], ['worsened a (azure)']],
    ],
    [
      'withdrawn',
      [{ ...EXEMPT, ...FAIL }, { ...NONE, ...FAIL }, FAIL],
      [['baseline a (firstRead) exempt'], ['exemptionExpired a (expectation)'], []],
    ],
    [
      'passed',
      [
        { ...EXEMPT, ...FAIL },
        { ...NONE, ...FAIL, now: NEXT_DAY },
        { ...FAIL, now: NEXT_DAY },
      ],
      [['baseline a (firstRead) exempt'], ['exemptionExpired a (time)'], []],
    ],
    [
      'passed while unknown',
      [
        { ...EXEMPT, ...FAIL },
        { ...NONE, ...UNKNOWN, now: NEXT_DAY },
      ],
      [['baseline a (firstRead) exempt'], ['exemptionExpired a (time)']],
    ],
    [
      'passed in the run that resolves it',
      [
        { ...EXEMPT, ...FAIL },
        { ...NONE, ...PASS, now: NEXT_DAY },
      ],
      [['baseline a (firstRead) exempt'], ['resolved a (azure)']],
    ],
    [
      'granted in the run that resolves it',
      [FAIL, { ...EXEMPT, ...PASS }],
      [['baseline a (firstRead)'], ['resolved a (azure) exempt']],
    ],
    [
      'passed in the run that makes it worse: the outcome comes first',
      [
        { ...EXEMPT, ...FAIL },
        { ...NONE, says: { a: { outcome: 'fail', severity: 'high' } }, now: NEXT_DAY },
      ],
      [['baseline a (firstRead) exempt'], ['worsened a (azure)', 'exemptionExpired a (time)']],
    ],
    [
      'replaced by another',
      [
        { ...EXEMPT, ...FAIL },
        { exempt: { a: exemption('2027-01-01', 'another') }, ...FAIL },
      ],
      [['baseline a (firstRead) exempt'], []],
    ],
    [
      'replaced by another, and then withdrawn before its own end',
      [
        { ...EXEMPT, ...FAIL },
        { exempt: { a: exemption('2027-01-01') }, ...FAIL },
        { ...NONE, ...FAIL, now: NEXT_DAY },
      ],
      [['baseline a (firstRead) exempt'], [], ['exemptionExpired a (expectation)']],
    ],
    [
      'granted in motion: its own event is not held',
      [FAIL, { ...EXEMPT, cluster: 'Updating', ...PASS }, { cluster: 'Succeeded', ...PASS }],
      [['baseline a (firstRead)'], ['exemptionStarted a (expectation) exempt'], ['resolved a (azure) exempt']],
    ],
    [
      'of one pool only',
      [
        { pools: { p1: 'Succeeded', p2: 'Succeeded' }, says: { 'a|p1': 'fail', 'a|p2': 'fail' } },
        { exempt: { 'a|p2': exemption('2027-01-01') }, says: { 'a|p1': 'fail', 'a|p2': 'fail' } },
      ],
      [['baseline a|p1 (firstRead)', 'baseline a|p2 (firstRead)'], ['exemptionStarted a|p2 (expectation) exempt']],
    ],
    [
      'in force when its pool goes',
      [
        { pools: { p1: 'Succeeded' }, exempt: { 'a|p1': exemption('2027-01-01') }, says: { 'a|p1': 'fail' } },
        { pools: {} },
      ],
      [['baseline a|p1 (firstRead) exempt'], ['nodePoolRemoved p1 (azure)', 'removed a|p1 (azure) exempt']],
    ],
    [
      'in force when its check is switched off',
      [{ ...EXEMPT, ...FAIL }, { off: ['a'] }],
      [['baseline a (firstRead) exempt'], ['retired a (expectation) exempt']],
    ],
  ])('%s', (_, runs, told) => {
    expect(play(runs).told).toEqual(told);
  });

  it('says until when and why', () => {
    expect(onlyTransition(play([FAIL, { ...EXEMPT, ...FAIL }]))).toMatchObject({
      message: 'Exempt until the end of 2026-11-24: agreed with security',
      exemptionReason: 'agreed with security',
      before: { outcome: 'fail' },
      now: { outcome: 'fail' },
    });
  });

  it.each([
    ['passed', NEXT_DAY, 'The exemption passed at the end of 2026-11-24; the check still fails.'],
    ['withdrawn', '2026-11-24T23:59:59.999Z', 'The exemption until 2026-11-24 was withdrawn; the check still fails.'],
  ])('says that it was %s', (_, now, message) => {
    const played = play([
      { ...EXEMPT, ...FAIL },
      { ...NONE, ...FAIL, now },
    ]);

    expect(onlyTransition(played)).toMatchObject({ message, exempt: false, exemptionReason: null });
  });

  it('does not cover, and does not name, what got worse', () => {
    const played = play([{ ...EXEMPT, ...FAIL }, { says: { a: { outcome: 'fail', severity: 'high' } } }]);

    expect(onlyTransition(played)).toMatchObject({ exempt: false, exemptionReason: null });
    expect(entryOf(played, 'a')?.exemption).toMatchObject({ reason: 'agreed with security' });
  });
});
