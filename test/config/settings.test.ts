import { CLOUDS } from '../../shared/config/clouds';
import { ConfigError } from '../../shared/config/problems';
import { readSettings, type Host, type Settings } from '../../shared/config/settings';

const A = '11111111-1111-1111-1111-11111111111a';
const B = '22222222-2222-2222-2222-22222222222b';

type Environment = Readonly<Record<string, string | undefined>>;

/** All that the functions need. */
const FUNCTIONS: Environment = {
  AKS_DRIFT_LOGS_ENDPOINT: 'https://logs.example',
  AKS_DRIFT_DCR_ID: 'dcr-1',
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
};

function problemsWith(environment: Environment, host: Host = 'cli'): readonly string[] {
  try {
    readSettings(environment, host);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems;
    }
    throw error;
  }
  return [];
}

describe('without any setting', () => {
  it('everything has its default', () => {
    expect(readSettings({}, 'cli')).toEqual({
      subscriptionIds: null,
      managementGroupIds: [],
      excludedSubscriptionIds: [],
      scans: ['configuration', 'node-images', 'certificates', 'policy', 'defender'],
      cloud: CLOUDS.AzurePublic,
      armEndpoint: 'https://management.azure.com',
      logs: null,
      baseline: null,
      readClusterCa: false,
      changedBy: 'off',
      deadlineSeconds: null,
      now: null,
      storage: null,
      clientId: undefined,
      managedIdentity: false,
    });
  });

  it('other variables of the environment are not ours', () => {
    expect(problemsWith({ PATH: '/bin', AKS_DRIFTING: 'x', AzureWebJobsDashboard: 'x' })).toEqual([]);
  });
});

