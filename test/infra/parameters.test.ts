import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SETTING_NAMES } from '../../shared/config/settings';
import { compiled, ROOT } from './arm-template';
import { deployed, ISOLATED } from './azure';

interface Parameter {
  readonly defaultValue?: unknown;
  readonly nullable?: boolean;
  readonly allowedValues?: readonly (string | number)[];
  readonly $ref?: string;
  readonly metadata?: { readonly description?: string };
}

interface Parameters {
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly definitions?: Readonly<Record<string, Parameter>>;
  readonly resources: Readonly<Record<string, { readonly properties?: { readonly template?: Parameters } }>>;
}

/** The parameters of a template and of everything that it deploys: where, what. */
function parametersOf(template: Parameters, path: string): [string, Parameter, Parameters][] {
  return [
    ...Object.entries(template.parameters ?? {}).map(([name, parameter]): [string, Parameter, Parameters] => [
      `${path}${name}`,
      parameter,
      template,
    ]),
    ...Object.entries(template.resources).flatMap(([symbol, { properties }]) =>
      properties?.template === undefined ? [] : parametersOf(properties.template, `${path}${symbol}/`),
    ),
  ];
}

/** As it stands in an environment variable. */
function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '').replace(/^""$/, '');
}

const MAIN = compiled('main') as unknown as Parameters;
const PARAMETERS = parametersOf(MAIN, '');

describe('every parameter', () => {
  it('says whether it is required, and is what it says', () => {
    const wrong = PARAMETERS.filter(([, { defaultValue, nullable, metadata }]) => {
      const isOptional = defaultValue !== undefined || nullable === true;
      return metadata?.description?.startsWith(isOptional ? 'Optional. ' : 'Required. ') !== true;
    });

    expect(wrong.map(([path]) => path)).toEqual([]);
  });

  it('names the values that it allows', () => {
    const wrong = PARAMETERS.filter(([, parameter, { definitions }]) => {
      const { allowedValues = [] } = { ...parameter, ...definitions?.[parameter.$ref?.split('/').at(-1) ?? ''] };
      const [, named = ''] = /Allowed: (.+)\.$/.exec(parameter.metadata?.description ?? '') ?? [];
      return allowedValues.some((value) => !named.split(', ').includes(String(value)));
    });

    expect(wrong.map(([path]) => path)).toEqual([]);
  });
});

describe('infra/main.parameters.json', () => {
  const text = readFileSync(join(ROOT, 'infra/main.parameters.json'), 'utf8');
  const { parameters } = JSON.parse(text) as { parameters: Record<string, { value: string }> };
  /** Objects do not fit an environment variable: they are written into the file. */
  const IN_THE_FILE_ONLY = ['retention', 'schedules', 'tags'];

  it('gives every parameter a name in the environment of azd', () => {
    expect([...Object.keys(parameters), ...IN_THE_FILE_ONLY].sort()).toEqual(Object.keys(MAIN.parameters ?? {}).sort());
  });

  it('has the defaults of the template', () => {
    const defaults = Object.entries(parameters).map(([name, { value }]) => [
      name,
      /^\$\{\w+(?:=(.*))?\}$/.exec(value)?.[1] ?? '',
    ]);
    const declared = Object.keys(parameters).map((name) => [name, shown(MAIN.parameters?.[name]?.defaultValue)]);

    expect(defaults).toEqual(declared);
  });

  it('takes no name from the settings that is not one of them: whoever exports the environment of azd runs the CLI with it', () => {
    const names = [...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name);
    const outputs = Object.keys(deployed().outputs);

    expect(
      [...names, ...outputs].filter((name) => name.startsWith('AKS_DRIFT_') && !SETTING_NAMES.includes(name)),
    ).toEqual([]);
  });
});

describe('API versions', () => {
  /** The newest stable ones on 2026-11-24, and a preview where nothing stable is to be had. A cloud that lags behind names the one that it lacks. */
  const VERSIONS: Readonly<Record<string, string>> = {
    'Microsoft.Authorization/roleAssignments': '2022-04-01',
    'Microsoft.Authorization/roleDefinitions': '2022-04-01',
    'Microsoft.Insights/actionGroups': '2023-01-01',
    'Microsoft.Insights/components': '2020-02-02',
    'Microsoft.Insights/dataCollectionEndpoints': '2023-03-11',
    'Microsoft.Insights/dataCollectionRules': '2024-03-11',
    'Microsoft.Insights/metricAlerts': '2018-03-01',
    'Microsoft.Insights/privateLinkScopes': '2021-07-01-preview',
    'Microsoft.Insights/scheduledQueryRules': '2023-12-01',
    'Microsoft.Insights/workbooks': '2023-06-01',
    'Microsoft.ManagedIdentity/userAssignedIdentities': '2024-11-30',
    'Microsoft.Network/natGateways': '2024-05-01',
    'Microsoft.Network/privateEndpoints': '2024-05-01',
    'Microsoft.Network/publicIPAddresses': '2024-05-01',
    'Microsoft.Network/virtualNetworks': '2024-05-01',
    'Microsoft.OperationalInsights/workspaces': '2025-07-01',
    'Microsoft.Resources/resourceGroups': '2025-04-01',
    'Microsoft.Storage/storageAccounts': '2025-01-01',
    'Microsoft.Web/serverfarms': '2025-03-01',
    'Microsoft.Web/sites': '2025-03-01',
  };

  it('are those that are known', () => {
    const parameters = { alertEmail: 'team@example.com', packageUri: 'https://packages.example/app.zip' };
    const used = [deployed({ ...parameters, stableOutboundIp: true }), deployed({ ...parameters, ...ISOLATED })]
      .flatMap(({ resources }) => resources)
      .map(({ type, apiVersion }) => [
        type.split('/').slice(0, 2).join('/').replace('microsoft.insights', 'Microsoft.Insights'),
        apiVersion,
      ]);

    expect(Object.fromEntries(used)).toEqual(VERSIONS);
    expect(new Set(used.map(([type, version]) => `${type} ${version}`)).size).toBe(Object.keys(VERSIONS).length);
  });
});
