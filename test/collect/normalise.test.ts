import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { InvalidPropertyError, normaliseCluster } from '../../shared/collect/normalise';
import { emptyWorld, generatedFleet, type ArmBody } from '../../simulator';
import { NOW, at, startLocalAzure } from '../simulator/local-azure';
import { azShape } from '../support/az-shape';
import { armBody } from './collecting';

const SAMPLES = join(__dirname, '../../../shared/azure-samples');

/** A body with a value of every kind: dates, bytes, maps, enums, names with acronyms. */
function richBody(): ArmBody {
  const body = at(
    generatedFleet({ subscriptions: 1, clustersPerSubscription: 1, poolsPerCluster: 2, now: NOW }).clusters,
    0,
  );
  Object.assign(body, { systemData: { createdBy: 'someone', createdAt: '2025-01-02T03:04:05.678Z' } });
  Object.assign(body.properties, {
    diskEncryptionSetID: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/d',
    upgradeSettings: { overrideSettings: { forceUpgrade: false, until: '2026-12-01T00:00:00Z' } },
    servicePrincipalProfile: { clientId: 'msi' },
    apiServerAccessProfile: {
      authorizedIPRanges: ['203.0.113.0/24', '198.51.100.7/32'],
      privateDNSZone: 'system',
      enablePrivateClusterPublicFQDN: true,
      enableVnetIntegration: false,
    },
  });
  const security = body.properties.securityProfile as Record<string, unknown>;
  security.customCATrustCertificates = [Buffer.from('-----BEGIN CERTIFICATE-----').toString('base64')];
  return body;
}

async function sdkObject(body: ArmBody): Promise<unknown> {
  const [, , id = '', , group = ''] = body.id.split('/');
  const azure = await startLocalAzure({
    ...emptyWorld(),
    subscriptions: [{ id, displayName: 'one', state: 'Enabled' }],
    clusters: [body],
  });
  try {
    return await azure.containerService(id).managedClusters.get(group, body.name);
  } finally {
    await azure.simulator.stop();
  }
}

const clean = (properties: Record<string, unknown>, top: Record<string, unknown> = {}) =>
  normaliseCluster(armBody(properties, top)).cluster;

describe('the three shapes of a cluster', () => {
  it('the SDK gives the same cluster as the ARM body', async () => {
    const body = richBody();
    const fromSdk = normaliseCluster(await sdkObject(body));
    expect(fromSdk).toStrictEqual(normaliseCluster(body));
    expect(fromSdk.problems).toEqual([]);
  });

  it('the CLI gives the same cluster as the ARM body', () => {
    const shape = azShape(richBody());
    expect(shape).toMatchObject({
      apiServerAccessProfile: { authorizedIpRanges: ['203.0.113.0/24', '198.51.100.7/32'], privateDnsZone: 'system' },
      enableRbac: true,
      autoUpgradeProfile: { nodeOsUpgradeChannel: 'NodeImage' },
      agentPoolProfiles: [{ osSku: 'AzureLinux3', enableFips: false }, {}],
    });
    expect(normaliseCluster(shape)).toStrictEqual(normaliseCluster(richBody()));
  });

  it('an ARM body whose own keys have other letter cases gives the same cluster', () => {
    const { id, properties, ...top } = richBody();
    expect(normaliseCluster({ Id: id, ...top, Properties: properties })).toStrictEqual(normaliseCluster(richBody()));
  });

  it('names are the names of the SDK', () => {
    expect(normaliseCluster(richBody()).cluster).toMatchObject({
      enableRbac: true,
      systemData: { createdAt: new Date('2025-01-02T03:04:05.678Z') },
      apiServerAccessProfile: { privateDNSZone: 'system', enablePrivateClusterPublicFqdn: true },
      autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage' },
      nodePools: [{ osSKU: 'AzureLinux3', enableFips: false }, {}],
      securityProfile: { customCATrustCertificates: [Buffer.from('-----BEGIN CERTIFICATE-----')] },
    });
  });
});

