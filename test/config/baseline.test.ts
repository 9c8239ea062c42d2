import { defaultBaseline } from '../../shared/config/baseline';
import type { Subject } from '../../shared/model/baseline';
import { defaultsOf } from '../../shared/model/params';
import { optional, problemsOf, ranges, read, SUBJECT } from './sample-file';

const NOW = new Date('2026-11-24T06:00:00.000Z');

const YAML = `
# What we expect.
version: 1
profile: strict
checks:
  ranges:
    enabled: false
    severity: high
    params:
      maxEntries: 5
      required: [192.168.0.0/16]
exemptions:
  - check: plain
    match: { cluster: aks-prod-? }
    reason: agreed
    expiresOn: 2026-12-31
    approvedBy: ciso
`;

describe('a baseline file', () => {
  it('can be YAML', () => {
    const baseline = read(YAML);

    expect(baseline.profile).toBe('strict');
    expect(baseline.expectationOf(ranges, SUBJECT)).toMatchObject({
      enabled: false,
      severity: 'high',
      params: { maxEntries: 5, allowTags: false, required: ['192.168.0.0/16'], engine: '' },
    });
    expect(baseline.exemptionOf('plain', SUBJECT, NOW)).toEqual({
      reason: 'agreed',
      expiresOn: '2026-12-31',
      approvedBy: 'ciso',
    });
  });

  it('can be JSON', () => {
    expect(read({ version: 1, profile: 'strict' }).profile).toBe('strict');
  });

  it('may begin with a byte order mark', () => {
    expect(read('\uFEFF{"version": 1, "profile": "strict"}').profile).toBe('strict');
  });

  it('leaves the defaults in force where it says nothing', () => {
    const baseline = read({ version: 1 });

    expect(baseline.profile).toBe('standard');
    expect(baseline.expectationOf(ranges, SUBJECT)).toMatchObject({
      enabled: true,
      severity: null,
      params: defaultsOf(ranges.params),
    });
    expect(baseline.expectationOf(optional, SUBJECT).enabled).toBe(false);
    expect(baseline.exemptionOf('plain', SUBJECT, NOW)).toBeNull();
  });

  it('can switch on what is off by default', () => {
    expect(read({ version: 1, checks: { optional: { enabled: true } } }).expectationOf(optional, SUBJECT).enabled).toBe(
      true,
    );
  });

  it('is the same as none when it says nothing', () => {
    expect(read({ version: 1 }).hash).toBe(defaultBaseline().hash);
  });
});

const KEYS =
  'version, profile, checks, overrides, exemptions, gateways, attestations, scope, mute, ownership, remediationDays';