describe('good values', () => {
  it.each<readonly [string, Environment, Partial<Settings>]>([
    ['ids, in lower case', { AKS_DRIFT_SUBSCRIPTION_IDS: A.toUpperCase() }, { subscriptionIds: [A] }],
    [
      'several ids, with spaces and a comma too many',
      { AKS_DRIFT_SUBSCRIPTION_IDS: ` ${A} ,${B},` },
      { subscriptionIds: [A, B] },
    ],
    [
      'management groups',
      { AKS_DRIFT_MANAGEMENT_GROUP_IDS: 'mg-1,Team_(A).x' },
      { managementGroupIds: ['mg-1', 'Team_(A).x'] },
    ],
    ['excluded ids', { AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: B.toUpperCase() }, { excludedSubscriptionIds: [B] }],
    [
      'scans, in the order of reports',
      { AKS_DRIFT_SCANS: 'policy,configuration' },
      { scans: ['configuration', 'policy'] },
    ],
    ['a scan named twice', { AKS_DRIFT_SCANS: 'policy,policy' }, { scans: ['policy'] }],
    [
      'the cloud of the US government',
      { AKS_DRIFT_CLOUD: 'AzureUSGovernment' },
      { cloud: CLOUDS.AzureUSGovernment, armEndpoint: 'https://management.usgovcloudapi.net' },
    ],
    [
      'the cloud of China',
      { AKS_DRIFT_CLOUD: 'AzureChina' },
      { cloud: CLOUDS.AzureChina, armEndpoint: 'https://management.chinacloudapi.cn' },
    ],
    [
      'another ARM endpoint, with the cloud as it is',
      { AKS_DRIFT_ARM_ENDPOINT: 'https://localhost:8443//', AKS_DRIFT_CLOUD: 'AzureChina' },
      { armEndpoint: 'https://localhost:8443', cloud: CLOUDS.AzureChina },
    ],
    [
      'a place for the rows',
      { AKS_DRIFT_LOGS_ENDPOINT: 'https://logs.example/', AKS_DRIFT_DCR_ID: 'dcr-0a1b' },
      { logs: { endpoint: 'https://logs.example', dcrId: 'dcr-0a1b' } },
    ],
    ['a baseline file', { AKS_DRIFT_BASELINE: './baseline.yaml' }, { baseline: './baseline.yaml' }],
    ['a baseline blob', { AKS_DRIFT_BASELINE: 'blob:baseline.yaml' }, { baseline: 'blob:baseline.yaml' }],
    [
      'a baseline blob in a folder',
      { AKS_DRIFT_BASELINE: 'blob:baseline/b.yaml' },
      { baseline: 'blob:baseline/b.yaml' },
    ],
    ['reading the CA', { AKS_DRIFT_READ_CLUSTER_CA: 'true' }, { readClusterCa: true }],
    ['not reading the CA', { AKS_DRIFT_READ_CLUSTER_CA: 'false' }, { readClusterCa: false }],
    ['a deadline', { AKS_DRIFT_DEADLINE_SECONDS: '90' }, { deadlineSeconds: 90 }],
    ['a day as the clock', { AKS_DRIFT_NOW: '2027-03-01' }, { now: new Date('2027-03-01T00:00:00Z') }],
    [
      'a moment as the clock',
      { AKS_DRIFT_NOW: '2027-03-01T12:30:00+02:00' },
      { now: new Date('2027-03-01T10:30:00Z') },
    ],
    ['a leap day as the clock', { AKS_DRIFT_NOW: '2028-02-29' }, { now: new Date('2028-02-29T00:00:00Z') }],
    [
      'storage by connection string',
      { AzureWebJobsStorage: 'Account=x' },
      { storage: { connectionString: 'Account=x' } },
    ],
    [
      'storage by identity',
      { AzureWebJobsStorage__blobServiceUri: 'https://b', AzureWebJobsStorage__queueServiceUri: 'https://q' },
      { storage: { blobServiceUri: 'https://b', queueServiceUri: 'https://q', clientId: undefined } },
    ],
    [
      'storage by its own identity',
      {
        AzureWebJobsStorage__blobServiceUri: 'https://b',
        AzureWebJobsStorage__queueServiceUri: 'https://q',
        AzureWebJobsStorage__clientId: A,
        AZURE_CLIENT_ID: B,
      },
      { storage: { blobServiceUri: 'https://b', queueServiceUri: 'https://q', clientId: A }, clientId: B },
    ],
    [
      'storage by the identity of all else',
      {
        AzureWebJobsStorage__blobServiceUri: 'https://b',
        AzureWebJobsStorage__queueServiceUri: 'https://q',
        AZURE_CLIENT_ID: B,
      },
      { storage: { blobServiceUri: 'https://b', queueServiceUri: 'https://q', clientId: B } },
    ],
    ['a managed identity', { IDENTITY_ENDPOINT: 'http://localhost/msi' }, { managedIdentity: true }],
  ])('%s', (_, environment, expected) => {
    expect(readSettings(environment, 'cli')).toMatchObject(expected);
  });

  it.each(['off', 'pseudonym', 'name'])('who made a change: %s', (value) => {
    expect(readSettings({ AKS_DRIFT_CHANGED_BY: value }, 'cli').changedBy).toBe(value);
  });

  it.each([
    ...(['0 0 * * * *', '0 0 */6 * * *', '0 30 5 * * *', '0 0,30 * * * *', '*/10 * * * * *'] as const),
    ...(['0 0 0  * * *', '0 0 0 *  *  *', ' 0 0 0 * * * '] as const),
  ])('the schedule %j', (schedule) => {
    expect(problemsWith({ AKS_DRIFT_SCHEDULE_CONFIGURATION: schedule })).toEqual([]);
  });
});

