import Table from 'cli-table3';

import { CATALOGUE } from '../shared/checks';
import { nearest } from '../shared/config/nearest';
import { ConfigError } from '../shared/config/problems';
import type { CatalogueEntry } from '../shared/model/check';
import { PLAIN_TABLE } from './table';

/** Prints the catalogue. */
export function listChecks(asJson: boolean): void {
  if (asJson) {
    // Functions are no JSON, so `evaluate` is left out by itself.
    process.stdout.write(`${JSON.stringify(CATALOGUE, null, 2)}\n`);
    return;
  }
  const table = new Table({ ...PLAIN_TABLE, head: ['Check', 'Scan', 'Severity', 'Item', 'Good state'] });
  for (const { id, scan, severity, checklistItem, title, onByDefault } of CATALOGUE) {
    table.push([id, scan, severity, checklistItem ?? '', onByDefault ? title : `${title} (off by default)`]);
  }
  process.stdout.write(`${table.toString()}\n`);
}

/** Prints all that is known of one check. @throws ConfigError for an unknown id, with the nearest one. */
export function explainCheck(id: string): void {
  const check = CATALOGUE.find((candidate) => candidate.id === id || candidate.formerIds?.includes(id) === true);
  if (check === undefined) {
    const ids = CATALOGUE.map((candidate) => candidate.id);
    throw new ConfigError('There is no such check', [`got "${id}"; did you mean "${nearest(id, ids)}"?`]);
  }
  process.stdout.write(`${explanation(check)}\n`);
}

function explanation(check: CatalogueEntry): string {
  const params = Object.entries(check.params).map(
    ([name, param]) => `  ${name} = ${JSON.stringify(param.default)}   ${param.description}`,
  );
  const controls = Object.entries(check.controls).map(([framework, ids]) => `  ${framework}: ${ids.join(', ')}`);
  return [
    `${check.id}: ${check.title}`,
    '',
    check.rationale,
    '',
    `Scan: ${check.scan}   Severity: ${check.severity}   Checklist item: ${check.checklistItem ?? 'none'}   Per: ${check.grain}${check.onByDefault ? '' : '   Off by default'}`,
    ...(check.strict === null ? [] : [`Under the profile "strict": ${check.strict}.`]),
    ...(check.needs.length + check.uses.length > 0 ? [`Reads: ${[...check.needs, ...check.uses].join(', ')}`] : []),
    ...(params.length > 0 ? ['', 'Parameters and their defaults:', ...params] : []),
    ...(controls.length > 0 ? ['', 'Controls:', ...controls] : []),
    '',
    'How to put it right:',
    `  ${check.remediation}`,
    '',
    'Read more:',
    ...check.references.map((url) => `  ${url}`),
  ].join('\n');
}