describe('a file that cannot be used', () => {
  it.each<readonly [string, object | string, readonly string[]]>([
    ['is empty', '', [`got null; accepts ${KEYS}`]],
    ['is a list', '- 1', [`got [1]; accepts ${KEYS}`]],
    ['is a text', 'hello', [`got "hello"; accepts ${KEYS}`]],
    ['has no version', {}, ['version: not set; accepts 1']],
    ['has a newer version', { version: 2 }, ['version: got 2; accepts 1']],
    ['has an unknown profile', { version: 1, profile: 'lax' }, ['profile: got "lax"; accepts standard, strict']],
    ['has an unknown key', { version: 1, exemption: [] }, ['unknown key "exemption"; did you mean "exemptions"?']],
    [
      'has two unknown keys in two places',
      { version: 1, chekcs: {}, checks: { plain: { sverity: 'low' } } },
      ['checks.plain: unknown key "sverity"; did you mean "severity"?', 'unknown key "chekcs"; did you mean "checks"?'],
    ],
    [
      'has an unknown check',
      { version: 1, checks: { rangs: {} } },
      ['checks: unknown check "rangs"; did you mean "ranges"?'],
    ],
    [
      'has an unknown parameter',
      { version: 1, checks: { ranges: { params: { maxEntry: 1 } } } },
      ['checks.ranges.params: unknown parameter "maxEntry"; did you mean "maxEntries"?'],
    ],
    [
      'has a parameter for a check without any',
      { version: 1, checks: { plain: { params: { days: 1 } } } },
      ['checks.plain.params: unknown parameter "days"; there is none'],
    ],
    [
      'has a parameter with the name of a member that every object has',
      { version: 1, checks: { plain: { params: { toString: 1 } } } },
      ['checks.plain.params: unknown parameter "toString"; there is none'],
    ],
    [
      'has a text for a number',
      { version: 1, checks: { ranges: { params: { maxEntries: '5' } } } },
      ['checks.ranges.params.maxEntries: got "5"; accepts a whole number from 1 to 2000'],
    ],
    [
      'has a negative number',
      { version: 1, checks: { ranges: { params: { maxEntries: -1 } } } },
      ['checks.ranges.params.maxEntries: got -1; accepts a whole number from 1 to 2000'],
    ],
    [
      'has a number that is none',
      'version: 1\nchecks: {ranges: {params: {maxEntries: .inf}}}',
      ['checks.ranges.params.maxEntries: got null; accepts a whole number from 1 to 2000'],
    ],
    [
      'has nothing for a number',
      { version: 1, checks: { ranges: { params: { maxEntries: null } } } },
      ['checks.ranges.params.maxEntries: got null; accepts a whole number from 1 to 2000'],
    ],
    [
      'has a text for a flag',
      { version: 1, checks: { ranges: { params: { allowTags: 'yes' } } } },
      ['checks.ranges.params.allowTags: got "yes"; accepts true or false'],
    ],
    [
      'has a text for a list',
      { version: 1, checks: { ranges: { params: { required: '10.0.0.0/8' } } } },
      ['checks.ranges.params.required: got "10.0.0.0/8"; accepts a list of addresses or CIDR blocks'],
    ],
    [
      'has numbers in a list of texts',
      { version: 1, checks: { ranges: { params: { required: [1] } } } },
      ['checks.ranges.params.required.0: got 1; accepts an address or a CIDR block'],
    ],
    [
      'has a number for a text',
      { version: 1, checks: { ranges: { params: { engine: 1 } } } },
      ['checks.ranges.params.engine: got 1; accepts "", "calico", "cilium"'],
    ],
    [
      'has an unknown severity',
      { version: 1, checks: { plain: { severity: 'urgent' } } },
      ['checks.plain.severity: got "urgent"; accepts critical, high, medium, low, info'],
    ],
    [
      'has a text for enabled',
      { version: 1, checks: { plain: { enabled: 'no' } } },
      ['checks.plain.enabled: got "no"; accepts true or false'],
    ],
    [
      'has an exemption of an unknown check',
      { version: 1, exemptions: [{ check: 'plian', reason: 'x', expiresOn: '2027-01-01' }] },
      ['exemptions.0.check: unknown check "plian"; did you mean "plain"?'],
    ],
    [
      'has an exemption without a reason',
      { version: 1, exemptions: [{ check: 'plain', reason: '', expiresOn: '2027-01-01' }] },
      ['exemptions.0.reason: got ""; accepts a text that says why'],
    ],
    [
      'has an exemption by tags, which whoever can tag could grant',
      {
        version: 1,
        exemptions: [{ check: 'plain', match: { tags: { a: 'b' } }, reason: 'x', expiresOn: '2027-01-01' }],
      },
      ['exemptions.0.match.tags: tags grant no exemption, because whoever can tag a cluster could exempt it'],
    ],
  ])('%s', (_, file, problems) => {
    expect(problemsOf(file)).toEqual(problems);
  });

  it.each(['2027-1-1', '01.02.2027', 'tomorrow', '2027-13-01', '2027-02-30', '2027-02-29', '2027-01-01T00:00:00Z'])(
    'has an exemption until %j',
    (expiresOn) => {
      expect(problemsOf({ version: 1, exemptions: [{ check: 'plain', reason: 'x', expiresOn }] })).toEqual([
        `exemptions.0.expiresOn: got ${JSON.stringify(expiresOn)}; accepts a day, YYYY-MM-DD`,
      ]);
    },
  );

  it('has an exemption that never ends', () => {
    expect(problemsOf({ version: 1, exemptions: [{ check: 'plain', reason: 'x' }] })).toHaveLength(1);
  });

  it.each([
    ['an open bracket', 'version: 1\nchecks: {'],
    ['a key twice', 'version: 1\nversion: 1'],
    ['two documents', 'version: 1\n---\nversion: 1'],
    [
      'a glob that is not quoted',
      'version: 1\nexemptions: [{check: plain, match: {cluster: *prod}, reason: x, expiresOn: 2027-01-01}]',
    ],
    ['a glob alone that is not quoted', 'version: 1\nexemptions:\n- check: plain\n  match: { cluster: * }\n'],
    [
      'references that grow without end',
      'a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c]',
    ],
  ])('is no good YAML: %s', (_, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });

  it('is named, with every problem at once', () => {
    const file = { version: 1, profile: 'lax', checks: { rangs: {}, ranges: { params: { maxEntries: -1 } } } };

    expect(() => read(file)).toThrow(/^The baseline file baseline\.yaml cannot be used:\n {2}- /);
    expect(problemsOf(file)).toEqual([
      'profile: got "lax"; accepts standard, strict',
      'checks.ranges.params.maxEntries: got -1; accepts a whole number from 1 to 2000',
      'checks: unknown check "rangs"; did you mean "ranges"?',
    ]);
  });

  it('names all the unknown checks, parameters and exemptions at once', () => {
    expect(
      problemsOf({
        version: 1,
        checks: { rangs: {}, ranges: { params: { x: 1, maxEntries: 'y' } } },
        exemptions: [{ check: 'none', reason: 'x', expiresOn: '2027-01-01' }],
      }),
    ).toHaveLength(4);
  });
});

