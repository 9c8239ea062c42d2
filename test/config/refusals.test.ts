import { problemsOf } from './sample-file';

const KEYS =
  'version, profile, checks, overrides, exemptions, gateways, attestations, scope, mute, ownership, remediationDays';
const CHECKS = 'ranges, plain, optional, pools, waf';
const MOMENT = 'a moment with its offset, 2027-01-31T22:00:00+01:00';
const GATEWAY = 'the id of an application gateway, /subscriptions/…/applicationGateways/NAME';
const ZONE = 'the name of a time zone, Europe/Zurich';

const EXEMPTION = { check: 'plain', reason: 'x', expiresOn: '2027-01-01' };
const ATTESTATION = { item: 'S1', reviewedOn: '2026-11-01', by: 'A' };
const ONCE = { from: '2027-01-01T00:00:00Z', until: '2027-01-02T00:00:00Z' };
const WEEKLY = { days: ['Monday'], from: '01:00', until: '02:00', timeZone: 'Etc/UTC' };
const WHY = { reason: 'x', by: 'y' };

const params = (id: string, given: object): object => ({ checks: { [id]: { params: given } } });
const override = (more: object): object => ({ overrides: [{ match: {}, checks: {}, ...more }] });
const exemption = (more: object): object => ({ exemptions: [{ ...EXEMPTION, ...more }] });
const attestation = (more: object): object => ({ attestations: [{ ...ATTESTATION, ...more }] });
const left = (rule: unknown): object => ({ scope: { exclude: [rule] } });
const once = (more: unknown): object => ({ mute: [{ ...WHY, once: more }] });
const weekly = (more: object): object => ({ mute: [{ ...WHY, weekly: { ...WEEKLY, ...more } }] });
const muted = (more: object): object => ({ mute: [{ ...WHY, once: ONCE, ...more }] });
const owner = (names: unknown): object => ({ ownership: { owner: names } });

describe('a file in which all is well is not refused', () => {
  it.each([
    ...[override({}), exemption({}), attestation({}), left({ cluster: 'a' }), once(ONCE), weekly({}), muted({})],
    ...[owner({ cluster: ['a'] }), { checks: {} }, { scope: { exclude: [] } }, { remediationDays: {} }],
  ])('%j', (file) => {
    expect(problemsOf({ version: 1, ...file })).toEqual([]);
  });
});

/** Place, the file, what is wrong; one problem each. */
type Row = readonly [place: string, file: object, problem: string];

describe('a key that is not known is refused with the nearest one', () => {
  it.each<Row>([
    ['', { scop: {} }, 'unknown key "scop"; did you mean "scope"?'],
    ['checks', { checks: { plian: {} } }, 'unknown check "plian"; did you mean "plain"?'],
    ['checks.plain', { checks: { plain: { enable: true } } }, 'unknown key "enable"; did you mean "enabled"?'],
    [
      'checks.ranges.params',
      params('ranges', { maxEntry: 1 }),
      'unknown parameter "maxEntry"; did you mean "maxEntries"?',
    ],
    ['checks.waf.params', params('waf', { gateways: [] }), 'unknown parameter "gateways"; did you mean "names"?'],
    ['overrides.0', override({ check: {} }), 'unknown key "check"; did you mean "checks"?'],
    ['overrides.0.match', override({ match: { pool: 'a' } }), 'unknown key "pool"; did you mean "nodePool"?'],
    ['overrides.0.checks', override({ checks: { pool: {} } }), 'unknown check "pool"; did you mean "pools"?'],
    [
      'overrides.0.checks.plain',
      override({ checks: { plain: { sverity: 'low' } } }),
      'unknown key "sverity"; did you mean "severity"?',
    ],
    [
      'overrides.0.checks.pools.params',
      override({ checks: { pools: { params: { day: 1 } } } }),
      'unknown parameter "day"; did you mean "days"?',
    ],
    ['exemptions.0', exemption({ approver: 'x' }), 'unknown key "approver"; did you mean "approvedBy"?'],
    ['exemptions.0.match', exemption({ match: { group: 'a' } }), 'unknown key "group"; did you mean "resourceGroup"?'],
    ['attestations.0', attestation({ validFor: 1 }), 'unknown key "validFor"; did you mean "validForDays"?'],
    ['scope', { scope: { exclude: [], include: [] } }, 'unknown key "include"; did you mean "exclude"?'],
    [
      'scope.exclude.0',
      left({ cluster: 'a', youngerThan: 1 }),
      'unknown key "youngerThan"; did you mean "youngerThanDays"?',
    ],
    ['mute.0', muted({ check: [] }), 'unknown key "check"; did you mean "checks"?'],
    ['mute.0.match', muted({ match: { nodepool: 'a' } }), 'unknown key "nodepool"; did you mean "nodePool"?'],
    ['mute.0.once', once({ ...ONCE, to: 1 }), 'unknown key "to"; did you mean "from"?'],
    ['mute.0.weekly', weekly({ timezone: 'x' }), 'unknown key "timezone"; did you mean "timeZone"?'],
    ['ownership', { ownership: { owners: {} } }, 'unknown key "owners"; did you mean "owner"?'],
    ['ownership.owner', owner({ group: [] }), 'unknown key "group"; did you mean "resourceGroup"?'],
    ['remediationDays', { remediationDays: { hihg: 1 } }, 'unknown severity "hihg"; did you mean "high"?'],
  ])('%s: %j', (place, file, problem) => {
    expect(problemsOf({ version: 1, ...file })).toEqual([place === '' ? problem : `${place}: ${problem}`]);
  });
});

