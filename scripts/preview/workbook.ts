import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { ROOT } from '../generated';
import type { Workbook } from '../workbook/format';

/** The workbook as it is deployed: from the compiled template. */
export function readWorkbook(): Workbook {
  return workbookOf(JSON.parse(readFileSync(join(ROOT, 'infra/main.json'), 'utf8')));
}

/** Whether a workbook is what `npm run generate` wrote last. */
export function isCurrent(workbook: Workbook): boolean {
  return isDeepStrictEqual(workbook, JSON.parse(readFileSync(join(ROOT, 'infra/workbook/workbook.json'), 'utf8')));
}

/**
 * The workbook inside a compiled template, wherever it stands.
 * @throws Error when there is none, or more than one.
 */
export function workbookOf(template: unknown): Workbook {
  const found = workbooksIn(template);
  const [workbook] = found;
  if (workbook === undefined || found.length > 1) {
    throw new Error(`The template holds ${found.length} workbooks; one is expected.`);
  }
  return literal(workbook) as Workbook;
}

function workbooksIn(value: unknown): object[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return 'version' in value && value.version === 'Notebook/1.0' ? [value] : Object.values(value).flatMap(workbooksIn);
}

/** In a template a text that begins with a bracket has a second one, so that it is no expression. */
function literal(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(literal);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, literal(entry)]));
  }
  return typeof value === 'string' && value.startsWith('[[') ? value.slice(1) : value;
}