describe('exemptions', () => {
  const until = (expiresOn: string, more: object = {}): object => ({
    check: 'plain',
    reason: expiresOn,
    expiresOn,
    ...more,
  });
  const grants = (exemptions: readonly object[], subject: Partial<Subject> = {}, now = NOW): string | null =>
    read({ version: 1, exemptions }).exemptionOf('plain', { ...SUBJECT, ...subject }, now)?.reason ?? null;

  it.each<readonly [string, object, Partial<Subject>, boolean]>([
    ['no match: everywhere', {}, {}, true],
    ['no match: subscriptions too', {}, { resourceGroup: null, cluster: null, nodePool: null }, true],
    ['of another check', { check: 'ranges' }, {}, false],
    ['the whole name', { match: { cluster: 'aks-prod-1' } }, {}, true],
    ['part of the name', { match: { cluster: 'aks-prod' } }, {}, false],
    ['the end of the name', { match: { cluster: 'prod-1' } }, {}, false],
    ['a star at the end', { match: { cluster: 'aks-*' } }, {}, true],
    ['a star in the middle', { match: { cluster: 'aks-*-1' } }, {}, true],
    ['a star for nothing', { match: { cluster: 'aks-prod-1*' } }, {}, true],
    ['a question mark for one character', { match: { cluster: 'aks-prod-?' } }, {}, true],
    ['a question mark for none', { match: { cluster: 'aks-prod-1?' } }, {}, false],
    ['another letter case', { match: { cluster: 'AKS-Prod-1', resourceGroup: 'rg-prod' } }, {}, true],
    ['a dot is a dot', { match: { cluster: 'aks.prod.1' } }, {}, false],
    ['signs of patterns are signs', { match: { cluster: '(aks|x)-prod-[0-9]+' } }, {}, false],
    ['signs of patterns as names', { match: { resourceGroup: 'rg (a).x' } }, { resourceGroup: 'RG (a).x' }, true],
    ['the subscription', { match: { subscription: '11111111-*' } }, {}, true],
    ['another subscription', { match: { subscription: '2*' } }, {}, false],
    ['the pool', { match: { nodePool: 'pool?' } }, {}, true],
    ['another pool', { match: { nodePool: 'pool2' } }, {}, false],
    ['a pool, of what is about the cluster', { match: { nodePool: 'pool1' } }, { nodePool: null }, false],
    ['a cluster, of what is about the subscription', { match: { cluster: 'aks-prod-1' } }, { cluster: null }, false],
    ['all of several names', { match: { cluster: 'aks-*', nodePool: 'pool1', resourceGroup: 'rg-*' } }, {}, true],
    ['not all of several names', { match: { cluster: 'aks-*', nodePool: 'pool2' } }, {}, false],
  ])('%s', (_, more, subject, expected) => {
    expect(grants([until('2027-01-01', more)], subject) !== null).toBe(expected);
  });

  it.each([
    ['on the day before', '2026-11-23T23:59:59.999Z', true],
    ['at the start of its last day', '2026-11-24T00:00:00.000Z', true],
    ['at the end of its last day', '2026-11-24T23:59:59.999Z', true],
    ['on the next day', '2026-11-25T00:00:00.000Z', false],
    ['on the next day elsewhere, while it is still the last one in UTC', '2026-11-25T01:00:00.000+02:00', true],
  ])('hold to the end of their last day, UTC: %s', (_, now, expected) => {
    expect(grants([until('2026-11-24')], {}, new Date(now)) !== null).toBe(expected);
  });

  it.each([
    ['first', ['2027-03-01', '2026-12-01', '2027-01-01']],
    ['last', ['2026-12-01', '2027-01-01', '2027-03-01']],
    ['between', ['2026-12-01', '2027-03-01', '2027-01-01']],
    ['beside one that has passed', ['2026-01-01', '2027-03-01']],
  ])('of several the one that ends last holds: %s', (_, days) => {
    expect(grants(days.map((day) => until(day)))).toBe('2027-03-01');
  });

  it.each([[['a', 'b']], [['b', 'a']]])('of two that end on one day always the same holds: %j', (reasons) => {
    expect(grants(reasons.map((reason) => until('2027-01-01', { reason })))).toBe('b');
  });

  it('that end last but match something else do not hold', () => {
    expect(grants([until('2027-03-01', { match: { cluster: 'other' } }), until('2027-01-01')])).toBe('2027-01-01');
  });

  it('say by whose approval', () => {
    const baseline = read({ version: 1, exemptions: [until('2027-01-01')] });

    expect(baseline.exemptionOf('plain', SUBJECT, NOW)).toEqual({
      reason: '2027-01-01',
      expiresOn: '2027-01-01',
      approvedBy: null,
    });
  });
});

