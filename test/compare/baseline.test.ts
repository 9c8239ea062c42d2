import { baselineChanged, compareBaselines, type BaselineDifference } from '../../shared/compare/baseline';
import type { Effect } from '../../shared/model/baseline';
import { CHECKS, read } from '../config/sample-file';

/** As the state keeps it. */
const effectOf = (file: object): Effect => JSON.parse(JSON.stringify(read({ version: 1, ...file }).effect)) as Effect;

const compare = (before: object, now: object): BaselineDifference | null =>
  compareBaselines(effectOf(before), effectOf(now), CHECKS);

const ID = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/applicationGateways/';
const WHY = { reason: 'x', by: 'y' };
const WEEKLY = { days: ['Monday', 'Sunday'], from: '01:00', until: '02:00', timeZone: 'Etc/UTC' };
const ONCE = { from: '2027-01-01T00:00:00+01:00', until: '2027-01-01T06:00:00+01:00' };
const ALL = ['optional', 'plain', 'pools', 'ranges', 'waf'];

const params = (id: string, given: object): object => ({ checks: { [id]: { params: given } } });
const on = (id: string, settings: object): object => ({ checks: { [id]: settings } });
const over = (...rules: readonly (readonly [cluster: string, settings: object])[]): object => ({
  overrides: rules.map(([cluster, settings]) => ({ match: { cluster }, checks: { plain: settings } })),
});
const exempt = (expiresOn: string, more: object = {}): object => ({
  exemptions: [{ check: 'plain', reason: 'x', expiresOn, ...more }],
});
const left = (...exclude: readonly object[]): object => ({ scope: { exclude } });
const mute = (...rules: readonly object[]): object => ({ mute: rules.map((rule) => ({ ...WHY, ...rule })) });

