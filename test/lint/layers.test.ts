import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import type { Line } from '../support/lint-lines';

const ROOT = join(__dirname, '../..');
const CHECK = 'shared/checks/configuration/k8s-rbac-enabled.ts';
const COMPARE = 'shared/compare/finding.ts';
const MODEL = 'shared/model/finding.ts';
const COLLECT = 'shared/collect/clusters.ts';
const FUNCTION = 'functions/run-scan.ts';
const CLI = 'cli/exit.ts';

const from = (file: string, path: string): Line => ({ file, line: `export { x } from '${path}';` });

const ILLEGAL: Line[] = [
  from(FUNCTION, '../shared/collect/clusters'),
  from(FUNCTION, '../shared/checks'),
  from(FUNCTION, '../shared/model/finding'),
  from(CLI, '../shared/state/store'),
  from(CLI, '../simulator'),
  from(CLI, '@azure/identity'),
  from(MODEL, '../compare/compare'),
  from(MODEL, '../checks'),
  from(CHECK, '../../collect/clusters'),
  from(CHECK, '../../config/settings'),
  from(COMPARE, '../checks'),
  from(COMPARE, '../publish/rows'),
  from(COMPARE, '../../simulator'),
  from(COMPARE, '../../test/support/evidence'),
  from('shared/evaluate/evaluate.ts', '@azure/arm-containerservice'),
  from(COLLECT, '../checks'),
  from(COLLECT, '../state/store'),
  from('shared/run/version.ts', '../../simulator/index'),
  from('shared/run/version.ts', '../../scripts/generated'),
  from('simulator/index.ts', '../shared/model/rows'),
  from('simulator/kql/index.ts', '../../shared/checks'),
  from(CHECK, 'node:fs'),
  { file: CHECK, line: "export { randomUUID } from 'node:crypto';" },
  { file: CHECK, line: 'export const x = Date.now();' },
  { file: CHECK, line: 'export const x = new Date();' },
  { file: CHECK, line: 'export const x = globalThis.Date.now();' },
  { file: CHECK, line: 'export const x = Math.random();' },
  { file: CHECK, line: 'export const x = process.env;' },
  { file: CHECK, line: "export const x = import('../../collect/clusters');" },
  { file: COLLECT, line: "export const x = import('../checks');" },
];

const LEGAL: Line[] = [
  from(FUNCTION, '../shared/run/hosted'),
  from(CLI, '../shared/checks'),
  from(CHECK, '../facts'),
  from(CHECK, '../../model/check'),
  from(COLLECT, '@azure/arm-containerservice'),
  from('shared/publish/rows.ts', '../model/state'),
  from('simulator/kql/index.ts', './functions'),
  { file: COMPARE, line: "export { createHash } from 'node:crypto';" },
  { file: MODEL, line: "export type { ManagedCluster } from '@azure/arm-containerservice';" },
];

let refusals: string[][];

beforeAll(() => {
  const script = join(ROOT, 'test/support/lint-lines.ts');
  const lines = JSON.stringify([...ILLEGAL, ...LEGAL]);
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, lines], { cwd: ROOT });
  refusals = JSON.parse(output.toString()) as string[][];
}, 120_000);

it.each(ILLEGAL.map((line, index) => ({ ...line, index })))('refuses in $file: $line', ({ index }) => {
  expect(refusals[index]).not.toEqual([]);
});

it.each(LEGAL.map((line, index) => ({ ...line, index: index + ILLEGAL.length })))(
  'takes in $file: $line',
  ({ index }) => {
    expect(refusals[index]).toEqual([]);
  },
);
