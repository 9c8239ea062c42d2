import { readSettings } from '../../shared/config/settings';
import { pathOf } from '../../shared/state/store';
import { SCANS } from '../../shared/model/scan';
import { compiled, type Body, type Value } from './arm-template';
import { isMet } from './role-condition';
import { all, deployed, ISOLATED, only, ROLE_NAMES, SUBNET } from './azure';

const EVERYTHING: Body = { operatorPrincipalId: 'the-operator', alertEmail: 'team@example.com' };
const STORAGE = 'Microsoft.Storage/storageAccounts';
const RULE = 'Microsoft.Insights/dataCollectionRules';

/** Every value under a key that matches, however deep. */
function valuesOf(within: Value, key: RegExp): Value[] {
  if (typeof within !== 'object' || within === null) {
    return [];
  }
  return Object.entries(within).flatMap(([name, value]: [string, Value]) => [
    ...(key.test(name) ? [value] : []),
    ...valuesOf(value, key),
  ]);
}

describe('the storage account', () => {
  it('takes no keys, shows no blob to the public and speaks TLS 1.2', () => {
    expect(only(deployed(), STORAGE)).toMatchObject({
      ...{ allowSharedKeyAccess: false, defaultToOAuthAuthentication: true, allowBlobPublicAccess: false },
      ...{ minimumTlsVersion: 'TLS1_2', supportsHttpsTrafficOnly: true, allowCrossTenantReplication: false },
    });
  });

  it('has no container that says who else may read it', () => {
    const containers = all(deployed(), `${STORAGE}/blobServices/containers`);

    expect(containers.map(({ name }) => name.split('/').at(-1)).sort()).toEqual(['aks-drift-state', 'deployment']);
    expect(valuesOf(containers as unknown as Value, /publicAccess/i)).toEqual([]);
  });

  it('keeps what was overwritten or deleted for two weeks, and no longer', () => {
    expect(only(deployed(), `${STORAGE}/blobServices`)).toEqual({
      isVersioningEnabled: true,
      deleteRetentionPolicy: { enabled: true, days: 14 },
      containerDeleteRetentionPolicy: { enabled: true, days: 14 },
    });
    const { policy } = only(deployed(), `${STORAGE}/managementPolicies`);
    expect(valuesOf(policy ?? null, /^actions$/)).toEqual([
      { version: { delete: { daysAfterCreationGreaterThan: 14 } } },
    ]);
  });

  it('has the queues that the functions are bound to', () => {
    const queues = all(deployed(), `${STORAGE}/queueServices/queues`).map(({ name }) => name.split('/').at(-1));

    expect(queues).toEqual(['scan-requests', 'scan-requests-poison']);
  });
});