describe('no change is', () => {
  it.each<readonly [string, object, object]>([
    ['no file, and one that says nothing', {}, { profile: 'standard', checks: {}, overrides: [], mute: [] }],
    ['a default written out: a number', {}, params('ranges', { maxEntries: 200 })],
    ['a default written out: a flag', {}, params('ranges', { allowTags: false })],
    ['a default written out: a text', {}, params('ranges', { engine: '' })],
    ['a default written out: a list', {}, params('ranges', { required: ['10.0.0.0/8'] })],
    ['a default written out: a list in another order', {}, params('pools', { zones: ['3', '1', '2'] })],
    ['a default written out: the switch', {}, { checks: { plain: { enabled: true }, optional: { enabled: false } } }],
    ['a default written out: the severity', {}, on('pools', { severity: 'high' })],
    [
      'what holds in general written out in an override',
      on('plain', { enabled: false }),
      {
        ...on('plain', { enabled: false }),
        ...over(['a', { enabled: false }]),
      },
    ],
    ['a default written out in an override', {}, over(['a', { enabled: true, severity: 'medium' }])],
    [
      'an override that takes the place of what is said in general',
      {
        ...on('plain', { severity: 'low' }),
        ...over(['a', { severity: 'medium' }]),
      },
      { ...on('plain', { severity: 'low' }), ...over(['A', { severity: 'medium' }]) },
    ],
    [
      'another order of checks',
      { checks: { plain: { enabled: false }, ranges: { severity: 'low' } } },
      {
        checks: { ranges: { severity: 'low' }, plain: { enabled: false } },
      },
    ],
    [
      'another order of a list',
      params('ranges', { required: ['10.0.0.0/8', '9.0.0.0/8'] }),
      params('ranges', {
        required: ['9.0.0.0/8', '10.0.0.0/8'],
      }),
    ],
    [
      'another order of overrides that say the same',
      over(['a', { enabled: false }], ['b', { enabled: false }]),
      over(['b', { enabled: false }], ['a', { enabled: false }]),
    ],
    [
      'another order of overrides that say different things',
      over(['a', { enabled: false }], ['b', { severity: 'low' }]),
      over(['b', { severity: 'low' }], ['a', { enabled: false }]),
    ],
    ['an override twice', over(['a', { enabled: false }]), over(['a', { enabled: false }], ['a', { enabled: false }])],
    [
      'an override that a later one undoes',
      over(['a', { severity: 'low' }]),
      over(['a', { severity: 'high' }], ['a', { severity: 'low' }]),
    ],
    [
      'another letter case of names',
      left({ cluster: 'AKS-1', tags: { Stage: 'Test' } }),
      left({
        cluster: 'aks-1',
        tags: { stage: 'test' },
      }),
    ],
    [
      'another order of exemptions',
      {
        exemptions: ['2027-01-01', '2026-12-01'].map((day) => ({
          ...{ check: 'plain', reason: day, expiresOn: day },
        })),
      },
      { exemptions: ['2026-12-01', '2027-01-01'].map((day) => ({ check: 'plain', reason: day, expiresOn: day })) },
    ],
    [
      'an exemption that ends before another one',
      exempt('2027-01-01'),
      {
        exemptions: ['2027-01-01', '2026-12-01'].map((expiresOn) => ({ check: 'plain', reason: 'x', expiresOn })),
      },
    ],
    [
      'another order of rules of the scope',
      left({ cluster: 'a' }, { cluster: 'b' }),
      left({ cluster: 'b' }, { cluster: 'a' }),
    ],
    [
      'a rule of the scope that another one holds',
      left({ cluster: 'a' }),
      left({ cluster: 'a' }, { cluster: 'a', youngerThanDays: 3 }),
    ],
    ['another order of windows', mute({ once: ONCE }, { weekly: WEEKLY }), mute({ weekly: WEEKLY }, { once: ONCE })],
    ['another order of days', mute({ weekly: WEEKLY }), mute({ weekly: { ...WEEKLY, days: ['Sunday', 'Monday'] } })],
    [
      'another order of checks in a window',
      mute({ once: ONCE, checks: ['plain', 'ranges'] }),
      mute({
        once: ONCE,
        checks: ['ranges', 'plain'],
      }),
    ],
    [
      'a window in two parts',
      mute({ once: ONCE, checks: ['plain', 'ranges'] }),
      mute({ once: ONCE, checks: ['ranges'] }, { once: ONCE, checks: ['plain'] }),
    ],
    [
      'another writing of a moment',
      mute({ once: ONCE }),
      mute({
        once: { from: '2026-12-31T23:00Z', until: '2027-01-01T05:00:00.000Z' },
      }),
    ],
    [
      'another order of attestations',
      {
        attestations: [
          { item: 'S1', reviewedOn: '2026-01-01', by: 'A' },
          { item: 'S1', reviewedOn: '2026-05-01', by: 'B' },
        ],
      },
      {
        attestations: [
          { item: 'S1', reviewedOn: '2026-05-01', by: 'B' },
          { item: 'S1', reviewedOn: '2026-01-01', by: 'A' },
        ],
      },
    ],
    [
      'another order of reviews on one day',
      { attestations: ['A', 'B'].map((by) => ({ item: 'S1', reviewedOn: '2026-01-01', by })) },
      { attestations: ['B', 'A'].map((by) => ({ item: 'S1', reviewedOn: '2026-01-01', by })) },
    ],
    [
      'another order of exemptions to one day',
      { exemptions: ['a', 'b'].map((reason) => ({ check: 'plain', reason, expiresOn: '2027-01-01' })) },
      { exemptions: ['b', 'a'].map((reason) => ({ check: 'plain', reason, expiresOn: '2027-01-01' })) },
    ],
    [
      'the days of an attestation written out',
      { attestations: [{ item: 'S1', reviewedOn: '2026-01-01', by: 'A' }] },
      {
        attestations: [{ item: 'S1', reviewedOn: '2026-01-01', by: 'A', validForDays: 365 }],
      },
    ],
    [
      'another order and letter case of gateways',
      { gateways: { a: [`${ID}x`, `${ID}y`] } },
      {
        gateways: { A: [`${ID}Y`, `${ID}X`] },
      },
    ],
    [
      'the same gateways in two entries',
      { gateways: { a: [`${ID}x`, `${ID}y`] } },
      {
        gateways: { a: [`${ID}x`], A: [`${ID}y`] },
      },
    ],
  ])('%s', (_, before, now) => {
    expect(compare(before, now)).toBeNull();
    expect(compare(now, before)).toBeNull();
  });
});

/** What changes, the severity when it goes that way, and whom it weakens; then when it goes back. */
type Row = readonly [string, object, object, forth: readonly [string, string[]], back: readonly [string, string[]]];