describe('a value that is wrong is refused with what it got and what it accepts', () => {
  it.each<Row>([
    ['profile', { profile: null }, 'got null; accepts standard, strict'],
    ['checks', { checks: [] }, `got []; accepts ${CHECKS}`],
    ['checks.plain', { checks: { plain: null } }, 'got null; accepts enabled, severity, params'],
    ['checks.plain.enabled', { checks: { plain: { enabled: 1 } } }, 'got 1; accepts true or false'],
    [
      'checks.plain.severity',
      { checks: { plain: { severity: 'High' } } },
      'got "High"; accepts critical, high, medium, low, info',
    ],
    ['checks.plain.params', { checks: { plain: { params: [] } } }, 'got []; accepts nothing'],
    [
      'checks.ranges.params',
      { checks: { ranges: { params: 1 } } },
      'got 1; accepts maxEntries, allowTags, required, engine',
    ],
    [
      'checks.ranges.params.maxEntries',
      params('ranges', { maxEntries: 0 }),
      'got 0; accepts a whole number from 1 to 2000',
    ],
    [
      'checks.ranges.params.maxEntries',
      params('ranges', { maxEntries: 2001 }),
      'got 2001; accepts a whole number from 1 to 2000',
    ],
    [
      'checks.ranges.params.maxEntries',
      params('ranges', { maxEntries: 1.5 }),
      'got 1.5; accepts a whole number from 1 to 2000',
    ],
    ['checks.ranges.params.allowTags', params('ranges', { allowTags: 0 }), 'got 0; accepts true or false'],
    [
      'checks.ranges.params.engine',
      params('ranges', { engine: 'flannel' }),
      'got "flannel"; accepts "", "calico", "cilium"',
    ],
    [
      'checks.ranges.params.required',
      params('ranges', { required: null }),
      'got null; accepts a list of addresses or CIDR blocks',
    ],
    [
      'checks.ranges.params.required.1',
      params('ranges', { required: ['10.0.0.0/8', '10.0.0.0/33'] }),
      'got "10.0.0.0/33"; accepts an address or a CIDR block',
    ],
    ['checks.waf.params.owners', params('waf', { owners: 'x' }), 'got "x"; accepts a list of GUIDs'],
    ['checks.waf.params.owners.0', params('waf', { owners: ['x'] }), 'got "x"; accepts a GUID'],
    ['checks.waf.params.names', params('waf', { names: {} }), 'got {}; accepts a list of texts'],
    ['checks.waf.params.names.0', params('waf', { names: [' '] }), 'got " "; accepts a text'],
    ['overrides', { overrides: {} }, 'got {}; accepts a list of overrides'],
    ['overrides.0', { overrides: [null] }, 'got null; accepts match, checks'],
    [
      'overrides.0.match',
      { overrides: [{ checks: {} }] },
      'not set; accepts subscription, resourceGroup, cluster, nodePool, tags',
    ],
    ['overrides.0.checks', { overrides: [{ match: {} }] }, `not set; accepts ${CHECKS}`],
    [
      'overrides.0.match.subscription',
      override({ match: { subscription: null } }),
      'got null; accepts a name or a glob',
    ],
    ['overrides.0.match.resourceGroup', override({ match: { resourceGroup: [] } }), 'got []; accepts a name or a glob'],
    ['overrides.0.match.cluster', override({ match: { cluster: '' } }), 'got ""; accepts a name or a glob'],
    ['overrides.0.match.nodePool', override({ match: { nodePool: 1 } }), 'got 1; accepts a name or a glob'],
    ['overrides.0.match.tags', override({ match: { tags: 'a' } }), 'got "a"; accepts globs by the name of a tag'],
    ['overrides.0.match.tags.a', override({ match: { tags: { a: 1 } } }), 'got 1; accepts a glob'],
    [
      'overrides.0.checks.pools.params.days',
      override({ checks: { pools: { params: { days: 91 } } } }),
      'got 91; accepts a whole number from 0 to 90',
    ],
    ['exemptions', { exemptions: {} }, 'got {}; accepts a list of exemptions'],
    ['exemptions.0', { exemptions: ['x'] }, 'got "x"; accepts check, match, reason, expiresOn, approvedBy'],
    ['exemptions.0.check', exemption({ check: undefined }), 'not set; accepts the name of a check'],
    ['exemptions.0.check', exemption({ check: 1 }), 'got 1; accepts the name of a check'],
    ['exemptions.0.reason', exemption({ reason: 1 }), 'got 1; accepts a text that says why'],
    ['exemptions.0.reason', exemption({ reason: undefined }), 'not set; accepts a text that says why'],
    ['exemptions.0.expiresOn', exemption({ expiresOn: undefined }), 'not set; accepts a day, YYYY-MM-DD'],
    ['exemptions.0.approvedBy', exemption({ approvedBy: ' ' }), 'got " "; accepts who approved it'],
    ['exemptions.0.match.cluster', exemption({ match: { cluster: ['a'] } }), 'got ["a"]; accepts a name or a glob'],
    ['gateways', { gateways: [] }, 'got []; accepts lists of ids by cluster'],
    ['gateways.a', { gateways: { a: 'x' } }, 'got "x"; accepts a list of ids of application gateways'],
    ['gateways.a.0', { gateways: { a: ['x'] } }, `got "x"; accepts ${GATEWAY}`],
    [
      'gateways.a.0',
      { gateways: { a: ['/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/a'] } },
      `got "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/a"; accepts ${GATEWAY}`,
    ],
    ['gateways.a.0', { gateways: { a: [1] } }, `got 1; accepts ${GATEWAY}`],
    ['attestations', { attestations: {} }, 'got {}; accepts a list of attestations'],
    ['attestations.0', { attestations: [null] }, 'got null; accepts item, reviewedOn, by, validForDays'],
    ['attestations.0.item', attestation({ item: 'S14' }), 'unknown item "S14"; did you mean "S1"?'],
    ['attestations.0.item', attestation({ item: undefined }), 'not set; accepts the name of an item'],
    ['attestations.0.item', attestation({ item: null }), 'got null; accepts the name of an item'],
    [
      'attestations.0.reviewedOn',
      attestation({ reviewedOn: '2026-11-31' }),
      'got "2026-11-31"; accepts a day, YYYY-MM-DD',
    ],
    ['attestations.0.by', attestation({ by: '' }), 'got ""; accepts who looked at it'],
    ['attestations.0.validForDays', attestation({ validForDays: 0 }), 'got 0; accepts a whole number from 1 to 3650'],
    [
      'attestations.0.validForDays',
      attestation({ validForDays: 3651 }),
      'got 3651; accepts a whole number from 1 to 3650',
    ],
    ['scope', { scope: [] }, 'got []; accepts exclude'],
    ['scope.exclude', { scope: {} }, 'not set; accepts a list of rules'],
    ['scope.exclude', { scope: { exclude: {} } }, 'got {}; accepts a list of rules'],
    ['scope.exclude.0', left(null), 'got null; accepts subscription, resourceGroup, cluster, tags, youngerThanDays'],
    ['scope.exclude.0', left({}), 'names nothing, and would leave every cluster out'],
    ['scope.exclude.0.youngerThanDays', left({ youngerThanDays: 0 }), 'got 0; accepts a whole number from 1 to 365'],
    [
      'scope.exclude.0.youngerThanDays',
      left({ youngerThanDays: 366 }),
      'got 366; accepts a whole number from 1 to 365',
    ],
    ['scope.exclude.0.tags', left({ tags: [] }), 'got []; accepts globs by the name of a tag'],
    ['mute', { mute: {} }, 'got {}; accepts a list of windows'],
    ['mute.0', { mute: [null] }, 'got null; accepts match, once, weekly, reason, by, checks'],
    ['mute.0', { mute: [WHY] }, 'must have one window: once or weekly'],
    ['mute.0', muted({ weekly: WEEKLY }), 'must have one window: once or weekly'],
    ['mute.0.reason', muted({ reason: '' }), 'got ""; accepts a text that says why'],
    ['mute.0.by', muted({ by: undefined }), 'not set; accepts who asked for it'],
    ['mute.0.checks', muted({ checks: 'plain' }), 'got "plain"; accepts a list of checks'],
    ['mute.0.checks.0', muted({ checks: ['plian'] }), 'unknown check "plian"; did you mean "plain"?'],
    ['mute.0.once', once([]), 'got []; accepts from, until'],
    ['mute.0.once', once({ ...ONCE, until: ONCE.from }), 'must end after it begins'],
    ['mute.0.once', once({ ...ONCE, until: '2027-01-01T01:00:00+02:00' }), 'must end after it begins'],
    ['mute.0.once.from', once({ ...ONCE, from: undefined }), `not set; accepts ${MOMENT}`],
    ['mute.0.once.from', once({ ...ONCE, from: '2027-01-01' }), `got "2027-01-01"; accepts ${MOMENT}`],
    ['mute.0.once.from', once({ ...ONCE, from: '2027-01-01T00:00' }), `got "2027-01-01T00:00"; accepts ${MOMENT}`],
    ['mute.0.once.until', once({ ...ONCE, until: 5 }), `got 5; accepts ${MOMENT}`],
    ['mute.0.once.until', once({ ...ONCE, until: '2027-02-30T00:00Z' }), `got "2027-02-30T00:00Z"; accepts ${MOMENT}`],
    [
      'mute.0.weekly',
      muted({ once: undefined, weekly: 'Monday' }),
      'got "Monday"; accepts days, from, until, timeZone',
    ],
    ['mute.0.weekly.days', weekly({ days: [] }), 'got []; accepts a list of weekdays'],
    ['mute.0.weekly.days', weekly({ days: 'Monday' }), 'got "Monday"; accepts a list of weekdays'],
    [
      'mute.0.weekly.days.0',
      weekly({ days: ['monday'] }),
      'got "monday"; accepts Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday',
    ],
    ['mute.0.weekly.from', weekly({ from: '24:00' }), 'got "24:00"; accepts HH:MM'],
    ['mute.0.weekly.from', weekly({ from: 100 }), 'got 100; accepts HH:MM'],
    ['mute.0.weekly.until', weekly({ until: '1:00' }), 'got "1:00"; accepts HH:MM'],
    ['mute.0.weekly.timeZone', weekly({ timeZone: 'Zurich' }), `got "Zurich"; accepts ${ZONE}`],
    ['mute.0.weekly.timeZone', weekly({ timeZone: undefined }), `not set; accepts ${ZONE}`],
    ['mute.0.weekly.timeZone', weekly({ timeZone: 1 }), `got 1; accepts ${ZONE}`],
    ['ownership', { ownership: [] }, 'got []; accepts owner, environment'],
    ['ownership.owner', owner('x'), 'got "x"; accepts cluster, resourceGroup, subscription'],
    ['ownership.owner.cluster', owner({ cluster: 'a' }), 'got "a"; accepts a list of names of tags'],
    ['ownership.owner.resourceGroup.0', owner({ resourceGroup: [''] }), 'got ""; accepts the name of a tag'],
    [
      'ownership.environment.subscription.0',
      { ownership: { environment: { subscription: [1] } } },
      'got 1; accepts the name of a tag',
    ],
    ['remediationDays', { remediationDays: 5 }, 'got 5; accepts critical, high, medium, low, info'],
    ['remediationDays.high', { remediationDays: { high: 0 } }, 'got 0; accepts a whole number from 1 to 3650'],
    ['remediationDays.info', { remediationDays: { info: '9' } }, 'got "9"; accepts a whole number from 1 to 3650'],
  ])('%s: %j', (place, file, problem) => {
    expect(problemsOf({ version: 1, ...file })).toEqual([`${place}: ${problem}`]);
  });

  it('many of them at once', () => {
    const file = {
      version: 1,
      ...left({ youngerThanDays: 0 }),
      ...weekly({ from: 'x', days: ['x'] }),
      ...exemption({ x: 1 }),
    };

    expect(problemsOf(file).map((problem) => problem.split(':')[0])).toEqual([
      'exemptions.0',
      'scope.exclude.0.youngerThanDays',
      'mute.0.weekly.days.0',
      'mute.0.weekly.from',
    ]);
  });
});

it('a file that is no object is refused with what it may hold', () => {
  expect(problemsOf('5')).toEqual([`got 5; accepts ${KEYS}`]);
});
