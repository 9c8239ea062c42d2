import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';

/** A storage account on this machine. */
export interface Azurite {
  readonly connectionString: string;
  /** Ends the process; what was stored is gone. */
  stop(): Promise<void>;
}

const START_MS = 20_000;
const STOP_MS = 3_000;

/** What Azurite writes as soon as a service takes requests. */
const LISTENING = /Azurite (Blob|Queue) service is successfully listening at (\S+)/g;

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
      require.resolve('azurite/dist/src/azurite.js'),
      ...['--blobPort', '0', '--queuePort', '0', '--tablePort', '0'],
      // The storage SDK asks for newer API versions than Azurite knows.
      ...['--inMemoryPersistence', '--skipApiVersionCheck', '--silent', '--disableTelemetry'],
    ],
    { env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  // Whatever ends this process, Azurite does not outlive it.
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    await end(child);
    process.off('exit', kill);
  };
  try {
    const { Blob: blob, Queue: queue } = await addresses(child);
    const endpoints = `BlobEndpoint=${blob}/${account};QueueEndpoint=${queue}/${account}`;
    return {
      connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${key};${endpoints};`,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function addresses(child: ChildProcess): Promise<{ Blob: string; Queue: string }> {
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
      const found = Object.fromEntries([...written.matchAll(LISTENING)].map(([, name, url]) => [name, url]));
      const { Blob: blob, Queue: queue } = found;
      if (blob !== undefined && queue !== undefined) {
        clearTimeout(timer);
        resolve({ Blob: blob, Queue: queue });
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
  child.kill();
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}