describe('hashes', () => {
  const file = {
    version: 1,
    profile: 'strict',
    checks: { ranges: { severity: 'high', params: { maxEntries: 1, allowTags: true } }, plain: { enabled: false } },
  };

  it('do not depend on the order of keys', () => {
    const reordered = {
      checks: { plain: { enabled: false }, ranges: { params: { allowTags: true, maxEntries: 1 }, severity: 'high' } },
      profile: 'strict',
      version: 1,
    };

    expect(read(reordered).hash).toBe(read(file).hash);
    expect(read(reordered).expectationOf(ranges, SUBJECT).hash).toBe(read(file).expectationOf(ranges, SUBJECT).hash);
  });

  it('do not depend on the language of the file', () => {
    const yaml = 'version: 1 # first\nprofile: strict\n';

    expect(read(yaml).hash).toBe(read({ version: 1, profile: 'strict' }).hash);
  });

  it.each<readonly [string, object]>([
    ['the profile', { ...file, profile: 'standard' }],
    ['a severity', { ...file, checks: { ...file.checks, plain: { enabled: false, severity: 'low' } } }],
    ['a switch', { ...file, checks: { ...file.checks, plain: { enabled: true } } }],
    ['an exemption', { ...file, exemptions: [{ check: 'plain', reason: 'x', expiresOn: '2027-01-01' }] }],
  ])('of the file change with %s', (_, other) => {
    expect(read(other).hash).not.toBe(read(file).hash);
  });

  it.each<readonly [string, object, boolean]>([
    ['a parameter', { checks: { ranges: { params: { maxEntries: 5 } } } }, true],
    ['the profile', { profile: 'strict' }, true],
    ['a parameter that is set to its default', { checks: { ranges: { params: { maxEntries: 200 } } } }, false],
    ['the severity', { checks: { ranges: { severity: 'low' } } }, false],
    ['the switch', { checks: { ranges: { enabled: false } } }, false],
    ['another check', { checks: { plain: { severity: 'low' }, optional: { enabled: true } } }, false],
    ['an exemption', { exemptions: [{ check: 'ranges', reason: 'x', expiresOn: '2027-01-01' }] }, false],
  ])('of an expectation and %s', (_, more, changes) => {
    const before = defaultBaseline().expectationOf(ranges, SUBJECT).hash;

    expect(read({ version: 1, ...more }).expectationOf(ranges, SUBJECT).hash !== before).toBe(changes);
  });
});
