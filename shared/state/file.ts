import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, gzipSync } from 'node:zlib';

import type { ClusterState, StateHeader } from '../model/state';
import { StateUnreadableError } from './store';

const VERSION = 1;

/** A state as it lies in a local file: read line by line, so that memory does not grow with the number of clusters. */
export interface StateFile {
  readonly header: StateHeader;
  /** Sorted by key. */
  clusters(): AsyncIterable<ClusterState>;
}

/** @throws StateUnreadableError when it is damaged, or written by a newer version. */
export async function openState(path: string): Promise<StateFile> {
  const first = await lines(path).next();
  const header = parse(first.done === true ? '' : first.value, path) as StateHeader;
  const version: number = header.version;
  if (version !== VERSION) {
    throw new StateUnreadableError(`The state has version ${version}; this version reads ${VERSION}.`);
  }
  return {
    header,
    async *clusters() {
      let isHeader = true;
      for await (const line of lines(path)) {
        if (!isHeader) {
          yield parse(line, path) as ClusterState;
        }
        isHeader = false;
      }
    },
  };
}

/**
 * Writes a state. The header is asked for last, when it is known what the lines hold, and stands first in the file.
 * @param clusters sorted by key.
 */
export async function writeState(
  path: string,
  clusters: AsyncIterable<ClusterState>,
  header: () => StateHeader,
): Promise<void> {
  const body = `${path}.body`;
  await pipeline(Readable.from(serialised(clusters)), createGzip(), createWriteStream(body));
  // Gzip members may follow one another in one file: https://www.rfc-editor.org/rfc/rfc1952#page-5
  const head = gzipSync(`${JSON.stringify(header())}\n`);
  await pipeline(Readable.from(concatenated(head, body)), createWriteStream(path));
  await rm(body);
}

async function* serialised(clusters: AsyncIterable<ClusterState>): AsyncGenerator<string> {
  for await (const cluster of clusters) {
    yield `${JSON.stringify(cluster)}\n`;
  }
}

async function* concatenated(head: Buffer, body: string): AsyncGenerator<Buffer> {
  yield head;
  for await (const chunk of createReadStream(body)) {
    yield chunk as Buffer;
  }
}

async function* lines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unzipped = createGunzip();
  // A damaged file ends the reading of lines with its error, instead of ending the process.
  file.once('error', (error) => unzipped.destroy(error));
  const reader = createInterface({ input: file.pipe(unzipped), crlfDelay: Infinity });
  let failure: Error | undefined;
  unzipped.once('error', (error) => {
    failure = error;
    reader.close();
  });
  try {
    yield* reader;
  } finally {
    file.destroy();
    unzipped.destroy();
  }
  if (failure !== undefined) {
    throw new StateUnreadableError(`The state is damaged: ${failure.message}`);
  }
}

function parse(line: string, path: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new StateUnreadableError(`The state in ${path} is damaged: a line is not JSON.`);
  }
}
