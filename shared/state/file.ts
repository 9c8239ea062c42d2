import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip, gzipSync } from 'node:zlib';

import type { ClusterState, StateHeader } from '../model/state';
import { StateUnreadableError } from './store';

const VERSION = 1;

/** A state as it lies in a local file: read line by line, so that memory does not grow with the number of clusters. */
export interface StateFile {
  readonly header: StateHeader;
  /** Sorted by key. @throws StateUnreadableError when a line is damaged, or when lines are missing at the end. */
  clusters(): AsyncIterable<ClusterState>;
}

/** The first line of the file: how many lines follow tells a file that was cut between two gzip members from a short one. */
type FileHeader = StateHeader & { readonly lines: number };

/** @throws StateUnreadableError when it is damaged, or written by a newer version. */
export async function openState(path: string): Promise<StateFile> {
  const { lines: expected, ...header } = await headerOf(path);
  const version: number = header.version;
  if (version !== VERSION) {
    throw new StateUnreadableError(`The state has version ${version}; this version reads ${VERSION}.`);
  }
  return {
    header,
    async *clusters() {
      let count = -1;
      for await (const line of lines(path)) {
        count += 1;
        if (count > 0) {
          yield parse(line) as ClusterState;
        }
      }
      if (count !== expected) {
        throw new StateUnreadableError(`The state is damaged: it holds ${count} lines of ${expected}.`);
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
  let count = 0;
  async function* serialised(): AsyncGenerator<string> {
    for await (const cluster of clusters) {
      count += 1;
      yield `${JSON.stringify(cluster)}\n`;
    }
  }
  await pipeline(Readable.from(serialised()), createGzip(), createWriteStream(body));
  // Gzip members may follow one another in one file: https://www.rfc-editor.org/rfc/rfc1952#page-5
  const head = gzipSync(`${JSON.stringify({ ...header(), lines: count } satisfies FileHeader)}\n`);
  await pipeline(Readable.from(concatenated(head, body)), createWriteStream(path));
  await rm(body);
}

async function* concatenated(head: Buffer, body: string): AsyncGenerator<Buffer> {
  yield head;
  for await (const chunk of createReadStream(body)) {
    yield chunk as Buffer;
  }
}

async function headerOf(path: string): Promise<FileHeader> {
  for await (const line of lines(path)) {
    return parse(line) as FileHeader;
  }
  throw new StateUnreadableError('The state is damaged: it is empty.');
}

/** Lines end with a line feed and nothing else: JSON may hold the other line ends of Unicode as they are. */
async function* lines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unzipped = createGunzip();
  // A file that cannot be read ends the reading of lines with its error, instead of ending the process.
  file.once('error', (error) => unzipped.destroy(error));
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of file.pipe(unzipped)) {
      const [first = '', ...others] = decoder.decode(chunk as Buffer, { stream: true }).split('\n');
      rest += first;
      for (const other of others) {
        yield rest;
        rest = other;
      }
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    file.destroy();
    unzipped.destroy();
  }
  if (rest !== '') {
    throw new StateUnreadableError('The state is damaged: its last line is cut.');
  }
}

/** Of a damaged file zlib says what is wrong; that there is no file is another matter. */
function unreadable(error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code?.startsWith('Z_') === true ? new StateUnreadableError(`The state is damaged: ${message}.`) : error;
}

function parse(line: string): object {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new StateUnreadableError('The state is damaged: a line is not JSON.');
  }
  if (typeof value !== 'object' || value === null) {
    throw new StateUnreadableError('The state is damaged: a line is no object.');
  }
  return value;
}
