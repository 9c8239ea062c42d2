import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { ROOT } from './generated';
import { KqlFiles } from './kql-files';

const FOLDER = 'infra/alerts';

const DEFAULTS = 'defaults.json';

const METADATA = z.strictObject({
  displayName: z.string(),
  description: z.string(),
  /** 0 (critical) to 4 (verbose). */
  severity: z.number().int().min(0).max(4),
  evaluationFrequency: z.string(),
  windowSize: z.string(),
  overrideQueryTimeRange: z.string().nullable(),
  autoMitigate: z.boolean(),
  dimensions: z.array(z.string()),
  /** What the price depends on: the frequency and the number of time series. */
  cost: z.string(),
});

/** An alert rule: the metadata in `infra/alerts/<name>.json`, over those of `defaults.json`, with its whole query. */
export type AlertRule = z.infer<typeof METADATA> & { readonly name: string; readonly query: string };

/**
 * The alert rules by name, sorted.
 * @throws Error when a file is of another form or stands alone, or a head is used by no rule.
 */
export function readAlertRules(): AlertRule[] {
  const queries = new KqlFiles(join(ROOT, FOLDER));
  const rules = readdirSync(join(ROOT, FOLDER))
    .filter((file) => file.endsWith('.json') && file !== DEFAULTS)
    .sort()
    .map((file) => readAlertRule(file.replace(/\.json$/, ''), queries));
  const unused = queries.unused();
  if (unused.length > 0) {
    throw new Error(`No alert rule uses ${unused.join(', ')}`);
  }
  return rules;
}

function readAlertRule(name: string, queries: KqlFiles): AlertRule {
  const metadata = METADATA.safeParse({ ...json(DEFAULTS), ...json(`${name}.json`) });
  if (!metadata.success) {
    throw new Error(`${FOLDER}/${name}.json: ${z.prettifyError(metadata.error)}`);
  }
  const query = queries.read(`${name}.kql`, { 'at-most-249': atMost249(metadata.data.dimensions) });
  return { ...metadata.data, name, query };
}

/**
 * The end of a query over `open`: no rule makes more than 250 alerts, and the last one tells of those that have none.
 * An alert is known by its dimensions, so that one has values for all of them.
 */
function atMost249(dimensions: readonly string[]): string {
  const values = dimensions
    .filter((dimension) => dimension !== 'Message')
    .map((dimension, index) => `${dimension} = '${index === 0 ? 'more' : '-'}', `);
  return `| take 249
| union (open
    | count
    | where Count > 249
    | project ${values.join('')}Message = strcat('249 of ', Count, ' have an alert of their own; the workbook shows all.'))`;
}

function json(file: string): object {
  return JSON.parse(readFileSync(join(ROOT, FOLDER, file), 'utf8')) as object;
}
