import type { Expectation, Subject } from '../../shared/model/baseline';
import type { Check } from '../../shared/model/check';
import { CLUSTER, optional, plain, pools, ranges, read, SUBJECT, SUBSCRIPTION } from './sample-file';

const OFF = { plain: { enabled: false } };

/** What is expected of a check under these overrides. */
function expected(overrides: readonly object[], check: Check, subject: Subject = SUBJECT, more = {}): Expectation {
  return read({ version: 1, ...more, overrides }).expectationOf(check, subject);
}

describe('whom an override is about', () => {
  it.each<readonly [string, object, Partial<Subject>, boolean]>([
    ['nothing named: all', {}, {}, true],
    ['nothing named: the subscription too', {}, SUBSCRIPTION, true],
    ['the subscription', { subscription: SUBJECT.subscriptionId }, {}, true],
    ['the subscription, of what is about it', { subscription: SUBJECT.subscriptionId }, SUBSCRIPTION, true],
    ['another subscription', { subscription: '22222222-*' }, {}, false],
    ['the resource group', { resourceGroup: 'rg-prod' }, {}, true],
    ['a glob of resource groups', { resourceGroup: '*-PROD' }, {}, true],
    ['another resource group', { resourceGroup: 'rg-test' }, {}, false],
    ['the cluster', { cluster: 'aks-prod-1' }, {}, true],
    ['a glob of clusters', { cluster: '*prod*' }, {}, true],
    ['another cluster', { cluster: 'aks-prod-2' }, {}, false],
    ['part of a name', { cluster: 'aks' }, {}, false],
    ['the pool', { nodePool: 'POOL?' }, {}, true],
    ['another pool', { nodePool: 'pool2' }, {}, false],
    ['any pool: the cluster is none', { nodePool: '*' }, { nodePool: null }, false],
    ['any pool: a pool', { nodePool: '*' }, {}, true],
    ['any cluster: the subscription is none', { cluster: '*' }, SUBSCRIPTION, false],
    ['any group: the subscription is none', { resourceGroup: '*' }, SUBSCRIPTION, false],
    ['a tag', { tags: { stage: 'prod' } }, {}, true],
    ['a tag whose name has other letters', { tags: { TEAM: 'shop' } }, {}, true],
    ['a tag whose value has other letters', { tags: { stage: 'PROD' } }, {}, true],
    ['a tag with another value', { tags: { stage: 'test' } }, {}, false],
    ['a glob of values', { tags: { stage: 'pr*' } }, {}, true],
    ['a tag that is there', { tags: { stage: '*' } }, {}, true],
    ['a tag that is absent', { tags: { owner: '*' } }, {}, false],
    ['a tag that is empty', { tags: { empty: '' } }, {}, true],
    ['a tag that is empty, by a glob', { tags: { empty: '*' } }, {}, true],
    ['a tag that is absent is not empty', { tags: { owner: '' } }, {}, false],
    ['both tags', { tags: { stage: 'prod', team: 'shop' } }, {}, true],
    ['one of two tags', { tags: { stage: 'prod', team: 'bank' } }, {}, false],
    ['the subscription has no tags that count', { tags: { stage: '*' } }, SUBSCRIPTION, false],
    ['all of several', { cluster: 'aks-*', nodePool: 'pool1', tags: { stage: 'prod' } }, {}, true],
    ['not all of several', { cluster: 'aks-*', nodePool: 'pool1', tags: { stage: 'test' } }, {}, false],
  ])('%s', (_, match, subject, matches) => {
    expect(expected([{ match, checks: OFF }], plain, { ...SUBJECT, ...subject }).enabled).toBe(!matches);
  });
});

