import { readBaseline } from '../../shared/config/baseline';
import { ConfigError } from '../../shared/config/problems';
import type { Baseline, Subject } from '../../shared/model/baseline';
import { clusterCheck, nodePoolCheck, pass, type Check } from '../../shared/model/check';
import { choice, count, flag, list } from '../../shared/model/params';

const META = {
  title: 'It is good',
  category: 'network',
  severity: 'medium',
  checklistItem: 'S1',
  rationale: '',
  remediation: '',
  references: ['https://example.com'],
} as const;

export const ranges = clusterCheck({
  ...META,
  id: 'ranges',
  params: {
    maxEntries: count(200, 'Entries', { min: 1, max: 2000 }),
    allowTags: flag(false, 'Tags may be listed', false),
    required: list(['10.0.0.0/8'], 'Ranges that must be listed', { items: 'range', stricter: 'longer' }),
    engine: choice('', 'The engine', ['calico', 'cilium']),
  },
  evaluate: () => pass(''),
});
export const plain = clusterCheck({ ...META, id: 'plain', evaluate: () => pass('') });
export const optional = clusterCheck({ ...META, id: 'optional', onByDefault: false, evaluate: () => pass('') });
export const pools = nodePoolCheck({
  ...META,
  id: 'pools',
  severity: 'high',
  strict: 'fewer days',
  params: {
    days: count(30, 'Days', { min: 0, max: 90 }),
    nodes: count(3, 'Nodes', { min: 0, max: 9, stricter: 'higher' }),
    mustBeNew: flag(false, 'It must be new', true),
    zones: list(['2', '1', '3'], 'Zones', { items: 'text', stricter: 'longer' }),
  },
  evaluate: () => pass(''),
});
export const waf = clusterCheck({
  ...META,
  id: 'waf',
  params: {
    gateways: list([], 'Gateways in front of it', { items: 'applicationGateway', stricter: 'shorter' }),
    owners: list([], 'Groups that may own it', { items: 'guid', stricter: 'shorter' }),
    names: list([], 'Names', { items: 'text', stricter: 'longer' }),
  },
  evaluate: () => pass(''),
});
export const CHECKS: readonly Check[] = [ranges, plain, optional, pools, waf];
const ITEMS = ['S1', 'S12', 'cis-aks-1.8:4.1.1'];

/** Reads a text as it is, or an object as JSON. */
export function read(file: object | string): Baseline {
  return readBaseline(typeof file === 'string' ? file : JSON.stringify(file), 'baseline.yaml', CHECKS, ITEMS);
}

/** Why a file is refused; none when it is not. */
export function problemsOf(file: object | string): readonly string[] {
  try {
    read(file);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

/** A node pool of a cluster. */
export const SUBJECT: Subject = {
  subscriptionId: '11111111-1111-1111-1111-111111111111',
  resourceGroup: 'RG-Prod',
  cluster: 'aks-prod-1',
  clusterId:
    '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/RG-Prod/providers/Microsoft.ContainerService/managedClusters/aks-prod-1',
  tags: { Team: 'shop', stage: 'prod', empty: '' },
  nodePool: 'pool1',
};

export const CLUSTER: Subject = { ...SUBJECT, nodePool: null };

export const SUBSCRIPTION: Subject = {
  ...{ subscriptionId: SUBJECT.subscriptionId, resourceGroup: null, cluster: null, clusterId: null },
  ...{ tags: {}, nodePool: null },
};