describe('secrets', () => {
  const cases = [{}, { ...EVERYTHING, stableOutboundIp: true }, { ...EVERYTHING, ...ISOLATED }];

  it.each(cases)('are in no output: %j', (parameters) => {
    const { outputs } = deployed(parameters);

    expect(JSON.stringify(outputs)).not.toMatch(/InstrumentationKey|AccountKey|SharedAccess|sig=/i);
    expect(Object.keys(outputs).filter((name) => /secret|password|connection_?string|key/i.test(name))).toEqual([]);
  });

  it('are asked of no service: the template calls no list function', () => {
    // Keys come from list*() only. https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource#list
    const calls = [...JSON.stringify(compiled('main')).matchAll(/\blist[A-Z]?\w*\(/g)];

    expect(calls.map(([call]) => call)).toEqual([]);
  });

  it('are no password for deployment or telemetry', () => {
    const deployment = deployed();
    const policies = all(deployment, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies');

    expect(policies.map(({ name, body }) => [name.split('/').at(-1), body.properties])).toEqual([
      ['ftp', { allow: false }],
      ['scm', { allow: false }],
    ]);
    expect(only(deployment, 'Microsoft.Insights/components')).toMatchObject({ DisableLocalAuth: true });
    expect(only(deployment, 'Microsoft.OperationalInsights/workspaces')).toMatchObject({
      features: { disableLocalAuth: true },
    });
  });
});

describe('the app', () => {
  // Flex Consumption has no FTP, and refuses properties of other plans:
  // https://learn.microsoft.com/azure/azure-functions/functions-app-settings#flex-consumption-plan-deprecations
  it('is reached over TLS 1.2 only, also for deployment, and asks Flex Consumption for nothing that it refuses', () => {
    const { httpsOnly, siteConfig } = only(deployed(), 'Microsoft.Web/sites');

    expect(httpsOnly).toBe(true);
    expect(siteConfig).toEqual({ minTlsVersion: '1.2', scmMinTlsVersion: '1.2', http20Enabled: true });
  });

  it('runs on Flex Consumption within bounds, and fetches its package with its identity', () => {
    const deployment = deployed();
    const [plan] = all(deployment, 'Microsoft.Web/serverfarms');
    const [account] = all(deployment, STORAGE);
    const identity = expect.stringContaining('/userAssignedIdentities/id-aks-drift-') as string;

    expect(plan?.body).toMatchObject({
      kind: 'functionapp',
      sku: { name: 'FC1', tier: 'FlexConsumption' },
      properties: { reserved: true },
    });
    expect(only(deployment, 'Microsoft.Web/sites').functionAppConfig).toEqual({
      deployment: {
        storage: {
          type: 'blobContainer',
          value: `https://${account?.name ?? ''}.blob.example/deployment`,
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identity },
        },
      },
      runtime: { name: 'node', version: '24' },
      scaleAndConcurrency: { instanceMemoryMB: 512, maximumInstanceCount: 40 },
    });
  });

  it('is always on, and has no FTP, on a plan of its own', () => {
    const deployment = deployed({}, 'AzureUSGovernment');
    const [plan] = all(deployment, 'Microsoft.Web/serverfarms');

    expect(plan?.body).toMatchObject({
      kind: 'linux',
      sku: { name: 'B1', tier: 'Basic', capacity: 1 },
      properties: { reserved: true },
    });
    expect(only(deployment, 'Microsoft.Web/sites').siteConfig).toMatchObject({
      ...{ ftpsState: 'Disabled', alwaysOn: true, linuxFxVersion: 'Node|24' },
    });
  });
});

describe('the role on what is monitored', () => {
  const actionsOf = (parameters: Body): unknown => {
    const { permissions } = only(deployed(parameters), 'Microsoft.Authorization/roleDefinitions');
    return permissions;
  };
  // A query, which Azure counts as an action. See the note in shared/collect/policy-states.ts.
  const QUERIES = ['Microsoft.PolicyInsights/policyStates/queryResults/action'];

  it('reads and does nothing else', () => {
    const [permission] = actionsOf({}) as { actions: string[]; dataActions: string[] }[];

    expect(permission?.actions.filter((action) => !action.endsWith('/read') && !QUERIES.includes(action))).toEqual([]);
    expect(permission?.dataActions).toEqual([]);
  });

  it('reads the user kubeconfig only when that was chosen', () => {
    const credentials = 'Microsoft.ContainerService/managedClusters/listClusterUserCredential/action';

    expect(JSON.stringify(actionsOf({}))).not.toContain(credentials);
    expect(JSON.stringify(actionsOf({ readClusterCa: true }))).toContain(credentials);
  });

  it('is given on every subscription that is named, or on this one, or on none', () => {
    const [a, b] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
    const givenOn = (parameters: Body): string[] =>
      all(deployed(parameters), 'Microsoft.Authorization/roleDefinitions').map(({ place }) => place.subscriptionId);

    expect(givenOn({ subscriptionIds: `${a}, ${b}` })).toEqual([a, b]);
    expect(givenOn({ subscriptionIds: `${a},${a.toUpperCase()},` })).toEqual([a]);
    expect(givenOn({})).toEqual(['11111111-1111-1111-1111-111111111111']);
    expect(givenOn({ managementGroupIds: 'mg-platform' })).toEqual([]);
    expect(givenOn({ deployAccess: false })).toEqual([]);
  });

  it('gives way to Reader and Security Reader where custom roles are not wanted', () => {
    const deployment = deployed({ accessVariant: 'builtIn' });

    expect(all(deployment, 'Microsoft.Authorization/roleDefinitions')).toEqual([]);
    expect(rolesOf(deployment, 'the-principal')).toEqual(
      expect.arrayContaining(['Reader on subscription', 'Security Reader on subscription']),
    );
  });
});

/** "role on kind of resource" for each assignment of a principal. */
function rolesOf(deployment: ReturnType<typeof deployed>, principalId: string): string[] {
  return all(deployment, 'Microsoft.Authorization/roleAssignments')
    .map(({ body }) => ({
      properties: body.properties as Record<string, string>,
      scope: body.scope as string | undefined,
    }))
    .filter(({ properties }) => properties.principalId === principalId)
    .map(({ properties: { roleDefinitionId = '' }, scope }) => {
      const role = ROLE_NAMES[roleDefinitionId.split('/').at(-1) ?? ''] ?? 'the custom role';
      return `${role} on ${scope?.split('/').at(-2) ?? 'subscription'}`;
    })
    .sort();
}

describe('rights', () => {
  it('of the monitor', () => {
    expect(rolesOf(deployed(EVERYTHING), 'the-principal')).toEqual([
      'Monitoring Metrics Publisher on components',
      'Monitoring Metrics Publisher on dataCollectionRules',
      'Storage Blob Data Owner on storageAccounts',
      'Storage Queue Data Contributor on storageAccounts',
      'Storage Table Data Contributor on storageAccounts',
      'the custom role on subscription',
    ]);
  });

  it('of an operator', () => {
    expect(rolesOf(deployed(EVERYTHING), 'the-operator')).toEqual([
      'Monitoring Metrics Publisher on dataCollectionRules',
      'Storage Blob Data Contributor on containers',
      'Storage Queue Data Message Sender on queues',
    ]);
  });

  it('are the same names on every deployment, so that the second changes nothing', () => {
    const names = deployed({ ...EVERYTHING, stableOutboundIp: true }).resources.map(
      ({ type, name }) => `${type} ${name}`,
    );

    expect(JSON.stringify(compiled('main'))).not.toMatch(/\b(?:newGuid|utcNow)\(/);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('the monitor in its state container', () => {
  const condition = all(deployed(), 'Microsoft.Authorization/roleAssignments')
    .map(({ body }) => (body.properties as Record<string, string>).condition)
    .find((text) => text !== undefined);
  const may = (action: string, path: string, container = 'aks-drift-state'): boolean =>
    isMet(condition ?? '', {
      action: `Microsoft.Storage/storageAccounts/blobServices/containers/blobs/${action}`,
      resource: {
        'Microsoft.Storage/storageAccounts/blobServices/containers:name': container,
        'Microsoft.Storage/storageAccounts/blobServices/containers/blobs:path': path,
      },
    });
  // https://learn.microsoft.com/azure/role-based-access-control/permissions/storage#microsoftstorage
  const changes = [
    ...['write', 'add/action', 'delete', 'deleteBlobVersion/action', 'permanentDelete/action', 'move/action'],
    'tags/write',
  ];
  const own = [
    ...SCANS.map((scan) => pathOf({ subscriptionId: '11111111-1111-1111-1111-111111111111', scan })),
    ...['baseline/last-good', 'subscriptions.json'],
  ];
  const others = ['baseline.yaml', 'baseline.json', 'team/baseline.yaml'];

  it('reads everything', () => {
    expect([...own, ...others].filter((path) => !may('read', path))).toEqual([]);
  });

  it.each(changes)('by %s changes what is its own, and nothing else', (action) => {
    expect([...own, ...others].filter((path) => may(action, path))).toEqual(own);
  });

  it('finds no baseline file among the blobs that it writes', () => {
    const isTaken = (path: string): boolean => {
      try {
        return readSettings({ AKS_DRIFT_BASELINE: `blob:${path}` }, 'cli').baseline !== null;
      } catch {
        return false;
      }
    };

    expect([...own, ...others].filter(isTaken)).toEqual(others);
  });

  it('leaves the other containers to the host', () => {
    expect(changes.filter((action) => !may(action, 'locks/host', 'azure-webjobs-hosts'))).toEqual([]);
  });
});

describe('network isolation', () => {
  const isolated = deployed({ ...EVERYTHING, ...ISOLATED });

  it('closes every door to public networks', () => {
    const doors = valuesOf(isolated.resources as unknown as Value, /^publicNetworkAccess/);

    expect(doors.length).toBeGreaterThanOrEqual(7);
    expect(new Set(doors)).toEqual(new Set(['Disabled']));
    expect(only(isolated, STORAGE)).toMatchObject({ networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' } });
  });

  it('gives private addresses to storage and to Azure Monitor, in the subnet that is named', () => {
    const endpoints = all(isolated, 'Microsoft.Network/privateEndpoints').map(({ body }) => body.properties as Body);

    expect(endpoints.flatMap((endpoint) => valuesOf(endpoint, /^groupIds$/)).flat()).toEqual([
      ...['blob', 'queue', 'table', 'azuremonitor'],
    ]);
    expect(new Set(endpoints.map(({ subnet }) => (subnet as Body).id))).toEqual(new Set([SUBNET('endpoints')]));
  });

  it('sends rows through a data collection endpoint that the private link scope holds', () => {
    const members = all(isolated, 'Microsoft.Insights/privateLinkScopes/scopedResources').map(({ body }) =>
      (body.properties as Record<string, string>).linkedResourceId?.split('/').at(-2),
    );

    expect(isolated.outputs.AKS_DRIFT_LOGS_ENDPOINT).toBe('https://endpoint.example');
    // A rule of the kind Direct has a public address besides.
    expect([isolated, deployed()].map((each) => all(each, RULE)[0]?.body.kind)).toEqual([null, 'Direct']);
    expect(members).toEqual(['workspaces', 'dataCollectionEndpoints', 'components']);
  });

  it('joins a private link scope that exists, and makes none', () => {
    const scope = `/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/rg-hub/providers/microsoft.insights/privateLinkScopes/hub`;
    const joined = deployed({ ...ISOLATED, privateLinkScopeId: scope });
    const members = all(joined, 'Microsoft.Insights/privateLinkScopes/scopedResources');

    expect(all(joined, 'microsoft.insights/privateLinkScopes')).toEqual([]);
    expect(members.map(({ place, name }) => [place.resourceGroup, name.split('/')[0]])).toEqual(
      Array(3).fill(['rg-hub', 'hub']),
    );
    expect(all(joined, 'Microsoft.Network/privateEndpoints')).toHaveLength(3);
  });

  it('writes the private DNS zones that are named, each where it belongs', () => {
    const zone = (name: string): string =>
      `/subscriptions/2/resourceGroups/rg-dns/providers/Microsoft.Network/privateDnsZones/privatelink.${name}`;
    const zones = ['blob.core.windows.net', 'queue.core.windows.net', 'table.core.windows.net', 'monitor.azure.com'];
    const groups = all(
      deployed({ ...ISOLATED, privateDnsZoneIds: zones.map(zone).join(',') }),
      'Microsoft.Network/privateEndpoints/privateDnsZoneGroups',
    );

    expect(groups.map(({ name, body }) => [name.split('-')[3], valuesOf(body, /^privateDnsZoneId$/)])).toEqual([
      ['blob', [zone('blob.core.windows.net')]],
      ['queue', [zone('queue.core.windows.net')]],
      ['table', [zone('table.core.windows.net')]],
      ['monitor', [zone('blob.core.windows.net'), zone('monitor.azure.com')]],
    ]);
  });

  it.each(['integrationSubnetId', 'privateEndpointSubnetId'])('is refused without %s', (missing) => {
    expect(() => deployed({ ...ISOLATED, [missing]: '' })).toThrow(
      /networkIsolation needs integrationSubnetId, private/,
    );
  });

  it('is off by default', () => {
    expect(all(deployed(), 'Microsoft.Network/privateEndpoints')).toEqual([]);
  });
});

describe('a stable outbound address', () => {
  it('is that of a NAT gateway in a network of the app', () => {
    const deployment = deployed({ stableOutboundIp: true });
    const [subnet] = all(deployment, 'Microsoft.Network/virtualNetworks/subnets');

    expect(deployment.outputs.MONITOR_OUTBOUND_IP).toBe('192.0.2.1');
    expect(subnet?.body.properties).toMatchObject({
      natGateway: { id: expect.stringContaining('/natGateways/') as string },
      delegations: [{ properties: { serviceName: 'Microsoft.App/environments' } }],
    });
    expect(only(deployment, 'Microsoft.Web/sites').virtualNetworkSubnetId).toContain('/subnets/app');
  });

  it('is refused in an existing subnet, which has the address of its own gateway', () => {
    expect(() => deployed({ stableOutboundIp: true, integrationSubnetId: SUBNET('app') })).toThrow(
      'stableOutboundIp and integrationSubnetId exclude each other',
    );
    expect(only(deployed({ integrationSubnetId: SUBNET('app') }), 'Microsoft.Web/sites').virtualNetworkSubnetId).toBe(
      SUBNET('app'),
    );
  });
});
