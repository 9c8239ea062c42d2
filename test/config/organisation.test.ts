import type { Baseline, Ownership, Subject } from '../../shared/model/baseline';
import type { Check } from '../../shared/model/check';
import { CLUSTER, pools, ranges, read, SUBJECT, SUBSCRIPTION, waf } from './sample-file';

type Tags = Parameters<Baseline['ownershipOf']>[0];

describe('ownership', () => {
  const NAMES = { cluster: ['owner', 'team'], resourceGroup: ['owner', 'rg-owner'], subscription: ['cost-centre'] };
  const owned = (tags: Partial<Tags>, owner: object = NAMES, known: string | null = null): string | null =>
    read({ version: 1, ownership: { owner } }).ownershipOf(
      { ...{ cluster: {}, resourceGroup: {}, subscription: {} }, ...tags },
      { owner: known, environment: null },
    ).owner;
  const everywhere = {
    cluster: { team: 'A', owner: 'B' },
    resourceGroup: { owner: 'C', 'rg-owner': 'D' },
    subscription: { 'cost-centre': 'E' },
  };

  it.each<readonly [string, Partial<Tags>, string | null]>([
    ['is nobody’s where there are no tags', {}, null],
    ['comes from the cluster first, by the first of the names', everywhere, 'B'],
    ['comes by the second name where the first is not set', { ...everywhere, cluster: { team: 'A' } }, 'A'],
    ['comes from the group where the cluster says nothing', { ...everywhere, cluster: { stage: 'x' } }, 'C'],
    ['comes from the subscription last', { subscription: everywhere.subscription }, 'E'],
    ['is not an empty value', { ...everywhere, cluster: { owner: '', team: 'A' } }, 'A'],
    ['is not a blank value', { ...everywhere, cluster: { owner: '  ', team: '\t' } }, 'C'],
    ['comes by names in any letter case', { cluster: { OWNER: 'B' } }, 'B'],
    ['keeps the letter case of its value', { cluster: { owner: 'Team Blue' } }, 'Team Blue'],
    ['does not come by a name of another level', { cluster: { 'cost-centre': 'E', 'rg-owner': 'D' } }, null],
  ])('%s', (_, tags, owner) => {
    expect(owned(tags)).toBe(owner);
  });

  it.each<readonly [string, Partial<Tags>, string | null, string | null]>([
    ['is what was known where the group could not be read', { resourceGroup: null }, 'known', 'known'],
    [
      'does not come from the subscription in place of a group that could not be read',
      { ...everywhere, cluster: {}, resourceGroup: null },
      ...(['known', 'known'] as const),
    ],
    [
      'comes from the subscription where nothing was known of a group that could not be read',
      { ...everywhere, cluster: {}, resourceGroup: null },
      ...([null, 'E'] as const),
    ],
    ['comes from the cluster, whatever could not be read', { ...everywhere, resourceGroup: null }, 'known', 'B'],
    [
      'comes from the group, where the subscription could not be read',
      { ...everywhere, cluster: {}, subscription: null },
      ...(['known', 'C'] as const),
    ],
    ['is what was known where the subscription could not be read', { subscription: null }, 'known', 'known'],
    [
      'is nobody’s where nothing can be read and nothing is known',
      { resourceGroup: null, subscription: null },
      null,
      null,
    ],
    ['is not what was known where all could be read', {}, 'known', null],
  ])('%s', (_, tags, known, owner) => {
    expect(owned(tags, NAMES, known)).toBe(owner);
  });

  it('is not what was known where nobody asked for what was not read', () => {
    const tags = { resourceGroup: null, subscription: null };

    expect(owned(tags, { cluster: ['owner'], resourceGroup: [] }, 'known')).toBeNull();
  });

  it('depends on the order of the names in the file', () => {
    expect(owned(everywhere, { cluster: ['team', 'owner'] })).toBe('A');
  });

  it('is told of owner and environment apart', () => {
    const ownership = { owner: { cluster: ['owner'] }, environment: { cluster: ['stage'], subscription: ['stage'] } };
    const told = (tags: Tags): Ownership => read({ version: 1, ownership }).ownershipOf(tags, null);

    expect(told({ cluster: { owner: 'A' }, resourceGroup: {}, subscription: { stage: 'prod', owner: 'Z' } })).toEqual({
      owner: 'A',
      environment: 'prod',
    });
    expect(told({ cluster: { stage: 'test' }, resourceGroup: {}, subscription: {} })).toEqual({
      owner: null,
      environment: 'test',
    });
  });

  it.each<readonly [string, object, Baseline['ownershipFrom']]>([
    ['nothing', {}, { resourceGroup: false, subscription: false }],
    ['the cluster', { owner: { cluster: ['a'] } }, { resourceGroup: false, subscription: false }],
    ['its group', { owner: { resourceGroup: ['a'] } }, { resourceGroup: true, subscription: false }],
    ['the subscription', { environment: { subscription: ['a'] } }, { resourceGroup: false, subscription: true }],
    [
      'both, one for each',
      { owner: { resourceGroup: ['a'] }, environment: { subscription: ['a'] } },
      { resourceGroup: true, subscription: true },
    ],
    ['its group, by no name', { owner: { resourceGroup: [] } }, { resourceGroup: false, subscription: false }],
  ])('asks for the tags of what it names: %s', (_, ownership, from) => {
    expect(read({ version: 1, ownership }).ownershipFrom).toEqual(from);
  });
});

