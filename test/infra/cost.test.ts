import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import '../support/realm';

import { costSection, measure, measuredIn, monthlyCost, type Measured } from '../../scripts/cost';
import { simulatedMonth } from '../../scripts/month';
import { ROOT } from './arm-template';

const NOTHING: Measured = {
  ...{ rowsPerClusterDay: 0, bytesPerRow: 0, eventsPerClusterMonth: 0, bytesPerEvent: 0, bytesPerRun: 0 },
};

describe('what a month costs', () => {
  it.each([
    // 37 scans a day for 30.4 days, 20 kB of telemetry each: 0.0225 GB at 2.30.
    { when: 'there are no rows', measured: {}, part: 'ingestion', dollars: 0.05 },
    { when: 'there are no rows', measured: {}, part: 'retention', dollars: 0 },
    // 30.4 GB more at 2.30; a GB a day for 369 days at 0.10.
    {
      when: 'rows come to a GB a day',
      measured: { rowsPerClusterDay: 1, bytesPerRow: 1e9 },
      part: 'ingestion',
      dollars: 69.97,
    },
    {
      when: 'rows come to a GB a day',
      measured: { rowsPerClusterDay: 1, bytesPerRow: 1e9 },
      part: 'retention',
      dollars: 36.9,
    },
    {
      when: 'events come to a GB a month',
      measured: { eventsPerClusterMonth: 1, bytesPerEvent: 1e9 },
      part: 'ingestion',
      dollars: 2.35,
    },
    // Within what is free.
    { when: 'there is one cluster', measured: {}, part: 'functions', dollars: 0 },
  ] as const)('$when: $part', ({ measured, part, dollars }) => {
    expect(monthlyCost(1, { ...NOTHING, ...measured })[part]).toBeCloseTo(dollars, 2);
  });

  it('of the functions begins where the free grant ends', () => {
    // 50 subscriptions × 37 × 30.4 scans × 9 s × 0.5 GB = 253,080 GB-s, of which 100,000 are free.
    expect(monthlyCost(1000, NOTHING).functions).toBeCloseTo(153_080 * 0.000026, 2);
  });

  it('is the sum of its parts', () => {
    const { total, ...parts } = monthlyCost(100, { ...NOTHING, rowsPerClusterDay: 88, bytesPerRow: 1564 });

    expect(total).toBeCloseTo(
      Object.values(parts).reduce((sum, part) => sum + part),
      10,
    );
  });
});

describe('docs/deploy.md', () => {
  const page = readFileSync(join(ROOT, 'docs/deploy.md'), 'utf8');
  const cells = (text: string): string[][] =>
    text
      .split('\n')
      .filter((line) => /^\|.*[^-| ]/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()));

  it('calculates from what it says was measured', () => {
    const [, section = ''] = /<!-- cost:start -->([^]*)<!-- cost:end -->/.exec(page) ?? [];

    expect(cells(section)).toEqual(cells(costSection(measuredIn(page))));
  });

  it('says what the product still writes, give or take a quarter', async () => {
    const said = measuredIn(page);
    const measured = measure(await simulatedMonth());

    const off = (Object.keys(said) as (keyof Measured)[]).filter(
      (name) => Math.abs(said[name] / measured[name] - 1) > 0.25,
    );

    expect(off).toEqual([]);
  }, 300_000);
});
