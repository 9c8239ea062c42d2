import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { ROOT } from './generated';

const FOLDER = 'infra/alerts';

/** What rules share: beginnings of queries, and the metadata of those that say nothing else. */
const NO_RULES = ['heads', 'defaults.json'];

const METADATA = z.strictObject({
  displayName: z.string(),
  description: z.string(),
  /** What several rules begin with, in `infra/alerts/heads`: it stands in front of the query. */
  heads: z.array(z.string()).default([]),
  /** 0 (critical) to 4 (verbose). */
  severity: z.number().int().min(0).max(4),
  evaluationFrequency: z.string(),
  windowSize: z.string(),
  overrideQueryTimeRange: z.string().nullable(),
  autoMitigate: z.boolean(),
  muteActionsDuration: z.string().nullable(),
  dimensions: z.array(z.string()),
  operator: z.enum(['GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual', 'Equals']),
  threshold: z.number(),
  failingPeriods: z.strictObject({ numberOfEvaluationPeriods: z.number(), minFailingPeriodsToAlert: z.number() }),
  /** What the price depends on: the frequency and the number of time series. */
  cost: z.string(),
});

/** An alert rule: the metadata in `infra/alerts/<name>.json`, over those of `defaults.json`, with its whole query. */
export type AlertRule = z.infer<typeof METADATA> & { readonly name: string; readonly query: string };

/**
 * The alert rules by name, sorted.
 * @throws Error when a file is of another form or stands alone.
 */
export function readAlertRules(): AlertRule[] {
  const files = readdirSync(join(ROOT, FOLDER))
    .filter((file) => !NO_RULES.includes(file))
    .sort();
  const names = [...new Set(files.map((file) => file.replace(/\.(json|kql)$/, '')))];
  return names.map((name) => {
    const metadata = METADATA.safeParse({ ...json('defaults.json'), ...json(`${name}.json`) });
    if (!metadata.success) {
      throw new Error(`${FOLDER}/${name}.json: ${z.prettifyError(metadata.error)}`);
    }
    return { ...metadata.data, name, query: queryFiles(name, metadata.data.heads).map(read).join('') };
  });
}

/** The files, below `infra/alerts`, that make up the query of a rule. */
export function queryFiles(name: string, heads: readonly string[]): string[] {
  return [...heads.map((head) => `heads/${head}.kql`), `${name}.kql`];
}

function json(file: string): object {
  return JSON.parse(read(file)) as object;
}

function read(file: string): string {
  return readFileSync(join(ROOT, FOLDER, file), 'utf8');
}
