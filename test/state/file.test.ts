import '../support/realm';

import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import type { ClusterState, StateHeader } from '../../shared/model/state';
import { openState, writeState } from '../../shared/state/file';
import { StateUnreadableError } from '../../shared/state/store';
import { lineOf, play } from '../support/state';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
  file = join(folder, 'state.jsonl.gz');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const HEADER: StateHeader = {
  version: 1,
  stateId: 'random',
  sequence: 3,
  scan: 'configuration',
  subscriptionId: '11111111-1111-1111-1111-111111111111',
  subscriptionName: null,
  firstRunAt: '2026-11-24T06:00:00.000Z',
  listedAt: '2026-11-24T06:00:00.000Z',
  lostAt: null,
  baseline: null,
  pending: 0,
  reporting: [],
  runs: [],
};

async function* each(lines: readonly ClusterState[]): AsyncGenerator<ClusterState> {
  for (const line of lines) {
    yield Promise.resolve(line);
  }
}

function linesOf(count: number): ClusterState[] {
  const entries = play([{ says: { a: 'fail', b: { outcome: 'pass', observed: 'é€😀\n\r"' } } }]).states[0]?.entries;
  return Array.from({ length: count }, (_, index) =>
    lineOf({ key: `c${String(index).padStart(6, '0')}`, entries: entries ?? {} }),
  );
}

async function read(path = file): Promise<{ header: StateHeader; lines: ClusterState[] }> {
  const state = await openState(path);
  return { header: state.header, lines: await Array.fromAsync(state.clusters()) };
}

function digest(): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** How reading ends, whether it changed the file, and what lies beside it. */
async function reading(): Promise<{ error: string; isUnreadable: boolean; isUntouched: boolean; files: string[] }> {
  const before = digest();
  const error: unknown = await read().then(
    () => 'none',
    (thrown: unknown) => thrown,
  );
  return {
    error: String(error),
    isUnreadable: error instanceof StateUnreadableError,
    isUntouched: digest() === before,
    files: readdirSync(folder),
  };
}

const unreadable = (message: RegExp): object => ({
  error: expect.stringMatching(message) as string,
  isUnreadable: true,
  isUntouched: true,
  files: ['state.jsonl.gz'],
});

describe('a state file', () => {
  it.each([0, 1, 3])('is read back as it was written: %d lines', async (count) => {
    const lines = linesOf(count);
    await writeState(file, each(lines), () => HEADER);

    expect(await read()).toEqual({ header: HEADER, lines });
    expect(readdirSync(folder)).toEqual(['state.jsonl.gz']);
  });

  it.each(['\u2028', '\u2029', '\u0085', '\r', '\n', '\r\n'])('holds values with the line end %j', async (end) => {
    const line = lineOf({ key: `a${end}b` });
    await writeState(file, each([line]), () => HEADER);

    expect((await read()).lines).toEqual([line]);
  });

  it('can be read twice', async () => {
    await writeState(file, each(linesOf(2)), () => HEADER);
    const state = await openState(file);

    expect(await Array.fromAsync(state.clusters())).toEqual(linesOf(2));
    expect(await Array.fromAsync(state.clusters())).toEqual(linesOf(2));
  });

  it('is gzip of lines of JSON, the header first', async () => {
    await writeState(file, each(linesOf(2)), () => HEADER);
    const [header, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');

    expect(JSON.parse(header ?? '')).toEqual({ ...HEADER, lines: 2 });
    expect(lines.map((line) => (JSON.parse(line) as ClusterState).key)).toEqual(['c000000', 'c000001']);
  });

  it('has a header that is asked for when all lines were taken, and stands first all the same', async () => {
    let taken = 0;
    async function* counted(): AsyncGenerator<ClusterState> {
      for await (const line of each(linesOf(5))) {
        taken += 1;
        yield line;
      }
    }
    await writeState(file, counted(), () => ({ ...HEADER, pending: taken }));

    expect((await openState(file)).header.pending).toBe(5);
  });

  it('streams thousands of lines: the first is there before the last is written', async () => {
    const count = 20_000;
    await writeState(file, each(linesOf(count)), () => HEADER);
    const keys: string[] = [];
    for await (const { key } of (await openState(file)).clusters()) {
      keys.push(key);
    }

    expect(keys).toHaveLength(count);
    expect(keys).toEqual([...keys].sort());
  });

  it('can be left before its end', async () => {
    await writeState(file, each(linesOf(5000)), () => HEADER);
    const lines = (await openState(file)).clusters();
    const iterator = lines[Symbol.asyncIterator]();

    expect((await iterator.next()).value).toMatchObject({ key: 'c000000' });
    await iterator.return?.();
  });

  it('does not stay open once its header is read', async () => {
    await writeState(file, each(linesOf(20_000)), () => HEADER);
    const open = (): number =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8') !== '';
        } catch {
          return false;
        }
      }).length;
    await openState(file);
    const before = open();
    for (let times = 0; times < 10; times += 1) {
      await openState(file);
    }

    expect(open()).toBeLessThan(before + 5);
  });

  it('is not left half written when its lines end with an error', async () => {
    async function* broken(): AsyncGenerator<ClusterState> {
      yield* each(linesOf(3));
      throw new Error('Azure is gone.');
    }
    await writeState(file, each(linesOf(1)), () => HEADER);
    const before = digest();

    await expect(writeState(file, broken(), () => HEADER)).rejects.toThrow('Azure is gone.');
    expect(digest()).toBe(before);
  });
});

