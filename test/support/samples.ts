import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ArmBody } from '../../simulator';

/** Recorded ARM bodies, beside the repository; they are not part of it. */
const FOLDER = join(__dirname, '../../../shared/azure-samples');

/** Whether there are recorded bodies; says so on standard error when there are none. */
export const hasSamples = existsSync(FOLDER);
if (!hasSamples) {
  process.stderr.write('../shared/azure-samples is not there: nothing is proved of recorded bodies.\n');
}

/** Paths of the recorded files of one kind. */
export function sampleFiles(kind: 'clusters' | 'agentpools'): string[] {
  const folder = join(FOLDER, kind);
  return hasSamples
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file) => join(folder, file))
    : [];
}

/** The resources in a recorded file: one, or the items of a list. */
export function resourcesIn(file: string): ArmBody[] {
  const content = JSON.parse(readFileSync(file, 'utf8')) as ArmBody & { readonly value?: ArmBody[] };
  return content.value ?? [content];
}
