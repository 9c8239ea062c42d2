import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { accessToken, emptyWorld, startSimulator, type Simulator } from '../../simulator';
import { ROOT } from './arm-template';

let simulator: Simulator;
let folder: string;

beforeAll(async () => {
  simulator = await startSimulator({ world: emptyWorld() });
});

afterAll(async () => {
  await simulator.stop();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azd-'));
});

afterEach(() => {
  simulator.faults.length = 0;
  rmSync(folder, { recursive: true });
});

/** A program in the place of azd that notes what it was asked and prints an answer. */
function azd(answer: string): void {
  const file = join(folder, 'azd');
  const asked = join(folder, 'asked');
  writeFileSync(file, `#!/bin/sh\necho "$@" > '${asked}'\necho '${answer}'\n`);
  chmodSync(file, 0o755);
}

interface Ended {
  readonly code: number;
  readonly said: string;
  /** What azd was asked; null when it was not. */
  readonly asked: string | null;
}

function hook(script: string, settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = {
    ...{ ...simulator.environment, MONITOR_OPERATOR_PRINCIPAL_ID: 'me' },
    ...{ PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`, ...settings },
  };
  // The Node that runs a hook may be too old for the CLI: here it can start nothing.
  const older = join(folder, 'older.cjs');
  writeFileSync(older, "process.execPath = '/no/node';");
  const given = ['--require', older, join(ROOT, 'infra/hooks', script), '0.01'];
  return new Promise((resolve) => {
    execFile(process.execPath, given, { env }, (error, out, problems) => {
      const asked = existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8').trim() : null;
      resolve({ code: error === null ? 0 : Number(error.code), said: `${out}${problems}`, asked });
    });
  });
}

const wait = (settings = {}): Promise<Ended> => hook('wait-for-roles.mjs', settings);

const WORKS = 'The role on the data collection rule works.';
const waited = (said: string): number => said.match(/does not work yet/g)?.length ?? 0;

describe('after provisioning', () => {
  it.each([
    { when: 'the role works at once', faults: [], waits: 0 },
    { when: 'the role works after a while', faults: [{ status: 403, times: 2 }], waits: 2 },
    { when: 'the rule is not known yet', faults: [{ status: 404, times: 1 }], waits: 1 },
    { when: 'the service stumbles', faults: [{ status: 503, times: 1 }], waits: 1 },
  ])('waits until $when', async ({ faults, waits }) => {
    azd(JSON.stringify({ token: accessToken('https://monitor.azure.com') }));
    simulator.faults.push(...faults.map((fault) => ({ match: /dataCollectionRules/, ...fault })));
    const { code, said, asked } = await wait();

    expect({ code, waits: waited(said), works: said.includes(WORKS) }).toEqual({ code: 0, waits, works: true });
    expect(asked).toBe('auth token --output json --scope https://monitor.azure.com/.default');
    expect(simulator.rows('AksMonitorRun_CL')).toEqual([]);
  });

  it('says so when the token is not taken, and waits for nothing', async () => {
    azd(JSON.stringify({ token: accessToken('https://somewhere.example') }));
    const { code, said } = await wait();

    expect(code).toBe(1);
    expect(said).toMatch(/^Roles could not be waited for: https:\/\/localhost:\d+ does not take the token$/m);
  });

  it('asks for a token of the cloud to which the rule belongs', async () => {
    azd('not signed in');
    const { code, asked } = await wait({ AKS_DRIFT_LOGS_ENDPOINT: 'https://rule.virginia-1.ingest.monitor.azure.us' });

    expect(code).toBe(1);
    expect(asked).toMatch(/--scope https:\/\/monitor\.azure\.us\/\.default$/);
  });

  it.each([
    { when: 'public networks are refused', settings: { INFRA_NETWORK_ISOLATION: 'true' } },
    { when: 'nobody got the role with the monitor', settings: { MONITOR_OPERATOR_PRINCIPAL_ID: '' } },
  ])('does not wait when $when', async ({ settings }) => {
    const { code, said, asked } = await wait(settings);

    expect({ code, asked }).toEqual({ code: 0, asked: null });
    expect(said).toMatch(/^Roles are not waited for/);
  });
});

describe('after deployment', () => {
  const [own, other] = ['aaaaaaaa-0000-4000-8000-000000000001', 'bbbbbbbb-0000-4000-8000-000000000002'];

  /** The queue is a server of the simulator, which takes nothing but what it is told to take. */
  const request = (settings = {}): Promise<Ended> => {
    // Of a bare IP address the SDK takes the first part of the path for the account, as Azurite does.
    const address = `${simulator.environment.AKS_DRIFT_LOGS_ENDPOINT ?? ''}/account`;
    return hook('request-first-scans.mjs', {
      ...{ AZURE_SUBSCRIPTION_ID: own, MONITOR_BLOB_ENDPOINT: address, MONITOR_QUEUE_ENDPOINT: address },
      ...settings,
    });
  };
  const took = [
    '<?xml version="1.0" encoding="utf-8"?><QueueMessagesList><QueueMessage><MessageId>1</MessageId>',
    '<InsertionTime>Mon, 23 Nov 2026 00:00:00 GMT</InsertionTime><ExpirationTime>Mon, 30 Nov 2026 00:00:00 GMT</ExpirationTime>',
    '<PopReceipt>1</PopReceipt><TimeNextVisible>Mon, 23 Nov 2026 00:00:00 GMT</TimeNextVisible></QueueMessage></QueueMessagesList>',
  ].join('');
  const isMessage = /POST \/account\/scan-requests\/messages/;

  it.each([
    { when: 'nothing was named', settings: {}, messages: 5 },
    { when: 'subscriptions were', settings: { AKS_DRIFT_SUBSCRIPTION_IDS: `${own},${other}` }, messages: 10 },
  ])('asks for every scan of what is watched when $when', async ({ settings, messages }) => {
    simulator.faults.push({
      match: isMessage,
      status: 201,
      body: took,
      headers: { 'Content-Type': 'application/xml' },
    });
    const { code, said } = await request(settings);

    expect(said).toMatch(new RegExp(`^${messages} scan requests .+ put on https://.+/account/scan-requests\\.$`, 'm'));
    expect(code).toBe(0);
  });

  it('says so when the queue does not take them', async () => {
    simulator.faults.push({ match: isMessage, status: 403 });
    const { code, said } = await request();

    expect(said).toMatch(/0 of 5 scan requests were put on .+ the next was refused/);
    expect(code).toBe(4);
  });

  it.each([{ INFRA_NETWORK_ISOLATION: 'true' }, { MONITOR_OPERATOR_PRINCIPAL_ID: '' }])(
    'leaves it to the timer with %j',
    async (settings) => {
      const { code, said } = await request(settings);

      expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/^No scan is requested/) as string });
    },
  );
});