describe('a state that cannot be read says so and is left alone', () => {
  it.each<readonly [string, Buffer, RegExp]>([
    ['empty', Buffer.alloc(0), /damaged/],
    ['no gzip', Buffer.from(`${JSON.stringify(HEADER)}\n`), /damaged: incorrect header check/],
    ['gzip of nothing', gzipSync(''), /it is empty/],
    ['gzip of something else', gzipSync('hello\n'), /a line is not JSON/],
    ['a header that is nothing', gzipSync('null\n'), /version|damaged/],
    ['a header that is a list', gzipSync('[]\n'), /version undefined/],
    [
      'a newer version',
      gzipSync(`${JSON.stringify({ ...HEADER, version: 2 })}\n`),
      /has version 2; this version reads 1/,
    ],
    ['a line that is not JSON', gzipSync(`${JSON.stringify(HEADER)}\n{"key":\n`), /a line is not JSON/],
    [
      'a line that is cut',
      gzipSync(`${JSON.stringify(HEADER)}\n${JSON.stringify(lineOf()).slice(0, 99)}`),
      /its last line is cut/,
    ],
    ['a line that is nothing', gzipSync(`${JSON.stringify(HEADER)}\nnull\n`), /damaged/],
  ])('%s', async (_, content, message) => {
    writeFileSync(file, content);
    expect(await reading()).toEqual(unreadable(message));
  });

  it('one byte changed in the middle', async () => {
    await writeState(file, each(linesOf(200)), () => HEADER);
    const content = readFileSync(file);
    const middle = Math.floor(content.length / 2);
    content.writeUInt8(content.readUInt8(middle) ^ 0xff, middle);
    writeFileSync(file, content);
    expect(await reading()).toEqual(unreadable(/damaged/));
  });

  it('cut in the middle of many lines', async () => {
    await writeState(file, each(linesOf(20_000)), () => HEADER);
    truncateSync(file, Math.floor(readFileSync(file).length / 2));
    expect(await reading()).toEqual(unreadable(/damaged/));
  });

  it('cut after any byte', async () => {
    await writeState(file, each(linesOf(2)), () => HEADER);
    const whole = readFileSync(file);
    const readable: number[] = [];
    for (let length = 0; length < whole.length; length += 1) {
      writeFileSync(file, whole.subarray(0, length));
      await read().then(
        () => readable.push(length),
        (error: unknown) => {
          expect(error).toBeInstanceOf(StateUnreadableError);
        },
      );
    }

    expect(readable).toEqual([]);
  });

  it('a file that is missing', async () => {
    await expect(openState(join(folder, 'nothing'))).rejects.toThrow(/ENOENT/);
  });
});
