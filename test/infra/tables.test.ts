import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, type Body } from './arm-template';
import { all, deployed, only } from './azure';
import VERSION_1 from './columns-version-1.json';

interface Column {
  readonly name: string;
  readonly type: string;
}
interface Schema {
  readonly name: string;
  readonly columns: readonly Column[];
}

const TABLE = 'Microsoft.OperationalInsights/workspaces/tables';
const RULE = 'Microsoft.Insights/dataCollectionRules';
const FILES = readdirSync(join(ROOT, 'infra/schema')).map((file) => `infra/schema/${file}`);

function schemaIn(file: string): Schema {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Schema;
}

function tableOf(name: string, parameters: Body = {}): Body | undefined {
  const tables = all(deployed(parameters), TABLE);
  return tables.find((table) => table.name.endsWith(`/${name}`))?.body.properties as Body | undefined;
}

/** The names in the row type, by hand, so that the generator is not asked about itself. */
function rowColumns(table: string): string[] {
  const text = readFileSync(join(ROOT, 'shared/model/rows.ts'), 'utf8');
  const [, body = ''] = new RegExp(`interface ${table.replace('_CL', 'Row')} \\{([^}]*)\\}`).exec(text) ?? [];
  return [...body.matchAll(/readonly (\w+):/g)].map(([, name = '']) => name);
}

describe.each(FILES)('%s', (file) => {
  const { name, columns } = schemaIn(file);

  it('is the table', () => {
    const { schema, plan } = tableOf(name) as unknown as { schema: Schema; plan: string };
    const types = columns.map((column) => ({ ...column, type: column.type.replace('datetime', 'dateTime') }));

    expect(schema.columns).toEqual(types);
    expect(plan).toBe('Analytics');
  });

  it('is the stream of the data collection rule, which goes to the table', () => {
    const { streamDeclarations, dataFlows } = only(deployed(), RULE) as unknown as {
      streamDeclarations: Record<string, { columns: Column[] }>;
      dataFlows: { streams: string[]; outputStream: string; transformKql: string }[];
    };

    expect(streamDeclarations[`Custom-${name}`]?.columns).toEqual(columns);
    expect(dataFlows).toContainEqual({
      ...{ streams: [`Custom-${name}`], destinations: ['workspace'] },
      ...{ transformKql: 'source', outputStream: `Custom-${name}` },
    });
  });

  it('is the row type, but for the time at which the row is sent', () => {
    expect(rowColumns(name)).toEqual(
      columns.map((column) => column.name).filter((column) => column !== 'TimeGenerated'),
    );
  });

  it('has names that Log Analytics takes', () => {
    // https://learn.microsoft.com/azure/azure-monitor/logs/create-custom-table
    const RESERVED = ['_ResourceId', 'id', '_SubscriptionId', 'TenantId', 'Type', 'UniqueId', 'Title'];
    const refused = columns.filter(
      (column) => !/^[A-Za-z]\w{0,44}$/.test(column.name) || RESERVED.includes(column.name),
    );

    expect(refused).toEqual([]);
    expect(columns[0]).toEqual({ name: 'TimeGenerated', type: 'datetime' });
  });

  it('says how long its rows are kept, both ways', () => {
    const { retentionInDays, totalRetentionInDays } = tableOf(name) as Record<string, number>;

    expect({ retentionInDays, totalRetentionInDays }).toEqual(
      name === 'AksMonitorRun_CL'
        ? { retentionInDays: 90, totalRetentionInDays: 90 }
        : { retentionInDays: 400, totalRetentionInDays: 400 },
    );
  });
});

describe('retention', () => {
  const chosen = {
    AksDrift_CL: { interactiveDays: 30, totalDays: 3000 },
    AksCompliance_CL: { interactiveDays: 31, totalDays: 3001 },
    AksMonitorRun_CL: { interactiveDays: 32, totalDays: 3002 },
  };

  it.each(Object.entries(chosen))('of %s is what was chosen', (name, { interactiveDays, totalDays }) => {
    expect(tableOf(name, { retention: chosen })).toMatchObject({
      retentionInDays: interactiveDays,
      totalRetentionInDays: totalDays,
    });
  });

  it.each(
    Object.keys(chosen).flatMap((table) =>
      ['interactiveDays', 'totalDays'].map((missing) => [table, missing] as const),
    ),
  )('of %s cannot do without %s', (table, missing) => {
    const rest = Object.entries(chosen[table as keyof typeof chosen]).filter(([name]) => name !== missing);

    expect(() => deployed({ retention: { ...chosen, [table]: Object.fromEntries(rest) } })).toThrow(
      `There is no member ${missing}`,
    );
  });
});

describe('columns of version 1 are there for ever: rows of old versions have them, and queries read them', () => {
  const recorded = Object.entries(VERSION_1).flatMap(([table, columns]) =>
    columns.map((column) => [`infra/schema/${table}.json`, ...column.split(' ')] as [string, string, string]),
  );

  it.each(recorded)('%s keeps %s (%s)', (file, name, type) => {
    expect(schemaIn(file).columns).toContainEqual({ name, type });
  });
});

describe('an existing workspace', () => {
  const workspaceId =
    '/subscriptions/44444444-4444-4444-4444-444444444444/resourceGroups/rg-logs/providers/Microsoft.OperationalInsights/workspaces/central';

  it('gets tables and rule in its own resource group, and no other workspace is made', () => {
    const deployment = deployed({ workspaceId });
    const places = [...all(deployment, TABLE), ...all(deployment, RULE)].map(({ place }) => place);

    expect(places).toEqual(
      Array(4).fill({ subscriptionId: '44444444-4444-4444-4444-444444444444', resourceGroup: 'rg-logs' }),
    );
    expect(all(deployment, 'Microsoft.OperationalInsights/workspaces')).toEqual([]);
    expect(only(deployment, RULE).destinations).toEqual({
      logAnalytics: [{ name: 'workspace', workspaceResourceId: workspaceId }],
    });
  });

  it('is what alerts and workbook read', () => {
    const deployment = deployed({ workspaceId });
    const scopes = all(deployment, 'Microsoft.Insights/scheduledQueryRules').map(
      ({ body }) => (body.properties as { scopes: string[] }).scopes,
    );

    expect(new Set(scopes.flat())).toEqual(new Set([workspaceId]));
    expect(only(deployment, 'Microsoft.Insights/workbooks').sourceId).toBe(workspaceId);
  });
});

it('a new workspace has a daily cap when one is chosen', () => {
  const capOf = (parameters: Body): unknown =>
    only(deployed(parameters), 'Microsoft.OperationalInsights/workspaces').workspaceCapping;

  expect(capOf({})).toEqual({ dailyQuotaGb: -1 });
  expect(capOf({ dailyCapGb: 5 })).toEqual({ dailyQuotaGb: 5 });
});