describe('values', () => {
  it.each([
    ['null is absent', { fqdn: null }, 'fqdn', undefined],
    ['null is absent in a nested object', { sku: null, aadProfile: { tenantID: null } }, 'aadProfile', {}],
    [
      'null is left out of a list',
      { privateLinkResources: [null, { name: 'x' }] },
      'privateLinkResources',
      [{ name: 'x' }],
    ],
    [
      'an enum value gets the letter case of the SDK',
      { supportPlan: 'aksLONGtermsupport' },
      'supportPlan',
      'AKSLongTermSupport',
    ],
    ['a nested enum value too', { powerState: { code: 'STOPPED' } }, 'powerState', { code: 'Stopped' }],
    ['an enum value that the SDK does not know is kept', { supportPlan: 'Platinum' }, 'supportPlan', 'Platinum'],
    ['a property that the SDK does not know is kept', { brandNew: { a: 1 } }, 'brandNew', { a: 1 }],
    ['a property named like a member of every object is kept', { constructor: 'x' }, 'constructor', 'x'],
    [
      'add-on names are in lower case (azure-rest-api-specs #10716, checkov #4612, aks-baseline #19, Docker-Provider #768, terraform-provider-azurerm #1983, azure-cli-extensions #8495)',
      { addonProfiles: { azurePolicy: { enabled: true } } },
      'addonProfiles',
      { azurepolicy: { enabled: true } },
    ],
    [
      'keys of add-on settings are in lower case, their values are not',
      {
        addonProfiles: {
          omsAgent: { enabled: true, config: { logAnalyticsWorkspaceResourceID: '/A/b', useAADAuth: 'True' } },
        },
      },
      'addonProfiles',
      { omsagent: { enabled: true, config: { loganalyticsworkspaceresourceid: '/A/b', useaadauth: 'True' } } },
    ],
    [
      'an add-on without settings',
      { addonProfiles: { httpApplicationRouting: { enabled: false, config: null } } },
      'addonProfiles',
      { httpapplicationrouting: { enabled: false } },
    ],
    [
      'the authorized ranges as ARM writes them (KubeBuddy and cloudsploit aksNetworkExposure.js:53 ask for authorizedIpRanges)',
      { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] } },
      'apiServerAccessProfile',
      { authorizedIPRanges: ['203.0.113.0/24'] },
    ],
    [
      'the authorized ranges as the CLI writes them, which is the only form that KubeBuddy knows',
      { apiServerAccessProfile: { authorizedIpRanges: ['203.0.113.0/24'] } },
      'apiServerAccessProfile',
      { authorizedIPRanges: ['203.0.113.0/24'] },
    ],
    [
      'the authorized ranges with a capital, which is the only form that powerpipe knows (kubernetes.pp:355)',
      { apiServerAccessProfile: { AuthorizedIPRanges: ['203.0.113.0/24'] } },
      'apiServerAccessProfile',
      { authorizedIPRanges: ['203.0.113.0/24'] },
    ],
    [
      'keys of tags are kept as they are',
      { nodeResourceGroupProfile: {}, identityProfile: { KubeletIdentity: { clientId: 'c' } } },
      'identityProfile',
      { KubeletIdentity: { clientId: 'c' } },
    ],
  ])('%s', (_, properties, name, expected) => {
    const { cluster, problems } = normaliseCluster(armBody(properties));
    expect(Object.getOwnPropertyDescriptor(cluster, name)?.value).toStrictEqual(expected);
    expect(problems).toEqual([]);
  });

  it('the location has one spelling', () => {
    expect(clean({}, { location: 'West Europe' }).location).toBe('westeurope');
  });

  it('the names of the resource come from the id', () => {
    const id = armBody().id.toUpperCase();
    expect(clean({}, { id, name: 'something else' })).toMatchObject({
      id,
      name: 'C-ONE',
      resourceGroup: 'RG-ONE',
      subscriptionId: '11111111-1111-1111-1111-111111111111',
    });
  });

  it('tags keep their letter case', () => {
    expect(clean({}, { tags: { CostCenter: 'A1' } }).tags).toEqual({ CostCenter: 'A1' });
  });
});

