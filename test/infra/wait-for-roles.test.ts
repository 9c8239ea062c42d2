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

function hook(settings: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const env = {
    ...{ ...simulator.environment, MONITOR_OPERATOR_PRINCIPAL_ID: 'me' },
    ...{ PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`, ...settings },
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(ROOT, 'infra/hooks/wait-for-roles.mjs'), '0.01'],
      { env },
      (error, out, problems) => {
        const asked = existsSync(join(folder, 'asked')) ? readFileSync(join(folder, 'asked'), 'utf8').trim() : null;
        resolve({ code: error === null ? 0 : Number(error.code), said: `${out}${problems}`, asked });
      },
    );
  });
}

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
    const { code, said, asked } = await hook();

    expect({ code, waits: waited(said), works: said.includes(WORKS) }).toEqual({ code: 0, waits, works: true });
    expect(asked).toBe('auth token --output json --scope https://monitor.azure.com/.default');
    expect(simulator.rows('AksMonitorRun_CL')).toEqual([]);
  });

  it('says so when the token is not taken, and waits for nothing', async () => {
    azd(JSON.stringify({ token: accessToken('https://somewhere.example') }));
    const { code, said } = await hook();

    expect(code).toBe(1);
    expect(said).toMatch(/^Roles could not be waited for: https:\/\/localhost:\d+ does not take the token$/m);
  });

  it('asks for a token of the cloud to which the rule belongs', async () => {
    azd('not signed in');
    const { code, asked } = await hook({ AKS_DRIFT_LOGS_ENDPOINT: 'https://rule.virginia-1.ingest.monitor.azure.us' });

    expect(code).toBe(1);
    expect(asked).toMatch(/--scope https:\/\/monitor\.azure\.us\/\.default$/);
  });

  it.each([
    { when: 'public networks are refused', settings: { INFRA_NETWORK_ISOLATION: 'true' } },
    { when: 'nobody got the role with the monitor', settings: { MONITOR_OPERATOR_PRINCIPAL_ID: '' } },
  ])('does not wait when $when', async ({ settings }) => {
    const { code, said, asked } = await hook(settings);

    expect({ code, asked }).toEqual({ code: 0, asked: null });
    expect(said).toMatch(/^Roles are not waited for/);
  });
});
