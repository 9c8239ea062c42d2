import { CATALOGUE } from '../../shared/checks';
import { normaliseCluster } from '../../shared/collect/normalise';
import { defaultBaseline } from '../../shared/config/baseline';
import { judgedPaths } from '../../shared/evaluate/judged';
import { armBody } from '../collect/collecting';

const POOLS = [{ name: 'system', mode: 'System', enableNodePublicIP: true }];

/** What a check judges of a cluster with these properties. */
function judged(checkId: string, properties: Record<string, unknown> = {}, sections: object = {}): string[] {
  const { cluster } = normaliseCluster(
    armBody({ agentPoolProfiles: POOLS, powerState: { code: 'Running' }, ...properties }),
  );
  const check = CATALOGUE.find(({ id }) => id === checkId);
  const subject = {
    subscriptionId: cluster.subscriptionId,
    resourceGroup: null,
    cluster: null,
    clusterId: null,
    tags: {},
    nodePool: null,
  };
  return check === undefined
    ? []
    : judgedPaths(
        check,
        { cluster, sections, nodePools: new Map() },
        { now: new Date('2026-11-24T09:00:00Z'), baseline: defaultBaseline(), subject, history: () => null },
      );
}

const ranges = (authorizedIPRanges: unknown): object => ({ apiServerAccessProfile: { authorizedIPRanges } });

describe('what a check judges', () => {
  it.each<[string, Record<string, unknown>, readonly string[]]>([
    ['local-accounts-disabled', { disableLocalAccounts: true }, ['aadprofile', 'disablelocalaccounts', 'sku']],
    ['node-public-ip', {}, ['nodepools.enablenodepublicip', 'nodepools.nodepublicipprefixid']],
    // Nothing but whether it runs.
    ['power-state', {}, ['powerstate.code']],
  ])('%s of %p is %p', (check, properties, paths) => {
    expect(judged(check, properties)).toEqual(paths);
  });

  it('is where the property would be when the profile is absent', () => {
    expect(judged('api-authorized-ip-ranges')).toContain('apiserveraccessprofile');
    expect(judged('api-authorized-ip-ranges', ranges(['203.0.113.0/24']) as Record<string, unknown>)).toContain(
      'apiserveraccessprofile.authorizedipranges',
    );
  });

  it('is never the way to a property, a name, or whether the cluster runs beside what else is judged', () => {
    const all = CATALOGUE.filter(({ scan }) => scan === 'configuration').flatMap(({ id }) =>
      judged(id, ranges(['203.0.113.0/24']) as Record<string, unknown>).map((path) => ({ id, path })),
    );
    const about = (pattern: RegExp): string[] => all.filter(({ path }) => pattern.test(path)).map(({ id }) => id);

    expect(all.length).toBeGreaterThan(50);
    expect(about(/(^|\.)(id|name|location|resourcegroup|subscriptionid)(\.|$)/)).toEqual([]);
    expect(about(/^powerstate/)).toEqual(['power-state']);
    expect(about(/^apiserveraccessprofile$/)).toEqual([]);
  });

  it('is nothing of the cluster where Azure Policy or Defender has the word', () => {
    expect(judged('policy-compliance', {}, { policyStates: { ok: true, value: [] } })).toEqual([]);
    expect(judged('defender-assessments', {}, { assessments: { ok: true, value: [] } })).toEqual([]);
  });
});
