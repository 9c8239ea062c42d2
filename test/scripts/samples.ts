import { clusterCheck, nodePoolCheck, pass, type CatalogueEntry } from '../../shared/model/check';
import { choice, days, flag, list } from '../../shared/model/params';
import type { Sources } from '../../scripts/sources';

/** A check that has everything. */
export const FULL: CatalogueEntry = {
  scan: 'node-images',
  controls: { acme: ['A|1'] },
  ...nodePoolCheck({
    id: 'pool-is-fresh',
    formerIds: ['pool-age'],
    title: 'Pools are a|b and <fresh>',
    category: 'nodes',
    severity: 'high',
    checklistItem: 'S10',
    rationale: 'Old pools are *bad*.',
    remediation: 'az aks nodepool upgrade --name {nodePool} | cat',
    references: ['https://example.com/a', 'https://example.com/b'],
    needs: ['upgradeProfiles'],
    uses: ['policyStates', 'assessments'],
    flaps: true,
    params: {
      ageDays: days(30, 'greatest age', { min: 1, max: 90 }),
      strict: flag(false, 'Only this|that', true),
      engine: choice('', 'The engine', ['calico']),
      ranges: list(['10.0.0.0/8'], 'What must be there', { items: 'range', stricter: 'longer' }),
    },
    onByDefault: false,
    evaluate: () => pass('Good.'),
  }),
};

/** A check that has only what every check must have. */
export const BARE: CatalogueEntry = {
  scan: 'configuration',
  controls: {},
  ...clusterCheck({
    id: 'it-is-good',
    title: 'It is good',
    category: 'network',
    severity: 'low',
    checklistItem: null,
    rationale: 'Good is better.',
    remediation: 'az aks update',
    references: ['https://example.com'],
    evaluate: () => pass('Good.'),
  }),
};

export const SOURCES: Sources = {
  checks: [FULL, BARE],
  frameworks: [
    {
      framework: 'acme',
      title: 'Acme | Benchmark',
      source: 'https://example.com/acme',
      note: 'Titles are our own.',
      requirements: [
        { id: 'A|1', title: 'Nodes are new', checks: ['pool-is-fresh'] },
        { id: 'A2', title: 'People are kind', checks: [] },
      ],
    },
  ],
  peers: {
    other: {
      title: 'Other Tool',
      source: 'https://example.com/other',
      checks: { 'pool-is-fresh': ['OT_1', 'OT_2'] },
    },
    third: { title: 'Third', source: 'https://example.com/third', checks: { 'pool-is-fresh': [] } },
  },
};