describe('what only preview api-versions show and a check looks for', () => {
  it.each([
    [
      'as ARM writes it',
      'kubernetesResourceObjectEncryptionProfile',
      'infrastructureEncryption',
      'enableCustomCATrust',
    ],
    [
      'as the CLI writes it',
      'kubernetesResourceObjectEncryptionProfile',
      'infrastructureEncryption',
      'enableCustomCaTrust',
    ],
    ['in capitals', 'KUBERNETESRESOURCEOBJECTENCRYPTIONPROFILE', 'INFRASTRUCTUREENCRYPTION', 'ENABLECUSTOMCATRUST'],
  ])('has one name too: %s', (_, profile, encryption, trust) => {
    const body = armBody({
      securityProfile: { [profile]: { [encryption]: 'ENABLED' } },
      agentPoolProfiles: [{ name: 'p', [trust]: true }],
    });
    expect(normaliseCluster(body)).toMatchObject({
      cluster: {
        securityProfile: { kubernetesResourceObjectEncryptionProfile: { infrastructureEncryption: 'Enabled' } },
        nodePools: [{ enableCustomCATrust: true }],
      },
      problems: [],
    });
  });

  it('has a kind too', () => {
    const body = armBody({ agentPoolProfiles: [{ name: 'p', enableCustomCATrust: 'false' }] });
    expect(normaliseCluster(body).problems).toEqual([
      'properties.agentPoolProfiles[0].enableCustomCATrust: expected a boolean, got a string.',
    ]);
  });
});

describe('node pools', () => {
  it.each([
    ['System', ['p']],
    ['user', ['p']],
    ['GATEWAY', ['p']],
    [null, ['p']],
    [undefined, ['p']],
    ['Machines', []],
    ['WhatComesNext', []],
  ])('mode %p', (mode, expected) => {
    const { cluster, problems } = normaliseCluster(armBody({ agentPoolProfiles: [{ name: 'p', mode }] }));
    expect(cluster.nodePools?.map(({ name }) => name)).toEqual(expected);
    expect(problems).toEqual([]);
  });

  it.each([
    ['absent', undefined, []],
    ['null', null, []],
    ['a string', 'three', ['properties.agentPoolProfiles: expected an array, got a string.']],
    ['an object', {}, ['properties.agentPoolProfiles: expected an array, got an object.']],
    [
      'a list with a string',
      [{ name: 'p' }, 'q'],
      ['properties.agentPoolProfiles[1]: expected an object, got a string.'],
    ],
    [
      'a list with a pool that is null',
      [{ name: 'p' }, null],
      ['properties.agentPoolProfiles[1]: expected an object, got nothing.'],
    ],
    [
      'a list with a pool without a name',
      [{ name: 'p' }, { mode: 'User' }],
      ['properties.agentPoolProfiles: every node pool must have a name.'],
    ],
    [
      'a list with a pool whose name is a number',
      [{ name: 5 }],
      [
        'properties.agentPoolProfiles[0].name: expected a string, got a number.',
        'properties.agentPoolProfiles: every node pool must have a name.',
      ],
    ],
  ])('are unknown, not none, when the body has %s', (_, agentPoolProfiles, expected) => {
    const { cluster, problems } = normaliseCluster(armBody({ agentPoolProfiles }));
    expect('nodePools' in cluster).toBe(false);
    expect(problems).toEqual(expected);
  });

  it('an empty list is none', () => {
    expect(clean({ agentPoolProfiles: [] }).nodePools).toEqual([]);
  });

  it('a mode of the wrong kind is a problem of that pool and not of the cluster', () => {
    const body = armBody({ agentPoolProfiles: [{ name: 'p', mode: 5 }], fqdn: 'c.example' });
    expect(normaliseCluster(body)).toMatchObject({
      cluster: { fqdn: 'c.example' },
      problems: ['properties.agentPoolProfiles[0].mode: expected a string, got a number.'],
    });
  });
});

