import { QueueServiceClient, type QueueClient } from '@azure/storage-queue';

import { startAzurite, type Azurite } from '../../simulator/azurite';
import { fleet, openBench, START, subscriptionAt, type Bench } from '../support/cli';

let azurite: Azurite;

beforeAll(async () => {
  azurite = await startAzurite();
});

afterAll(async () => {
  await azurite.stop();
});

function queue(): QueueClient {
  return QueueServiceClient.fromConnectionString(azurite.connectionString).getQueueClient('scan-requests');
}

afterEach(async () => {
  await queue().deleteIfExists();
});

const stored = (): Record<string, string> => ({ AzureWebJobsStorage: azurite.connectionString });

/** Takes what is visible already off the queue, as the host does: base64 JSON. */
async function taken(): Promise<unknown[]> {
  const { receivedMessageItems } = await queue().receiveMessages({ numberOfMessages: 32 });
  return receivedMessageItems.map(
    ({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString('utf8')) as unknown,
  );
}

/** The settings of somebody who has no connection string: the queue is a server of the simulator, which knows nothing of queues. */
function byIdentity({ simulator }: Bench): Record<string, string> {
  // Of a bare IP address the SDK takes the first part of the path for the account, as Azurite does.
  const address = `${simulator.environment.AKS_DRIFT_ARM_ENDPOINT ?? ''}/account`;
  return { AzureWebJobsStorage__queueServiceUri: address };
}

describe('request', () => {
  it('puts a message per scan and subscription on the queue, and says where', async () => {
    const bench = await openBench(fleet({ subscriptions: 2 }));
    const ids = [0, 1].map((index) => subscriptionAt(bench.world, index));
    const scans = ['--scan', 'configuration'];
    const { code, stdout } = await bench.run(['request', ...scans], stored());

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^2 scan requests \(configuration; 2 subscriptions\) put on http:\/\/127\.0\.0\.1:\d+\/demo\/scan-requests\.$/m,
    );
    expect(stdout).toMatch(/within minutes/);
    expect(await taken()).toEqual(
      ids.sort().map((subscriptionId) => ({
        ...{ scan: 'configuration', subscriptionId },
        requestedAt: START.toISOString(),
      })),
    );
  });

  it('asks for every scan of the settings, for the subscriptions that are named, without asking Azure for others', async () => {
    const bench = await openBench(fleet({ subscriptions: 2 }));
    const id = subscriptionAt(bench.world, 1);
    const { code, stdout } = await bench.run(['request', '--subscription', id], {
      ...stored(),
      AKS_DRIFT_SCANS: 'policy,defender',
    });

    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 scan requests \(policy, defender; 1 subscription\)/);
    expect(await taken()).toMatchObject([
      { scan: 'policy', subscriptionId: id },
      { scan: 'defender', subscriptionId: id },
    ]);
    expect(bench.simulator.requests).toEqual([]);
  });

  it('uses the rights of the caller, and names the role that is missing', async () => {
    const bench = await openBench();
    bench.simulator.faults.push({
      match: /^POST \/account\/scan-requests\/messages/,
      status: 403,
      headers: { 'x-ms-error-code': 'AuthorizationPermissionMismatch' },
      body: '',
    });
    const { code, stdout, stderr } = await bench.run(['request', '--scan', 'policy'], byIdentity(bench));

    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(
      /^0 of 1 scan requests were put on https:\S+\/account\/scan-requests; .*HTTP 403 \(AuthorizationPermissionMismatch\).*role Storage Queue Data Message Sender/,
    );
    expect(bench.simulator.requests.map(({ path }) => path).some((path) => path.includes('storage.azure.com'))).toBe(
      true,
    );
  });

  it('shows no secret of a connection string that is refused', async () => {
    const bench = await openBench();
    const key = Buffer.from('another key').toString('base64');
    const refused = azurite.connectionString.replace(/AccountKey=[^;]+/, `AccountKey=${key}`);
    const { code, stdout, stderr } = await bench.run(['request', '--scan', 'policy'], { AzureWebJobsStorage: refused });

    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/HTTP 403/);
    expect(stderr).not.toContain(key);
  });

  it.each<[string, string[], (bench: Bench) => Record<string, string>, RegExp]>([
    [
      'a queue',
      [],
      () => ({}),
      /AzureWebJobsStorage__queueServiceUri: not set; .*`azd env get-value MONITOR_QUEUE_ENDPOINT`/,
    ],
    [
      'a connection string',
      [],
      () => ({ AzureWebJobsStorage: 'nonsense' }),
      /The queue cannot be named:\n.*AzureWebJobsStorage: Invalid URL; accepts/,
    ],
    ['a known scan', ['--scan', 'polizy'], stored, /Allowed choices are configuration/],
    ['an id', ['--subscription', 'prod'], stored, /^ {2}- --subscription: got "prod"; accepts subscription ids/m],
    [
      'a subscription that is not excluded',
      [],
      ({ world }) => ({ ...stored(), AKS_DRIFT_EXCLUDE_SUBSCRIPTION_IDS: subscriptionAt(world, 0) }),
      /There is nothing to request/,
    ],
  ])('is wrong usage without %s', async (_, args, settings, message) => {
    const bench = await openBench();
    const { code, stdout, stderr } = await bench.run(['request', ...args], settings(bench));

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it.each([[[]], [['--subscription', '11111111-1111-1111-1111-111111111111']]])(
    'ends with 3 when nobody is signed in, and says it in one line: %j',
    async (named) => {
      const bench = await openBench();
      bench.simulator.faults.push({ match: /\/msi\/token/, status: 400, body: '{}' });
      const { code, stdout, stderr } = await bench.run(['request', ...named], byIdentity(bench));

      expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
      expect(stderr).toMatch(/^No identity could be used; sign in with `az login`.*\n$/);
    },
  );

  it('ends with 3 when the subscriptions cannot be listed', async () => {
    const bench = await openBench();
    bench.simulator.faults.push({ match: /GET \/subscriptions\?/, status: 403 });
    const { code, stderr } = await bench.run(['request'], stored());

    expect(code).toBe(3);
    expect(stderr).toMatch(/The subscriptions could not be listed \(forbidden\)/);
  });
});
