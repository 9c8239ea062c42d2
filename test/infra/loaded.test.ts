/** A main.json that is older than what it was compiled from fails here, without a compiler, and names the file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readAlertRules } from '../../scripts/alert-rules';
import { ROOT, type Body } from './arm-template';
import { all, deployed, only } from './azure';

const ALERTS = readAlertRules();

function text(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

interface Rule extends Record<string, unknown> {
  readonly displayName: string;
  readonly criteria: { readonly allOf: readonly Record<string, unknown>[] };
}

interface MetricAlert {
  readonly scopes: readonly string[];
  readonly criteria: { readonly allOf: readonly object[] };
  readonly actions: readonly { readonly actionGroupId: string }[];
}

function rulesOf(parameters: Body = {}): Map<string, Rule> {
  const rules = all(deployed(parameters), 'Microsoft.Insights/scheduledQueryRules');
  return new Map(rules.map(({ name, body }) => [name.replace(/^aks-drift-/, ''), body.properties as unknown as Rule]));
}

describe.each(ALERTS)('infra/alerts/$name', (alert) => {
  it('is the rule', () => {
    const { query, dimensions, displayName, description, severity, autoMitigate } = alert;
    const { evaluationFrequency, windowSize, overrideQueryTimeRange } = alert;

    expect(rulesOf().get(alert.name)).toEqual({
      ...{ displayName: `AKS Drift: ${displayName}`, description, severity, autoMitigate, enabled: true },
      ...{ evaluationFrequency, windowSize, overrideQueryTimeRange, skipQueryValidation: true },
      scopes: [expect.stringContaining('/workspaces/log-aks-drift-')],
      criteria: {
        allOf: [
          {
            // What simulator/log-alerts.ts evaluates: an alert for each combination that has rows.
            ...{ query, timeAggregation: 'Count', operator: 'GreaterThan', threshold: 0 },
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 },
            dimensions: dimensions.map((name) => ({ name, operator: 'Include', values: ['*'] })),
          },
        ],
      },
      actions: expect.anything() as unknown,
    });
  });
});

describe('the alert rules', () => {
  it('are the files, no more and no fewer', () => {
    expect([...rulesOf().keys()].sort()).toEqual(ALERTS.map(({ name }) => name).sort());
  });

  it('are log alerts', () => {
    const kinds = all(deployed(), 'Microsoft.Insights/scheduledQueryRules').map(({ body }) => body.kind);

    expect(new Set(kinds)).toEqual(new Set(['LogAlert']));
  });

  it('tell those who are named', () => {
    const existing = '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Insights/actionGroups/on-call';
    const groupsOf = (parameters: Body): unknown[] => [
      ...new Set(
        [...rulesOf(parameters).values()].map(({ actions }) => JSON.stringify((actions as Body).actionGroups)),
      ),
    ];

    expect(groupsOf({})).toEqual(['[]']);
    expect(groupsOf({ actionGroupIds: existing })).toEqual([JSON.stringify([existing])]);
    expect(groupsOf({ actionGroupIds: existing, alertEmail: 'team@example.com' })).toEqual([
      expect.stringMatching(/on-call","[^"]+\/actionGroups\/ag-aks-drift-/),
    ]);
  });

  it('come in the common alert schema, which docs/alerts.md describes', () => {
    expect(
      only(deployed({ alertEmail: 'team@example.com' }), 'Microsoft.Insights/actionGroups').emailReceivers,
    ).toEqual([{ name: 'email', emailAddress: 'team@example.com', useCommonAlertSchema: true }]);
  });

  it('send whoever reads an alert to the workbook', () => {
    const workbooks = [...rulesOf().values()].map(
      ({ actions }) => (actions as { customProperties: Record<string, string> }).customProperties,
    );

    expect(workbooks.map(({ Rule }) => Rule)).toEqual([...rulesOf().keys()]);
    expect(
      workbooks.filter(
        ({ Workbook }) =>
          !/^https:\/\/portal\.example\/#resource\/.+\/providers\/Microsoft.Insights\/workbooks\/[^/]+\/workbook$/.test(
            Workbook ?? '',
          ),
      ),
    ).toEqual([]);
  });

  it('can be off', () => {
    expect([...rulesOf({ alertsEnabled: false }).values()].map(({ enabled }) => enabled)).toEqual(
      ALERTS.map(() => false),
    );
  });

  it.each([
    ['', true],
    ['policy,configuration', true],
    ['policy,certificates', false],
  ])('watch for silence where the hourly scan runs: %j', (scans, isWatched) => {
    const off = [...rulesOf({ scans })].filter(([, { enabled }]) => enabled !== true).map(([name]) => name);

    expect(off).toEqual(isWatched ? [] : ['monitor-silent']);
  });

  it('have the data collection rule watched too', () => {
    const deployment = deployed({ alertEmail: 'team@example.com' });
    const [rule] = all(deployment, 'Microsoft.Insights/dataCollectionRules');
    const watched = all(deployment, 'Microsoft.Insights/metricAlerts').map(
      ({ body }) => body.properties as unknown as MetricAlert,
    );

    // Each as the list of metrics allows: https://learn.microsoft.com/azure/azure-monitor/reference/supported-metrics/microsoft-insights-datacollectionrules-metrics
    const metrics = { RowsDropped_Count: 'Total', TransformationErrors_Count: 'Count' };
    expect(watched.map(({ criteria }) => criteria.allOf)).toMatchObject(
      Object.entries(metrics).map(([metricName, timeAggregation]) => [
        {
          ...{ metricName, metricNamespace: 'Microsoft.Insights/dataCollectionRules' },
          ...{ timeAggregation, operator: 'GreaterThan', threshold: 0 },
        },
      ]),
    );
    expect(watched.flatMap(({ scopes }) => scopes.map((scope) => scope.split('/').at(-1)))).toEqual([
      rule?.name,
      rule?.name,
    ]);
    expect(watched.flatMap(({ actions }) => actions.map(({ actionGroupId }) => actionGroupId))).toEqual(
      Array(2).fill(expect.stringContaining('/actionGroups/ag-aks-drift-')),
    );
  });
});

it('infra/workbook/workbook.json is the workbook, with the workspace in place', () => {
  const deployment = deployed();
  const { serializedData, sourceId } = only(deployment, 'Microsoft.Insights/workbooks') as Record<string, string>;
  const file = text('infra/workbook/workbook.json');

  expect(JSON.parse(serializedData ?? '')).toEqual(JSON.parse(file.replaceAll('__WORKSPACE_ID__', sourceId ?? '')));
  expect(file).toContain('__WORKSPACE_ID__');
  expect(all(deployment, 'Microsoft.Insights/workbooks')[0]?.body.kind).toBe('shared');
});

it('infra/role.json is the custom role', () => {
  const role = JSON.parse(text('infra/role.json')) as { actions: string[]; optionalActions: string[] };
  const actionsOf = (parameters: Body): unknown => {
    const { permissions } = only(deployed(parameters), 'Microsoft.Authorization/roleDefinitions');
    return (permissions as unknown as { actions: string[] }[])[0]?.actions;
  };

  expect(actionsOf({})).toEqual(role.actions);
  expect(actionsOf({ readClusterCa: true })).toEqual([...role.actions, ...role.optionalActions]);
});
