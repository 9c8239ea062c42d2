import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { ROOT } from './generated';

const FOLDER = 'infra/alerts';

const METADATA = z.strictObject({
  displayName: z.string(),
  description: z.string(),
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

/** An alert rule: the metadata in `infra/alerts/<name>.json` with the query beside it. */
export type AlertRule = z.infer<typeof METADATA> & { readonly name: string; readonly query: string };

/**
 * The alert rules by name, sorted.
 * @throws Error when a file is of another form or stands alone.
 */
export function readAlertRules(): AlertRule[] {
  const files = readdirSync(join(ROOT, FOLDER)).sort();
  const names = [...new Set(files.map((file) => file.replace(/\.(json|kql)$/, '')))];
  return names.map((name) => {
    const read = (extension: string): string => readFileSync(join(ROOT, FOLDER, `${name}.${extension}`), 'utf8');
    const metadata = METADATA.safeParse(JSON.parse(read('json')));
    if (!metadata.success) {
      throw new Error(`${FOLDER}/${name}.json: ${z.prettifyError(metadata.error)}`);
    }
    return { ...metadata.data, name, query: read('kql') };
  });
}