describe('bad values name the setting, what it got and what it accepts', () => {
  const instant = 'a moment in ISO 8601, for example 2027-03-01T00:00:00Z';
  const ids = 'subscription ids (GUIDs), separated by commas';
  const above = 'a number of seconds above 0';
  const baseline =
    'a path, or blob:NAME of a blob that the monitor does not write itself, for example blob:baseline.yaml';
  const bad = (setting: string, value: string, accepts: string, place = setting): [string, string, string, string] => [
    ...([setting, value, accepts, place] as const),
  ];

  it.each([
    bad('AKS_DRIFT_SUBSCRIPTION_IDS', 'prod', ids, 'AKS_DRIFT_SUBSCRIPTION_IDS.0'),
    bad('AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS', `${A}x`, ids, 'AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS.0'),
    bad(
      'AKS_DRIFT_MANAGEMENT_GROUP_IDS',
      '/providers/Microsoft.Management/managementGroups/mg',
      'names of management groups, separated by commas',
      'AKS_DRIFT_MANAGEMENT_GROUP_IDS.0',
    ),
    bad('AKS_DRIFT_SCANS', 'Policy', 'configuration, node-images, certificates, policy, defender', 'AKS_DRIFT_SCANS.0'),
    bad('AKS_DRIFT_CLOUD', 'AzureCloud', 'AzurePublic, AzureUSGovernment, AzureChina'),
    bad('AKS_DRIFT_ARM_ENDPOINT', 'http://management.azure.com', 'an https URL'),
    bad('AKS_DRIFT_ARM_ENDPOINT', 'management.azure.com', 'an https URL'),
    bad('AKS_DRIFT_READ_CLUSTER_CA', 'yes', 'true, false'),
    bad('AKS_DRIFT_READ_CLUSTER_CA', 'True', 'true, false'),
    bad('AKS_DRIFT_DEADLINE_SECONDS', '0', above),
    bad('AKS_DRIFT_DEADLINE_SECONDS', '-5', above),
    bad('AKS_DRIFT_DEADLINE_SECONDS', 'soon', above),
    bad('AKS_DRIFT_DEADLINE_SECONDS', 'Infinity', above),
    bad('AKS_DRIFT_NOW', 'tomorrow', instant),
    bad('AKS_DRIFT_NOW', '2027', instant),
    bad('AKS_DRIFT_NOW', '2027-13-01', instant),
    bad('AKS_DRIFT_NOW', '2027-02-30', instant),
    bad('AKS_DRIFT_NOW', '2027-03-01 (a comment)', instant),
    bad('AKS_DRIFT_CHANGED_BY', 'everyone', 'off, pseudonym, name'),
    bad('AKS_DRIFT_BASELINE', 'blob:baseline/last-good', baseline),
    bad('AKS_DRIFT_BASELINE', 'blob:subscriptions.json', baseline),
    bad('AKS_DRIFT_BASELINE', `blob:${A}/policy.jsonl.gz`, baseline),
    bad('AKS_DRIFT_BASELINE', 'blob:team/a/baseline.jsonl.gz', baseline),
  ])('%s: %j', (setting, value, accepts, place) => {
    expect(problemsWith({ [setting]: value })).toEqual([`${place}: got "${value}"; accepts ${accepts}`]);
  });

  it('AKS_DRIFT_LOGS_ENDPOINT and AKS_DRIFT_DCR_ID', () => {
    expect(problemsWith({ AKS_DRIFT_LOGS_ENDPOINT: 'logs', AKS_DRIFT_DCR_ID: '/subscriptions/x/rules/y' })).toEqual([
      'AKS_DRIFT_LOGS_ENDPOINT: got "logs"; accepts an https URL',
      'AKS_DRIFT_DCR_ID: got "/subscriptions/x/rules/y"; accepts the immutable id of a data collection rule, dcr-…',
    ]);
  });

  const SCHEDULES = ['CONFIGURATION', 'NODE_IMAGES', 'CERTIFICATES', 'POLICY', 'DEFENDER'];

  it.each(SCHEDULES)('AKS_DRIFT_SCHEDULE_%s', (scan) => {
    expect(problemsWith({ [`AKS_DRIFT_SCHEDULE_${scan}`]: 'hourly' })).toEqual([
      `AKS_DRIFT_SCHEDULE_${scan}: got "hourly"; accepts an NCRONTAB expression with six fields that fires every day, for example "0 0 * * * *"`,
    ]);
  });

  it.each([
    ['five fields', '0 * * * *'],
    ['seven fields', '0 0 0 * * * *'],
    ['once a week', '0 0 0 * * 1'],
    ['once a month', '0 0 0 1 * *'],
    ['a span of time', '01:00:00'],
    ['a minute that no clock shows', '0 61 * * * *'],
    ['an hour that no clock shows', '0 0 24 * * *'],
    ['words', 'at some time * * *'],
  ])('a schedule with %s', (_, schedule) => {
    expect(problemsWith({ AKS_DRIFT_SCHEDULE_POLICY: schedule })).toEqual([
      expect.stringMatching(/^AKS_DRIFT_SCHEDULE_POLICY: got .*; accepts an NCRONTAB expression/) as string,
    ]);
  });

  it.each(['AKS_DRIFT_SUBSCRIPTION_IDS', 'AKS_DRIFT_MANAGEMENT_GROUP_IDS', 'AKS_DRIFT_SCANS'])(
    '%s with nothing between its commas does not silently watch nothing, or everything',
    (setting) => {
      expect(problemsWith({ [setting]: ' , ' })).toEqual([expect.stringContaining(`${setting}: got`) as string]);
    },
  );

  it.each(['AzureWebJobsStorage__blobServiceUri', 'AzureWebJobsStorage__queueServiceUri'])(
    '%s that is no address',
    (setting) => {
      const both = {
        AzureWebJobsStorage__blobServiceUri: 'https://account.blob.core.windows.net',
        AzureWebJobsStorage__queueServiceUri: 'https://account.queue.core.windows.net',
      };
      expect(problemsWith({ ...both, [setting]: 'account' })).toEqual([
        expect.stringContaining(`${setting}: got "account"; accepts`) as string,
      ]);
    },
  );

  it('all of them at once, every wrong id by its place', () => {
    expect(
      problemsWith(
        {
          AKS_DRIFT_SUBSCRIPTION_IDS: `x,${A},y`,
          AKS_DRIFT_CLOUD: 'Mars',
          AKS_DRIFT_DCR_ID: 'dcr-1',
          AKS_DRIFT_NOW: '2027-01-01',
        },
        'functions',
      ).map((problem) => problem.split(':')[0]),
    ).toEqual([
      'AKS_DRIFT_SUBSCRIPTION_IDS.0',
      'AKS_DRIFT_SUBSCRIPTION_IDS.2',
      'AKS_DRIFT_CLOUD',
      'AKS_DRIFT_LOGS_ENDPOINT',
      'AzureWebJobsStorage',
      'AKS_DRIFT_NOW',
    ]);
  });

  it('in the message of the error, one a line', () => {
    expect(() => readSettings({ AKS_DRIFT_CLOUD: 'Mars', AKS_DRIFT_READ_CLUSTER_CA: '1' }, 'cli')).toThrow(
      new ConfigError('The settings cannot be used', [
        'AKS_DRIFT_CLOUD: got "Mars"; accepts AzurePublic, AzureUSGovernment, AzureChina',
        'AKS_DRIFT_READ_CLUSTER_CA: got "1"; accepts true, false',
      ]),
    );
    expect(new ConfigError('The settings cannot be used', ['One.', 'Two.']).message).toBe(
      'The settings cannot be used:\n  - One.\n  - Two.',
    );
  });
});