describe('of several overrides', () => {
  const all = (settings: object): object => ({ match: {}, checks: { ranges: settings } });

  it('the last match wins', () => {
    const given = [all({ severity: 'low' }), all({ severity: 'high' })];

    expect(expected(given, ranges).severity).toBe('high');
    expect(expected(given.toReversed(), ranges).severity).toBe('low');
  });

  it('the last match wins setting by setting, over what holds in general', () => {
    const more = { checks: { ranges: { severity: 'critical', params: { maxEntries: 1, allowTags: true } } } };
    const given = [
      all({ enabled: false, params: { maxEntries: 2, engine: 'calico' } }),
      all({ params: { maxEntries: 3 } }),
    ];

    expect(expected(given, ranges, SUBJECT, more)).toMatchObject({
      enabled: false,
      severity: 'critical',
      params: { maxEntries: 3, allowTags: true, engine: 'calico', required: ['10.0.0.0/8'] },
    });
  });

  it('one that matches something else changes nothing', () => {
    const given = [all({ enabled: false }), { match: { cluster: 'other' }, checks: { ranges: { enabled: true } } }];

    expect(expected(given, ranges).enabled).toBe(false);
  });

  it('one about another check changes nothing', () => {
    expect(expected([{ match: {}, checks: OFF }], ranges)).toEqual(expected([], ranges));
  });

  it('a list replaces a list', () => {
    expect(expected([all({ params: { required: [] } })], ranges).params.required).toEqual([]);
  });

  it('one may be for some pools only', () => {
    const given = [{ match: { nodePool: 'gpu*' }, checks: { pools: { enabled: false, params: { days: 9 } } } }];

    expect(expected(given, pools, { ...SUBJECT, nodePool: 'gpu1' })).toMatchObject({
      enabled: false,
      params: { days: 9 },
    });
    expect(expected(given, pools)).toEqual(expected([], pools));
  });
});

describe('what is expected', () => {
  it('is the same object for all whom the same overrides are about', () => {
    const baseline = read({ version: 1, overrides: [{ match: { cluster: 'aks-*' }, checks: OFF }] });

    expect(baseline.expectationOf(plain, SUBJECT)).toBe(
      baseline.expectationOf(plain, { ...CLUSTER, cluster: 'aks-2' }),
    );
    expect(baseline.expectationOf(plain, SUBJECT)).not.toBe(baseline.expectationOf(plain, SUBSCRIPTION));
  });

  it.each<readonly [string, object, boolean]>([
    ['a parameter', { params: { maxEntries: 5 } }, true],
    ['a default', { params: { maxEntries: 200 } }, false],
    ['a severity', { severity: 'low' }, false],
    ['a switch', { enabled: false }, false],
  ])('has another hash when an override sets %s', (_, settings, changes) => {
    const hash = expected([{ match: {}, checks: { ranges: settings } }], ranges).hash;

    expect(hash !== expected([], ranges).hash).toBe(changes);
  });

  it('does not depend on the order of a list', () => {
    const under = (required: readonly string[]): string =>
      expected([{ match: {}, checks: { ranges: { params: { required } } } }], ranges).hash;

    expect(under(['10.0.0.0/8', '192.168.0.0/16'])).toBe(under(['192.168.0.0/16', '10.0.0.0/8']));
  });
});

describe('a check may be on', () => {
  it.each<readonly [string, object, Check, boolean]>([
    ['by default', {}, plain, true],
    ['not, when it is off by default', {}, optional, false],
    ['not, when it is switched off in general', { checks: OFF }, plain, false],
    ['when it is switched on in general', { checks: { optional: { enabled: true } } }, optional, true],
    [
      'when only an override switches it on',
      { overrides: [{ match: { cluster: 'one' }, checks: { optional: { enabled: true } } }] },
      optional,
      true,
    ],
    [
      'when an override alone leaves it on',
      { checks: OFF, overrides: [{ match: { cluster: 'one' }, checks: { plain: { enabled: true } } }] },
      plain,
      true,
    ],
    [
      'not, when an override says only how severe it would be',
      { overrides: [{ match: {}, checks: { optional: { severity: 'high' } } }] },
      optional,
      false,
    ],
    [
      'when it is set and not switched',
      { checks: { plain: { severity: 'high' }, optional: { severity: 'high' } } },
      plain,
      true,
    ],
    ['when others are set', { checks: { optional: { enabled: false } } }, plain, true],
    [
      'also when overrides switch it off, because they may not be about all',
      { overrides: [{ match: {}, checks: OFF }] },
      plain,
      true,
    ],
  ])('%s', (_, file, check, mayBe) => {
    expect(read({ version: 1, ...file }).mayBeOn(check)).toBe(mayBe);
  });
});
