import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOGUE } from '../../shared/checks';
import { emptyWorld } from '../../simulator';
import { openBench } from '../support/cli';

/** Recorded ARM bodies, beside the repository; they are not part of it. */
const SAMPLES = join(__dirname, '../../../shared/azure-samples/clusters');

/** Outcomes that were reasoned out by hand from a recorded body, each with the rule that gives it. */
interface Summary {
  readonly file: string;
  readonly cluster: string;
  readonly outcomes: readonly { readonly check: string; readonly nodePool?: string; readonly outcome: string }[];
}

/** The clock by which the rules that name a day were applied. */
const NOW = '2026-11-24T06:00:00Z';

const SUMMARIES = readdirSync(__dirname)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(__dirname, file), 'utf8')) as Summary);

/** The scans whose checks judge what a body of a cluster holds, as far as they are on by default. */
const JUDGED = new Set(
  CATALOGUE.filter(({ scan, onByDefault }) => ['configuration', 'node-images'].includes(scan) && onByDefault).map(
    ({ id }) => id,
  ),
);

const hasSamples = existsSync(SAMPLES);

(hasSamples ? describe : describe.skip)('what was reasoned out by hand for a recorded cluster', () => {
  it.each(SUMMARIES.map((summary) => [summary.file, summary] as const))('%s', async (file, { cluster, outcomes }) => {
    const bench = await openBench(emptyWorld());
    const { report } = await bench.scan(
      ['--input', join(SAMPLES, file), '--scan', 'configuration', 'node-images', '--cluster', cluster],
      { AKS_DRIFT_NOW: NOW },
    );
    const found = report.findings.map(({ checkId, nodePool, outcome }) => line(checkId, nodePool, outcome));
    const expected = outcomes
      .filter(({ check }) => JUDGED.has(check))
      .map(({ check, nodePool, outcome }) => line(check, nodePool, outcome));

    expect(found.sort()).toEqual(expected.sort());
  });
});

function line(check: string | null, nodePool: string | null | undefined, outcome: string | null): string {
  return [check, nodePool ?? '', outcome].join(' ');
}

it('covers fifteen clusters', () => {
  if (!hasSamples) {
    process.stderr.write('../shared/azure-samples is not there: what was reasoned out by hand is not compared.\n');
  }
  expect(SUMMARIES.map(({ file }) => file)).toHaveLength(15);
});