describe('an empty value counts as not set', () => {
  const SETTINGS = [
    ...['SUBSCRIPTION_IDS', 'MANAGEMENT_GROUP_IDS', 'EXCLUDE_SUBSCRIPTION_IDS', 'SCANS', 'CLOUD', 'ARM_ENDPOINT'],
    ...['LOGS_ENDPOINT', 'DCR_ID', 'BASELINE', 'READ_CLUSTER_CA', 'DEADLINE_SECONDS', 'NOW', 'CHANGED_BY'],
    ...['CONFIGURATION', 'NODE_IMAGES', 'CERTIFICATES', 'POLICY', 'DEFENDER'].map((scan) => `SCHEDULE_${scan}`),
  ].map((name) => `AKS_DRIFT_${name}`);
  const STORAGE = ['', '__blobServiceUri', '__queueServiceUri', '__clientId'].map((end) => `AzureWebJobsStorage${end}`);

  it.each([...SETTINGS, ...STORAGE, 'AZURE_CLIENT_ID', 'IDENTITY_ENDPOINT'])('%s', (setting) => {
    const defaults = readSettings({}, 'cli');

    expect(readSettings({ [setting]: '' }, 'cli')).toEqual(defaults);
    expect(readSettings({ [setting]: '  ' }, 'cli')).toEqual(defaults);
  });
});