const NOBODY = ['info', [] as string[]] as const;

describe('a change weakens checks, or none; its severity is that of the strictest', () => {
  it.each<Row>([
    ['a number that is stricter when it is lower', {}, params('pools', { days: 31 }), ['high', ['pools']], NOBODY],
    ['a number that is stricter when it is higher', {}, params('pools', { nodes: 2 }), ['high', ['pools']], NOBODY],
    [
      'a flag that asks for more when it is true',
      params('pools', { mustBeNew: true }),
      {},
      ['high', ['pools']],
      NOBODY,
    ],
    [
      'a flag that asks for more when it is false',
      {},
      params('ranges', { allowTags: true }),
      ['medium', ['ranges']],
      NOBODY,
    ],
    ['a text in place of the default', {}, params('ranges', { engine: 'calico' }), ['medium', ['ranges']], NOBODY],
    [
      'a text in place of another',
      params('ranges', { engine: 'calico' }),
      params('ranges', { engine: 'cilium' }),
      ['medium', ['ranges']],
      ['medium', ['ranges']],
    ],
    [
      'a list that is stricter when it is longer',
      {},
      params('ranges', { required: [] }),
      ['medium', ['ranges']],
      NOBODY,
    ],
    [
      'a list that is stricter when it is shorter',
      {},
      params('waf', { owners: ['11111111-1111-1111-1111-111111111111'] }),
      ['medium', ['waf']],
      NOBODY,
    ],
    [
      'a list of which one is replaced',
      {},
      params('ranges', { required: ['9.0.0.0/8'] }),
      ['medium', ['ranges']],
      ['medium', ['ranges']],
    ],
    ['a switch', {}, on('plain', { enabled: false }), ['medium', ['plain']], NOBODY],
    ['a switch of what is off by default', on('optional', { enabled: true }), {}, ['medium', ['optional']], NOBODY],
    [
      'a severity',
      on('plain', { severity: 'critical' }),
      on('plain', { severity: 'high' }),
      ['critical', ['plain']],
      NOBODY,
    ],
    ['a severity, from the check’s own', {}, on('pools', { severity: 'info' }), ['high', ['pools']], NOBODY],
    [
      'a switch of what the file makes severe',
      on('plain', { severity: 'critical' }),
      on('plain', {
        severity: 'critical',
        enabled: false,
      }),
      ['critical', ['plain']],
      NOBODY,
    ],
    [
      'a switch of what an override makes severe',
      over(['a', { severity: 'critical' }]),
      {
        ...over(['a', { severity: 'critical' }]),
        ...on('plain', { enabled: false }),
      },
      ['critical', ['plain']],
      NOBODY,
    ],
    [
      'several checks',
      {},
      { checks: { plain: { enabled: false }, pools: { params: { days: 40, nodes: 5 } } } },
      ['high', ['plain', 'pools']],
      ['high', ['pools']],
    ],
    ['the profile', { profile: 'strict' }, {}, ['high', ['pools']], NOBODY],
    ['an override', {}, over(['a', { enabled: false }]), ['medium', ['plain']], NOBODY],
    [
      'an exception of an override',
      over(['*', { enabled: false }], ['a', { enabled: true }]),
      over(['*', { enabled: false }]),
      ['medium', ['plain']],
      NOBODY,
    ],
    [
      'the order of overrides that say otherwise',
      over(['*', { enabled: false }], ['a', { enabled: true }]),
      over(['a', { enabled: true }], ['*', { enabled: false }]),
      ['medium', ['plain']],
      NOBODY,
    ],
    [
      'the severity in the order of overrides',
      over(['*', { severity: 'low' }], ['a', { severity: 'high' }]),
      over(['a', { severity: 'high' }], ['*', { severity: 'low' }]),
      ['high', ['plain']],
      NOBODY,
    ],
    ['an exemption', {}, exempt('2027-01-01'), ['medium', ['plain']], NOBODY],
    ['an exemption that is prolonged', exempt('2027-01-01'), exempt('2027-01-02'), ['medium', ['plain']], NOBODY],
    [
      'an exemption of something else',
      exempt('2027-01-01'),
      exempt('2027-01-01', { match: { cluster: 'a' } }),
      ['medium', ['plain']],
      ['medium', ['plain']],
    ],
    [
      'the words of an exemption',
      exempt('2027-01-01'),
      exempt('2027-01-01', { reason: 'y', approvedBy: 'z' }),
      NOBODY,
      NOBODY,
    ],
    ['a window for all', {}, mute({ once: ONCE }), ['high', ALL], NOBODY],
    [
      'a window for some',
      {},
      mute({ once: ONCE, checks: ['plain', 'ranges'] }),
      ['medium', ['plain', 'ranges']],
      NOBODY,
    ],
    [
      'a window for more',
      mute({ once: ONCE, checks: ['plain'] }),
      mute({ once: ONCE, checks: ['plain', 'pools'] }),
      ['high', ['pools']],
      NOBODY,
    ],
    [
      'a window for all in place of some',
      mute({ once: ONCE, checks: ['plain'] }),
      mute({ once: ONCE }),
      ['high', ALL.filter((id) => id !== 'plain')],
      NOBODY,
    ],
    ['the words of a window', mute({ once: ONCE }), mute({ once: ONCE, by: 'z' }), NOBODY, NOBODY],
    ['a rule of the scope', {}, left({ cluster: 'a' }), ['high', ALL], NOBODY],
    ['an age', left({ youngerThanDays: 3 }), left({ youngerThanDays: 4 }), ['high', ALL], NOBODY],
    [
      'an age that does not count any more',
      left({ cluster: 'a', youngerThanDays: 3 }),
      left({ cluster: 'a' }),
      ['high', ALL],
      NOBODY,
    ],
    ['a gateway', {}, { gateways: { a: [`${ID}x`] } }, ['medium', ['waf']], NOBODY],
    [
      'one gateway more',
      { gateways: { a: [`${ID}x`] } },
      { gateways: { a: [`${ID}x`, `${ID}y`] } },
      ['medium', ['waf']],
      NOBODY,
    ],
    ['an owner', {}, { ownership: { owner: { cluster: ['team'] } } }, NOBODY, NOBODY],
    [
      'the order of tags that tell the owner',
      { ownership: { owner: { cluster: ['team', 'owner'] } } },
      { ownership: { owner: { cluster: ['owner', 'team'] } } },
      NOBODY,
      NOBODY,
    ],
    ['days to mend', {}, { remediationDays: { high: 5 } }, NOBODY, NOBODY],
    ['an attestation', {}, { attestations: [{ item: 'S1', reviewedOn: '2026-01-01', by: 'A' }] }, NOBODY, NOBODY],
  ])('%s', (_, before, now, forth, back) => {
    const told = [compare(before, now), compare(now, before)].map((each) => [each?.severity, each?.weakened]);

    expect(told).toEqual([forth, back]);
  });
});

