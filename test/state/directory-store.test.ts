import '../support/realm';

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DirectoryStateStore } from '../../shared/state/directory-store';
import { StateConflictError } from '../../shared/state/store';
import { describeStore, KEY } from './stores';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'states-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a folder of states', () => {
  describeStore(() => new DirectoryStateStore(join(folder, 'states')));

  it('holds one file per subscription and scan, and nothing else when all is done', async () => {
    const file = join(folder, 'local');
    writeFileSync(file, 'one');
    await new DirectoryStateStore(folder).save(KEY, file, null);

    expect(readdirSync(join(folder, KEY.subscriptionId))).toEqual(['policy.jsonl.gz']);
  });

  it('has nothing to remove where no subscription was ever saved', async () => {
    await expect(new DirectoryStateStore(folder).remove(KEY, 'v1')).rejects.toThrow(StateConflictError);
  });

  it('says what is wrong with a folder that is a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x');

    await expect(new DirectoryStateStore(file).save(KEY, file, null)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});