describe('settings that belong together', () => {
  it.each([
    ['AKS_DRIFT_LOGS_ENDPOINT', 'https://x.example', 'AKS_DRIFT_DCR_ID'],
    ['AKS_DRIFT_DCR_ID', 'dcr-1', 'AKS_DRIFT_LOGS_ENDPOINT'],
    ['AzureWebJobsStorage__blobServiceUri', 'https://b', 'AzureWebJobsStorage__queueServiceUri'],
  ])('%s alone', (present, value, missing) => {
    expect(problemsWith({ [present]: value })).toEqual([`${missing}: not set; must be set together with ${present}`]);
  });

  it('the blob service with the queue, for the functions; the CLI sends to a queue alone', () => {
    const environment = { ...FUNCTIONS, AzureWebJobsStorage: '', AzureWebJobsStorage__queueServiceUri: 'https://q' };

    expect(problemsWith(environment, 'functions')).toEqual([
      'AzureWebJobsStorage__blobServiceUri: not set; must be set together with AzureWebJobsStorage__queueServiceUri',
    ]);
    expect(readSettings(environment, 'cli').storage).toEqual({
      ...{ blobServiceUri: null, queueServiceUri: 'https://q', clientId: undefined },
    });
  });
});

describe('the functions', () => {
  it('name who made a change, unless they are told otherwise', () => {
    expect(readSettings(FUNCTIONS, 'functions').changedBy).toBe('name');
    expect(readSettings({ ...FUNCTIONS, AKS_DRIFT_CHANGED_BY: 'off' }, 'functions').changedBy).toBe('off');
  });

  it('have a deadline of their own', () => {
    expect(readSettings(FUNCTIONS, 'functions').deadlineSeconds).toBe(1500);
    expect(readSettings({ ...FUNCTIONS, AKS_DRIFT_DEADLINE_SECONDS: '60' }, 'functions').deadlineSeconds).toBe(60);
  });

  it('refuse to scan without a place for the rows and without storage', () => {
    expect(problemsWith({}, 'functions')).toEqual([
      'AKS_DRIFT_LOGS_ENDPOINT, AKS_DRIFT_DCR_ID: not set; the functions do not scan without a place for the rows',
      'AzureWebJobsStorage: not set; accepts a connection string, or set AzureWebJobsStorage__blobServiceUri and AzureWebJobsStorage__queueServiceUri',
    ]);
  });

  it('refuse another clock', () => {
    expect(problemsWith({ ...FUNCTIONS, AKS_DRIFT_NOW: '2027-01-01' }, 'functions')).toEqual([
      'AKS_DRIFT_NOW: the functions know no clock but the real one; remove it',
    ]);
  });

  it('take storage by identity', () => {
    const { AzureWebJobsStorage: _connection, ...rest } = FUNCTIONS;
    const storage = {
      AzureWebJobsStorage__blobServiceUri: 'https://b.example',
      AzureWebJobsStorage__queueServiceUri: 'https://q.example',
    };
    expect(_connection).toBeDefined();
    expect(problemsWith({ ...rest, ...storage }, 'functions')).toEqual([]);
  });
});

describe('clouds', () => {
  it('are different places', () => {
    for (const name of ['armEndpoint', 'armScope', 'authorityHost', 'logsAudience', 'portal'] as const) {
      expect(new Set(Object.values(CLOUDS).map((cloud) => cloud[name])).size).toBe(3);
    }
  });

  it.each(Object.entries(CLOUDS))('%s: its tokens are made out for its own ARM', (_, { armEndpoint, armScope }) => {
    expect(armScope).toBe(`${armEndpoint}/.default`);
  });
});