describe('a difference', () => {
  it('names the places that differ, with what holds there', () => {
    const before = { profile: 'strict', ...params('pools', { days: 10 }), ...exempt('2027-01-01') };
    const now = { checks: { pools: { params: { nodes: 2 }, severity: 'low' }, plain: { enabled: true } } };

    expect(compare(before, now)).toEqual({
      before: {
        profile: 'strict',
        'checks.pools.params.days': 10,
        'checks.pools.params.nodes': 3,
        'checks.pools.severity': 'high',
        'exemptions[plain: everything]': { expiresOn: '2027-01-01', reason: 'x' },
      },
      now: {
        profile: 'standard',
        'checks.pools.params.days': 30,
        'checks.pools.params.nodes': 2,
        'checks.pools.severity': 'low',
      },
      weakened: ['pools'],
      severity: 'high',
    });
  });

  it.each<readonly [string, object, string]>([
    [
      'an override',
      {
        overrides: [
          { match: { tags: { b: 'x', A: 'Y' }, nodePool: 'p', cluster: 'C-*' }, checks: { pools: { enabled: false } } },
        ],
      },
      'overrides[cluster c-*, nodePool p, tag a y, tag b x].checks.pools.enabled',
    ],
    ['an exemption', exempt('2027-01-01', { match: { subscription: '1*' } }), 'exemptions[plain: subscription 1*]'],
    ['a rule of the scope', left({ resourceGroup: 'rg', youngerThanDays: 3 }), 'scope.exclude[resourceGroup rg]'],
    ['a window once', mute({ once: ONCE }), 'mute[everything; 2026-12-31T23:00:00.000Z to 2027-01-01T05:00:00.000Z]'],
    ['a window every week', mute({ weekly: WEEKLY }), 'mute[everything; Monday Sunday 01:00-02:00 Etc/UTC]'],
    ['an attestation', { attestations: [{ item: 'S1', reviewedOn: '2026-01-01', by: 'A' }] }, 'attestations[S1]'],
    ['gateways', { gateways: { 'AKS-*': [`${ID}x`] } }, 'gateways[aks-*]'],
    ['an owner', { ownership: { owner: { cluster: ['team'] } } }, 'ownership.owner.cluster'],
    ['days to mend', { remediationDays: { high: 5 } }, 'remediationDays.high'],
  ])('names the place of %s', (_, file, place) => {
    expect(Object.keys(compare({}, file)?.now ?? {})).toEqual([place]);
  });

  it('names overrides whose order changed, where it means something', () => {
    const [lax, strict] = [
      { enabled: false, severity: 'low' },
      { enabled: true, severity: 'low' },
    ];

    expect(compare(over(['*', lax], ['a', strict]), over(['a', strict], ['*', lax]))).toEqual({
      before: { 'overrides.order.checks.plain.enabled': ['cluster *', 'cluster a'] },
      now: { 'overrides.order.checks.plain.enabled': ['cluster a', 'cluster *'] },
      weakened: ['plain'],
      severity: 'medium',
    });
  });

  it('does not guess what holds where other overrides may match', () => {
    const difference = compare(
      over(['*', { enabled: false }], ['a', { enabled: true }]),
      over(['*', { enabled: false }]),
    );

    expect(difference).toMatchObject({ before: { 'overrides[cluster a].checks.plain.enabled': true }, now: {} });
  });

  it('is told of a check that is no longer known', () => {
    const before = { ...effectOf({}), 'checks.gone.enabled': false };

    expect(compareBaselines(before, effectOf({}), CHECKS)).toEqual({
      before: { 'checks.gone.enabled': false },
      now: {},
      weakened: [],
      severity: 'info',
    });
  });
});

