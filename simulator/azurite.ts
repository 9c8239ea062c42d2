import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

/** A storage account on this machine. */
export interface Azurite {
  readonly connectionString: string;
  /** Ends the process; what was stored is gone. */
  stop(): Promise<void>;
}

/** Its input ends with this process, whatever ends it: SIGKILL too leaves no Azurite behind. */
const END_WITH_PARENT = "process.stdin.on('end', () => process.exit()).resume();";

const START_MS = 20_000;

/** What Azurite writes as soon as a service takes requests. */
const LISTENING = ['Blob', 'Queue'].map((name) => new RegExp(`${name} service is successfully listening at (\\S+)`));

/**
 * Starts Azurite, in memory and on free ports of 127.0.0.1.
 * @throws when it ends or stays silent, with what it wrote.
 */
export async function startAzurite(): Promise<Azurite> {
  const account = 'demo';
  const key = randomBytes(32).toString('base64');
  const child = spawn(
    process.execPath,
    [
      ...['--import', `data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`],
      require.resolve('azurite/dist/src/azurite.js'),
      ...['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
      // The storage SDK asks for newer API versions than Azurite knows.
      ...['--inMemoryPersistence', '--skipApiVersionCheck', '--silent', '--disableTelemetry'],
    ],
    { env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` }, stdio: 'pipe' },
  );
  try {
    const { blob, queue } = await addresses(child);
    const endpoints = `BlobEndpoint=${blob}/${account};QueueEndpoint=${queue}/${account}`;
    return {
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};${endpoints};`,
      stop: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function addresses(child: ChildProcess): Promise<{ blob: string; queue: string }> {
  let written = '';
  return new Promise((resolve, reject) => {
    const give = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`Azurite ${why}: ${written.trim() || 'it wrote nothing'}`));
    };
    const timer = setTimeout(() => {
      give(`did not start within ${START_MS / 1000} s`);
    }, START_MS);
    const read = (chunk: Buffer): void => {
      written += chunk.toString();
      const [blob, queue] = LISTENING.map((line) => line.exec(written)?.[1]);
      if (blob !== undefined && queue !== undefined) {
        clearTimeout(timer);
        resolve({ blob, queue });
      }
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => {
      give(`could not be started (${error.message})`);
    });
    child.once('exit', (code) => {
      give(`ended with ${code ?? 'a signal'}`);
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, 'exit');
  // Asked politely it waits for its connections; it has nothing to save.
  child.kill('SIGKILL');
  await ended;
}
