import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readSettings, SETTING_NAMES } from '../../shared/config/settings';
import { ROOT } from './arm-template';
import { deployed, only } from './azure';

/** Settings that the code reads and the deployment leaves out, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  AKS_DRIFT_ARM_ENDPOINT: 'the cloud says it',
  AKS_DRIFT_DEADLINE_SECONDS: 'the default fits the timeout in host.json',
  AKS_DRIFT_NOW: 'the functions refuse it',
  AzureWebJobsStorage: 'a connection string holds a key',
  IDENTITY_ENDPOINT: 'the platform sets it',
};

/** Settings that the Functions host reads. https://learn.microsoft.com/azure/azure-functions/functions-app-settings */
const OF_THE_HOST = [
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__tableServiceUri',
];

/** The host reads these where no Flex Consumption plan says them. */
const OF_A_DEDICATED_PLAN = ['FUNCTIONS_EXTENSION_VERSION', 'FUNCTIONS_WORKER_RUNTIME', 'WEBSITE_RUN_FROM_PACKAGE'];

interface CloudData {
  readonly setting: string;
  readonly hostingPlan: 'FlexConsumption' | 'Dedicated';
  readonly scans: readonly string[];
}
const CLOUDS = JSON.parse(readFileSync(join(ROOT, 'infra/clouds.json'), 'utf8')) as Record<string, CloudData>;

function settingsOf(cloud: string, parameters = {}): Record<string, string> {
  return only(deployed(parameters, cloud), 'Microsoft.Web/sites/config') as Record<string, string>;
}

describe.each(Object.entries(CLOUDS))('the app settings in %s', (cloud, { setting, hostingPlan, scans }) => {
  const settings = settingsOf(cloud);

  it('are all that the code reads, but for a few with a reason, and what the host reads', () => {
    const read = SETTING_NAMES.filter((name) => !(name in LEFT_OUT));

    expect(Object.keys(settings).sort()).toEqual(
      [...read, ...OF_THE_HOST, ...(hostingPlan === 'Dedicated' ? OF_A_DEDICATED_PLAN : [])].sort(),
    );
  });

  it('are taken by the functions', () => {
    const taken = readSettings(settings, 'functions');

    expect(taken).toMatchObject({
      subscriptionIds: ['11111111-1111-1111-1111-111111111111'],
      logs: { endpoint: 'https://rule.example', dcrId: 'dcr-1' },
      baseline: null,
      clientId: 'the-client',
      storage: { clientId: 'the-client' },
    });
    expect(settings.AKS_DRIFT_CLOUD).toBe(setting);
    expect([...taken.scans].sort()).toEqual([...scans].sort());
  });

  it('go with the hosting plan', () => {
    const deployment = deployed({}, cloud);
    const site = only(deployment, 'Microsoft.Web/sites');

    expect(site.functionAppConfig === null).toBe(hostingPlan === 'Dedicated');
    expect((site.siteConfig as Record<string, unknown>).alwaysOn).toBe(hostingPlan === 'Dedicated' ? true : undefined);
  });
});

it('leaves out no setting that the code does not know', () => {
  expect(Object.keys(LEFT_OUT).filter((name) => !SETTING_NAMES.includes(name))).toEqual([]);
});

it('has no scan for Defender in China, where the service has ended', () => {
  expect(CLOUDS.AzureChinaCloud?.scans).not.toContain('defender');
});

it.each([
  ['AzureChinaCloud', 'policy, defender', /AzureChinaCloud has no defender\. It has configuration, node-images, cert/],
  [
    'AzureCloud',
    'polizy',
    /AzureCloud has no polizy\. It has configuration, node-images, certificates, policy, defender/,
  ],
])('refuses a scan that %s does not have: %s', (cloud, scans, says) => {
  expect(() => deployed({ scans }, cloud)).toThrow(says);
});

it('takes lists with a comma too many, and what stands there twice once', () => {
  const [a, b] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];
  const lists = { subscriptionIds: `${a}, ${b},,${a.toUpperCase()},`, managementGroupIds: ',mg,', scans: 'policy,' };

  expect(settingsOf('AzureCloud', { ...lists, excludeSubscriptionIds: `${b},` })).toMatchObject({
    AKS_DRIFT_SUBSCRIPTION_IDS: `${a},${b}`,
    AKS_DRIFT_MANAGEMENT_GROUP_IDS: 'mg',
    AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: b,
    AKS_DRIFT_SCANS: 'policy',
  });
});

it('watches the subscription that it is deployed to where a list names nothing', () => {
  const nothing = { subscriptionIds: ',', managementGroupIds: ' , ', scans: ',' };

  expect(settingsOf('AzureCloud', nothing)).toEqual(settingsOf('AzureCloud'));
});

it('keeps the schedules that are not named', () => {
  const { AKS_DRIFT_SCHEDULE_POLICY: policy, ...others } = settingsOf('AzureCloud', {
    schedules: { policy: '0 8 * * * *' },
  });

  expect(policy).toBe('0 8 * * * *');
  expect(settingsOf('AzureCloud')).toMatchObject(others);
});

it('passes on what was chosen', () => {
  const chosen = {
    ...{ subscriptionIds: 'aaaaaaaa-0000-4000-8000-000000000001', managementGroupIds: 'mg-platform' },
    ...{ excludeSubscriptionIds: 'bbbbbbbb-0000-4000-8000-000000000002', scans: 'policy', changedBy: 'off' },
    ...{ baseline: 'blob:baseline.yaml', readClusterCa: true },
    schedules: {
      ...{ configuration: '0 5 * * * *', nodeImages: '0 6 * * * *', certificates: '0 7 * * * *' },
      ...{ policy: '0 8 * * * *', defender: '0 9 * * * *' },
    },
  };

  expect(settingsOf('AzureCloud', chosen)).toMatchObject({
    AKS_DRIFT_SUBSCRIPTION_IDS: chosen.subscriptionIds,
    AKS_DRIFT_MANAGEMENT_GROUP_IDS: 'mg-platform',
    AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: chosen.excludeSubscriptionIds,
    AKS_DRIFT_SCANS: 'policy',
    AKS_DRIFT_CHANGED_BY: 'off',
    AKS_DRIFT_BASELINE: 'blob:baseline.yaml',
    AKS_DRIFT_READ_CLUSTER_CA: 'true',
    AKS_DRIFT_SCHEDULE_CONFIGURATION: '0 5 * * * *',
    AKS_DRIFT_SCHEDULE_NODE_IMAGES: '0 6 * * * *',
    AKS_DRIFT_SCHEDULE_CERTIFICATES: '0 7 * * * *',
    AKS_DRIFT_SCHEDULE_POLICY: '0 8 * * * *',
    AKS_DRIFT_SCHEDULE_DEFENDER: '0 9 * * * *',
  });
});