describe('days to mend', () => {
  it('are those of the severity, and no limit where none are set', () => {
    const baseline = read({ version: 1, remediationDays: { critical: 1, high: 14 } });

    expect((['critical', 'high', 'medium'] as const).map((severity) => baseline.remediationDays(severity))).toEqual([
      ...[1, 14],
      null,
    ]);
    expect(read({ version: 1 }).remediationDays('critical')).toBeNull();
  });
});

describe('gateways', () => {
  const id = (name: string): string =>
    `/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-net/providers/Microsoft.Network/applicationGateways/${name}`;
  const given = (gateways: object, subject: Subject = CLUSTER, check: Check = waf): unknown =>
    read({ version: 1, gateways }).expectationOf(check, subject).params.gateways;

  it.each<readonly [string, object, readonly string[]]>([
    ['of a cluster by name', { 'aks-prod-1': [id('a'), id('b')] }, [id('a'), id('b')]],
    ['of a cluster in any letter case', { 'AKS-Prod-1': [id('a')] }, [id('a')]],
    ['of clusters by a glob', { 'aks-*': [id('a')] }, [id('a')]],
    ['of a cluster by its id', { [CLUSTER.clusterId ?? '']: [id('a')] }, [id('a')]],
    ['of a cluster by its id in any letter case', { [CLUSTER.clusterId?.toUpperCase() ?? '']: [id('a')] }, [id('a')]],
    ['of clusters by a glob of ids', { '*/resourceGroups/RG-Prod/*': [id('a')] }, [id('a')]],
    ['of another cluster', { 'aks-prod-2': [id('a')] }, []],
    ['of nobody', {}, []],
    ['of several entries', { 'aks-prod-1': [id('a')], 'aks-*': [id('b')] }, [id('a'), id('b')]],
    ['of several entries, once each', { 'aks-*': [id('a')], 'aks-prod-1': [id('b'), id('a')] }, [id('a'), id('b')]],
    ['of several entries, once each in any letter case', { 'aks-*': [id('a'), id('a').toUpperCase()] }, [id('a')]],
  ])('%s', (_, gateways, expected) => {
    expect(given(gateways)).toEqual(expected.map((each) => each.toLowerCase()));
  });

  it('are nobody else’s: no parameter of another kind, no other check, no subscription', () => {
    const gateways = { '*': [id('a')] };
    const baseline = read({ version: 1, gateways });

    expect(baseline.expectationOf(waf, CLUSTER).params).toMatchObject({ owners: [], names: [] });
    expect(baseline.expectationOf(ranges, CLUSTER)).toEqual(read({ version: 1 }).expectationOf(ranges, CLUSTER));
    expect(given(gateways, SUBSCRIPTION)).toEqual([]);
    expect(baseline.expectationOf(pools, SUBJECT).hash).toBe(read({ version: 1 }).expectationOf(pools, SUBJECT).hash);
  });

  it('are what is expected: another one is another expectation, another order is none', () => {
    const hash = (gateways: object): string => read({ version: 1, gateways }).expectationOf(waf, CLUSTER).hash;

    expect(hash({ 'aks-*': [id('a')] })).not.toBe(hash({}));
    expect(hash({ 'aks-*': [id('a'), id('b')] })).toBe(hash({ 'aks-*': [id('b')], 'aks-prod-1': [id('a')] }));
  });
});

describe('attestations', () => {
  it('are kept as they are, valid for a year where nothing is said', () => {
    const attestations = [
      { item: 'S1', reviewedOn: '2026-11-01', by: 'A' },
      { item: 'cis-aks-1.8:4.1.1', reviewedOn: '2026-11-02', by: 'B', validForDays: 90 },
    ];

    expect(read({ version: 1, attestations }).attestations).toEqual([
      { ...attestations[0], validForDays: 365 },
      attestations[1],
    ]);
    expect(read({ version: 1 }).attestations).toEqual([]);
  });
});
