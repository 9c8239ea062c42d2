import { changeBehind, type Question } from '../../shared/compare/attribution';
import type { ResourceChange } from '../../shared/model/change';
import type { TransitionKind } from '../../shared/model/state';

const CLUSTER = '/subscriptions/s/resourcegroups/g/providers/microsoft.containerservice/managedclusters/c';

function change(more: Partial<ResourceChange> = {}): ResourceChange {
  return {
    ...{ targetId: CLUSTER, changeType: 'Update', changedAt: '2026-11-24T10:30:00Z', paths: ['properties.a.b'] },
    ...{
      changedBy: 'operator@example.com',
      changedByType: 'User',
      operation: 'x/write',
      client: 'CLI',
      correlationId: 'q',
    },
    ...more,
  };
}

/** What a run at eleven asks, whose finding was last decided at ten. */
function question(kind: TransitionKind, judged: readonly string[] = [], more: Partial<Question> = {}): Question {
  return {
    ...{ transition: { transition: kind, nodePool: null }, clusterId: CLUSTER, judged },
    ...{ after: '2026-11-24T10:00:00Z', until: '2026-11-24T11:00:00Z' },
    ...more,
  };
}

const regressed = (...judged: string[]): Question => question('regressed', judged);
const ofPool = (kind: TransitionKind): Question =>
  question(kind, [], { transition: { transition: kind, nodePool: 'User1' } });

const POOL_PATHS = ['properties.agentPoolProfiles[2].enableNodePublicIP'];
const ADDED = ['properties.agentPoolProfiles[1].name', 'properties.agentPoolProfiles[1].count'];

describe('who is behind a transition', () => {
  it.each<[string, Question, Partial<ResourceChange>]>([
    ['the property that is judged', regressed('a.b'), {}],
    ['what lies below it', regressed('a'), {}],
    ['what holds it', regressed('a.b.c'), {}],
    ['one of a list', regressed('a.b'), { paths: ['properties.a.b[7]'] }],
    ['one of several', regressed('x', 'a.b'), { paths: ['properties.z', 'properties.a.b'] }],
    ['other letters', regressed('enablerbac'), { paths: ['properties.enableRBAC'] }],
    ['beside properties', regressed('tags.team'), { paths: ['tags.team'] }],
    ['a node pool in the body of its cluster', regressed('nodepools.enablenodepublicip'), { paths: POOL_PATHS }],
    [
      'a node pool of its own',
      regressed('nodepools.enablenodepublicip'),
      { targetId: `${CLUSTER}/agentpools/user1`, paths: ['properties.enableNodePublicIP'] },
    ],
    ['what got better', question('resolved', ['a.b']), {}],
    ['a moment before the reading that may have been stale', regressed('a.b'), { changedAt: '2026-11-24T09:50:00Z' }],
    ['a cluster that was made', question('clusterAppeared'), { changeType: 'Create', paths: [] }],
    ['a cluster that was deleted', question('clusterRemoved'), { changeType: 'Delete', paths: [] }],
    ['a pool that was added', ofPool('nodePoolAppeared'), { paths: ADDED }],
    ['a pool that was deleted', ofPool('nodePoolRemoved'), { targetId: `${CLUSTER}/agentpools/user1`, paths: [] }],
    ['what failed on a pool that is gone', ofPool('removed'), { paths: ['properties.agentPoolProfiles'] }],
  ])('is who changed %s', (_, asked, found) => {
    expect(changeBehind(asked, [change(found)])).toEqual(change(found));
  });

  it.each<[string, Question, Partial<ResourceChange>]>([
    ['another property', regressed('a.bc'), {}],
    ['what begins alike', regressed('a.b'), { paths: ['properties.a.bc'] }],
    ['anything, when the check judges no property', regressed(), {}],
    ['another cluster', regressed('a.b'), { targetId: `${CLUSTER}2` }],
    ['it before the last reading', regressed('a.b'), { changedAt: '2026-11-24T09:40:00Z' }],
    ['it after the reading', regressed('a.b'), { changedAt: '2026-11-24T11:00:01Z' }],
    ['a cluster that appeared, later', question('clusterAppeared'), { changeType: 'Update' }],
    [
      'a pool, when a cluster appeared',
      question('clusterAppeared'),
      { changeType: 'Create', targetId: `${CLUSTER}/agentpools/a` },
    ],
    ['another pool', ofPool('nodePoolRemoved'), { targetId: `${CLUSTER}/agentpools/user10`, paths: [] }],
    ['the cluster, when a pool went', ofPool('nodePoolRemoved'), {}],
  ])('is not who changed %s', (_, asked, found) => {
    expect(changeBehind(asked, [change(found)])).toBeNull();
  });

  it('is the last of several, whatever their order', () => {
    const last = change({ changedAt: '2026-11-24T10:45:00Z', changedBy: 'sam@example.com' });
    const changes = [change(), last, change({ changedAt: '2026-11-24T10:50:00Z', paths: ['properties.other'] })];

    expect(changeBehind(regressed('a.b'), changes)).toBe(last);
    expect(changeBehind(regressed('a.b'), [...changes].reverse())).toBe(last);
  });
});