describe('a value of the wrong kind', () => {
  const rows: [when: string, properties: Record<string, unknown>, path: string, message: string][] = [
    [
      'a string for a boolean',
      { enableRBAC: 'true' },
      'enableRbac',
      'properties.enableRBAC: expected a boolean, got a string.',
    ],
    ['a number for a string', { fqdn: 5 }, 'fqdn', 'properties.fqdn: expected a string, got a number.'],
    [
      'a number for an enum',
      { supportPlan: 1 },
      'supportPlan',
      'properties.supportPlan: expected a string, got a number.',
    ],
    [
      'a list for an object',
      { aadProfile: [] },
      'aadProfile',
      'properties.aadProfile: expected an object, got an array.',
    ],
    [
      'a string for an object',
      { apiServerAccessProfile: 'x' },
      'apiServerAccessProfile',
      'properties.apiServerAccessProfile: expected an object, got a string.',
    ],
    [
      'a string for a map',
      { addonProfiles: 'x' },
      'addonProfiles',
      'properties.addonProfiles: expected an object, got a string.',
    ],
    [
      'in a nested object',
      { apiServerAccessProfile: { enablePrivateCluster: 'no' } },
      'apiServerAccessProfile.enablePrivateCluster',
      'properties.apiServerAccessProfile.enablePrivateCluster: expected a boolean, got a string.',
    ],
    [
      'a string for a list',
      { apiServerAccessProfile: { authorizedIPRanges: '203.0.113.0/24' } },
      'apiServerAccessProfile.authorizedIPRanges',
      'properties.apiServerAccessProfile.authorizedIPRanges: expected an array, got a string.',
    ],
    [
      'in an item of a list',
      { apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24', 5] } },
      'apiServerAccessProfile.authorizedIPRanges',
      'properties.apiServerAccessProfile.authorizedIPRanges[1]: expected a string, got a number.',
    ],
    [
      'in an object of a list',
      { agentPoolProfiles: [{ name: 'p', count: '3' }] },
      'nodePools.0.count',
      'properties.agentPoolProfiles[0].count: expected a number, got a string.',
    ],
    [
      'an add-on that is no object',
      { addonProfiles: { azurePolicy: 'on' } },
      'addonProfiles.azurepolicy',
      'properties.addonProfiles.azurePolicy: expected an object, got a string.',
    ],
    [
      'in an add-on',
      { addonProfiles: { azurePolicy: { enabled: 'yes' } } },
      'addonProfiles.azurepolicy.enabled',
      'properties.addonProfiles.azurePolicy.enabled: expected a boolean, got a string.',
    ],
    [
      'settings of an add-on that are no object',
      { addonProfiles: { azurePolicy: { enabled: true, config: 'v2' } } },
      'addonProfiles.azurepolicy.config',
      'properties.addonProfiles.azurePolicy.config: expected an object, got a string.',
    ],
    [
      'no date',
      { upgradeSettings: { overrideSettings: { until: 'soon' } } },
      'upgradeSettings.overrideSettings.until',
      'properties.upgradeSettings.overrideSettings.until: expected a date, got "soon".',
    ],
  ];

  function readAt(value: unknown, path: string): unknown {
    return path.split('.').reduce<unknown>((found, key) => (found as Record<string, unknown>)[key], value);
  }

  it.each(rows)('%s', (_, properties, path, message) => {
    const { cluster, problems } = normaliseCluster(armBody({ nodeResourceGroup: 'MC_one', ...properties }));
    expect(problems).toEqual([message]);
    expect(() => readAt(cluster, path)).toThrow(new InvalidPropertyError(message));
    expect(cluster.nodeResourceGroup).toBe('MC_one');
  });

  it.each([
    ['sku', { sku: 'Base' }, /^sku: expected an object, got a string\.$/],
    ['tags', { tags: [] }, /^tags: expected an object, got an array\.$/],
    ['name', { name: 5 }, /name: expected a string, got a number\.$/],
    ['location', { location: 5 }, /location: expected a string, got a number\.$/],
    ['properties', { properties: 'text' }, /properties: expected an object, got a string\.$/],
  ])('at the top level: %s', (_, top, message) => {
    const body = { ...armBody(), identity: { type: 'None' }, ...top };
    const { cluster, problems } = normaliseCluster(body);
    expect(problems).toEqual([expect.stringMatching(message)]);
    expect(cluster).toMatchObject({ name: 'c-One', identity: { type: 'None' } });
  });

  it.each([
    [
      'an add-on that is there twice, under names that differ in letter case',
      { omsagent: { enabled: false }, omsAgent: { enabled: true } },
      'addonProfiles.omsagent',
      'properties.addonProfiles holds omsagent twice, with other values.',
    ],
    [
      'a setting of an add-on that is there twice',
      { A: { enabled: true, config: { rotate: 'true', Rotate: 'false' } } },
      'addonProfiles.a.config.rotate',
      'properties.addonProfiles.A.config holds rotate twice, with other values.',
    ],
  ])('so is %s', (_, addonProfiles, path, message) => {
    const { cluster, problems } = normaliseCluster(armBody({ nodeResourceGroup: 'MC_one', addonProfiles }));
    expect(problems).toEqual([message]);
    expect(() => readAt(cluster, path)).toThrow(new InvalidPropertyError(message));
    expect(cluster.nodeResourceGroup).toBe('MC_one');
  });

  it('but what is there twice and the same is no problem', () => {
    const addonProfiles = { omsagent: { enabled: true, config: null }, omsAgent: { enabled: true } };
    expect(normaliseCluster(armBody({ addonProfiles }))).toMatchObject({
      cluster: { addonProfiles: { omsagent: { enabled: true } } },
      problems: [],
    });
  });

  it('every problem of a cluster is named', () => {
    expect(normaliseCluster(armBody({ fqdn: 1, enableRBAC: 'x', aadProfile: { managed: 'y' } })).problems).toHaveLength(
      3,
    );
  });

  it('a problem in an ignored pool or in add-on settings hides nothing else', () => {
    const { cluster } = normaliseCluster(
      armBody({ addonProfiles: { A: { enabled: 'x', config: { K: 'v' } }, B: { enabled: true } } }),
    );
    expect(cluster.addonProfiles).toMatchObject({ a: { config: { k: 'v' } }, b: { enabled: true } });
  });
});

describe('what is no cluster', () => {
  it.each([
    ['nothing', null, 'got nothing'],
    ['a string', 'cluster', 'got a string'],
    ['a list', [], 'got an array'],
    ['no id', { name: 'c' }, 'got nothing'],
    ['an id that is a number', { id: 5 }, 'got a number'],
    ['an empty id', { id: '' }, 'got ""'],
    ['the id of a node pool', { id: `${armBody().id}/agentPools/p` }, 'agentPools/p"'],
    [
      'the id of something else',
      { id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/w' },
      'sites/w"',
    ],
    ['the id of a resource group', { id: '/subscriptions/s/resourceGroups/g' }, 'resourceGroups/g"'],
  ])('%s', (_, body, message) => {
    expect(() => normaliseCluster(body)).toThrow(InvalidPropertyError);
    expect(() => normaliseCluster(body)).toThrow(message);
  });
});

describe('recorded bodies', () => {
  function bodiesIn(folder: string): [file: string, body: Record<string, unknown>][] {
    const path = join(SAMPLES, folder);
    if (!existsSync(path)) {
      process.stderr.write(`skipped: there are no recorded bodies in ../shared/azure-samples\n`);
      return [];
    }
    return readdirSync(path).flatMap((file) => {
      const content = JSON.parse(readFileSync(join(path, file), 'utf8')) as Record<string, unknown>;
      const list = Array.isArray(content.value) ? (content.value as Record<string, unknown>[]) : [content];
      return list.map((body): [string, Record<string, unknown>] => [file, body]);
    });
  }

  it('clusters have no problems', () => {
    const found = bodiesIn('clusters').map(([file, body]) => [file, normaliseCluster(body).problems]);
    expect(found.filter(([, problems]) => problems?.length !== 0)).toEqual([]);
    expect(normaliseCluster(richBody()).problems).toEqual([]);
  });

  /** Recorded with 2025-09-02-preview, in which autoscale was one object; it is a list in every version that the SDKs ask for. */
  const OLD_FORM = 'vms-type-pool.json';

  it('node pools have no problems', () => {
    const found = bodiesIn('agentpools')
      .filter(([file]) => file !== OLD_FORM)
      .map(([file, { name, properties }]) => {
        const profile = { name, ...(properties as object) };
        return [file, normaliseCluster(armBody({ agentPoolProfiles: [profile] })).problems];
      });
    expect(found.filter(([, problems]) => problems?.length !== 0)).toEqual([]);
    expect(normaliseCluster(armBody({ agentPoolProfiles: [] })).problems).toEqual([]);
  });
});

it('takes a number for the text of an amount of nodes', () => {
  const agentPoolProfiles = [{ name: 'p', upgradeSettings: { maxSurge: 1, maxUnavailable: '0' } }];
  const { cluster, problems } = normaliseCluster(armBody({ agentPoolProfiles }));

  expect(cluster.nodePools?.map(({ upgradeSettings }) => upgradeSettings)).toEqual([
    { maxSurge: '1', maxUnavailable: '0' },
  ]);
  expect(problems).toEqual([]);
});
