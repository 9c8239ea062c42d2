import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { StateConflictError, type StateKey, type StateStore } from '../../shared/state/store';

export const KEY: StateKey = { subscriptionId: '11111111-1111-1111-1111-111111111111', scan: 'policy' };
const OTHER: StateKey = { ...KEY, scan: 'node-images' };

/** The same contract for every store: of two that save, one wins. */
export function describeStore(open: () => StateStore): void {
  let store: StateStore;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'store-'));
    store = open();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const local = (name: string, content?: string): string => {
    const path = join(folder, name);
    if (content !== undefined) {
      writeFileSync(path, content);
    }
    return path;
  };
  const save = async (content: string, version: string | null, key = KEY): Promise<string> =>
    store.save(key, local(createHash('sha256').update(content).digest('hex'), content), version, null);
  const fetched = async (key = KEY): Promise<{ version: string | null; content: string }> => {
    const path = local('fetched', '');
    const version = await store.fetch(key, path);
    return { version, content: readFileSync(path, 'utf8') };
  };
  it('has no state at first', async () => {
    expect(await fetched()).toEqual({ version: null, content: '' });
  });

  it('gives back what was saved, with the version that the saving named', async () => {
    const version = await save('one', null);

    expect(await fetched()).toEqual({ version, content: 'one' });
  });

  it('saves over the version that was read, and names another', async () => {
    const first = await save('one', null);
    const second = await save('two', first);

    expect(second).not.toBe(first);
    expect(await fetched()).toEqual({ version: second, content: 'two' });
  });

  it('keeps the states apart', async () => {
    await save('one', null);
    await save('two', null, OTHER);

    expect((await fetched()).content).toBe('one');
    expect((await fetched(OTHER)).content).toBe('two');
  });

  it('refuses a version that another run has replaced', async () => {
    const first = await save('one', null);
    await save('two', first);

    await expect(save('three', first)).rejects.toThrow(StateConflictError);
    expect((await fetched()).content).toBe('two');
  });

  it('refuses to make a state that another run has made', async () => {
    await save('one', null);

    await expect(save('two', null)).rejects.toThrow(StateConflictError);
    expect((await fetched()).content).toBe('one');
  });

  it('refuses to save over a state that another run has removed', async () => {
    const version = await save('one', null);
    await store.remove(KEY, version);

    await expect(save('two', version)).rejects.toThrow(StateConflictError);
    expect((await fetched()).version).toBeNull();
  });

  it.each([
    ['the first time', false],
    ['over a state', true],
  ])('lets exactly one of several win that save at once: %s', async (_, exists) => {
    const version = exists ? await save('before', null) : null;
    const results = await Promise.allSettled(['one', 'two', 'three', 'four'].map((content) => save(content, version)));
    const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const losers = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));

    expect(winners).toHaveLength(1);
    expect(losers.filter((error) => !(error instanceof StateConflictError))).toEqual([]);
    expect((await fetched()).version).toBe(winners[0]);
  });

  it('removes a state', async () => {
    const version = await save('one', null);
    await save('two', null, OTHER);
    await store.remove(KEY, version);

    expect((await fetched()).version).toBeNull();
    expect((await fetched(OTHER)).content).toBe('two');
    expect(await save('again', null)).not.toBe('');
  });

  it('refuses to remove a state that another run has saved', async () => {
    const first = await save('one', null);
    await save('two', first);

    await expect(store.remove(KEY, first)).rejects.toThrow(StateConflictError);
    expect((await fetched()).content).toBe('two');
  });

  it('refuses to remove a state that another run has removed', async () => {
    const version = await save('one', null);
    await store.remove(KEY, version);

    await expect(store.remove(KEY, version)).rejects.toThrow(StateConflictError);
  });
}
