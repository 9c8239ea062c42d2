import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { lock } from 'proper-lockfile';

import { pathOf, StateConflictError, type StateKey, type StateStore } from './store';

/** A lock whose owner died is broken after this, while there are still retries left. */
const LOCK_STALE_MILLISECONDS = 5000;

/** States in a folder. The version of a file is the hash of its content; a lock file makes comparing and replacing one step. */
export class DirectoryStateStore implements StateStore {
  constructor(private readonly folder: string) {}

  async fetch(key: StateKey, file: string): Promise<string | null> {
    try {
      await copyFile(this.#path(key), file);
    } catch (error) {
      if (isMissing(error)) {
        return null;
      }
      throw error;
    }
    return versionOf(file);
  }

  async save(key: StateKey, file: string, version: string | null): Promise<string> {
    const path = this.#path(key);
    return this.#exclusively(key, version, async () => {
      // A rename within the folder is one step; a copy from elsewhere is not.
      const incoming = `${path}.incoming`;
      await copyFile(file, incoming);
      await rename(incoming, path);
      return versionOf(path).then(String);
    });
  }

  async remove(key: StateKey, version: string): Promise<void> {
    await this.#exclusively(key, version, () => rm(this.#path(key)));
  }

  #path(key: StateKey): string {
    return join(this.folder, pathOf(key));
  }

  async #exclusively<T>(key: StateKey, version: string | null, action: () => Promise<T>): Promise<T> {
    const path = this.#path(key);
    await mkdir(dirname(path), { recursive: true });
    const release = await lock(path, {
      realpath: false,
      stale: LOCK_STALE_MILLISECONDS,
      retries: { retries: 20, minTimeout: 50, maxTimeout: 500 },
    });
    try {
      if ((await versionOf(path)) !== version) {
        throw new StateConflictError(`Another run saved ${path} first.`);
      }
      return await action();
    } finally {
      await release();
    }
  }
}

async function versionOf(file: string): Promise<string | null> {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
