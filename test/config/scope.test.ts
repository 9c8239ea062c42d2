import type { Subject } from '../../shared/model/baseline';
import { CLUSTER, read } from './sample-file';

const NOW = new Date('2026-11-24T06:00:00.000Z');

function isInScope(
  exclude: readonly object[],
  cluster: Partial<Subject> = {},
  createdAt: string | null = null,
): boolean {
  return read({ version: 1, scope: { exclude } }).isInScope(
    { ...CLUSTER, ...cluster },
    createdAt === null ? null : new Date(createdAt),
    NOW,
  );
}

describe('a cluster is left out', () => {
  it.each<readonly [string, readonly object[], boolean]>([
    ['by its name', [{ cluster: 'aks-prod-1' }], true],
    ['by a glob, in any letter case', [{ cluster: 'AKS-*' }], true],
    ['not by part of its name', [{ cluster: 'aks' }], false],
    ['by its resource group', [{ resourceGroup: 'rg-prod' }], true],
    ['by its subscription', [{ subscription: CLUSTER.subscriptionId }], true],
    ['by a tag', [{ tags: { stage: 'prod' } }], true],
    ['by a tag in any letter case', [{ tags: { STAGE: 'Prod' } }], true],
    ['not by the tag of another value', [{ tags: { stage: 'test' } }], false],
    ['not by a tag that it does not have', [{ tags: { owner: '*' } }], false],
    ['by all names of a rule', [{ cluster: 'aks-*', resourceGroup: 'rg-*', tags: { team: 'shop' } }], true],
    ['not by some names of a rule', [{ cluster: 'aks-*', resourceGroup: 'other' }], false],
    ['by any of several rules', [{ cluster: 'other' }, { resourceGroup: 'rg-*' }], true],
    ['by no rule', [], false],
  ])('%s', (_, rules, left) => {
    expect(isInScope(rules)).toBe(!left);
  });

  it('by no rule when the file has no scope', () => {
    expect(read({ version: 1 }).isInScope(CLUSTER, null, NOW)).toBe(true);
  });
});

describe('a cluster that is younger than seven days', () => {
  it.each<readonly [string, string | null, boolean]>([
    ['is out: just made', '2026-11-24T06:00:00.000Z', true],
    ['is out: to the last millisecond', '2026-11-17T06:00:00.001Z', true],
    ['is in on the day', '2026-11-17T06:00:00.000Z', false],
    ['is in when it is older', '2020-01-01T00:00:00.000Z', false],
    ['is out when its clock is ahead', '2026-11-25T00:00:00.000Z', true],
    ['is in when nobody knows its age', null, false],
  ])('%s', (_, createdAt, left) => {
    expect(isInScope([{ youngerThanDays: 7 }], {}, createdAt)).toBe(!left);
  });

  it.each<readonly [string, object, boolean]>([
    ['is out where its name is meant too', { cluster: 'aks-*' }, true],
    ['is in where another name is meant', { cluster: 'other' }, false],
  ])('%s', (_, names, left) => {
    expect(isInScope([{ ...names, youngerThanDays: 7 }], {}, '2026-11-23T00:00:00.000Z')).toBe(!left);
  });
});