describe('the event', () => {
  const context = {
    now: '2026-11-24T06:00:00.000Z',
    eventId: (checkId: string | null, nodePool: string | null, transition: string) =>
      JSON.stringify([checkId, nodePool, transition]),
  };
  const event = (before: object, now: object) => baselineChanged(effectOf(before), effectOf(now), CHECKS, context);

  it('is none where nothing changed', () => {
    expect(event({}, {})).toBeNull();
  });

  it('says what changed from what to what, by expectation, with the severity of what it weakens', () => {
    expect(event({}, on('pools', { enabled: false }))).toEqual({
      eventId: '[null,null,"baselineChanged"]',
      ...{ transition: 'baselineChanged', cause: 'expectation', checkId: null, nodePool: null },
      before: { outcome: null, observed: { 'checks.pools.enabled': true } },
      now: { outcome: null, observed: { 'checks.pools.enabled': false } },
      severity: 'high',
      since: context.now,
      message: 'The baseline file changed in 1 place; less is asked of pools.',
      ...{ remediation: null, exempt: false, exemptionReason: null },
    });
  });

  it.each<readonly [string, object, string]>([
    ['nobody', { remediationDays: { high: 1, low: 2 } }, 'in 2 places; no check is asked less.'],
    [
      'two',
      { checks: { plain: { enabled: false }, ranges: { enabled: false } } },
      'in 2 places; less is asked of plain, ranges.',
    ],
    ['every check', left({ cluster: 'a' }), 'in 1 place; less is asked of every check.'],
  ])('counts places, and names whom it weakens: %s', (_, now, words) => {
    expect(event({}, now)?.message).toBe(`The baseline file changed ${words}`);
  });

  it('names five of many', () => {
    const checks = 'abcdefg'.split('').map((id) => ({ ...CHECKS[1], id })) as unknown as typeof CHECKS;
    const settings = Object.fromEntries(checks.slice(0, 6).map(({ id }) => [`checks.${id}.enabled`, false]));

    expect(baselineChanged({}, settings, checks, context)?.message).toBe(
      'The baseline file changed in 6 places; less is asked of a, b, c, d, e and 1 more.',
    );
  });
});
