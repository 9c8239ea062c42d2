import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from '../generated';
import type { Workbook } from '../workbook/format';

/** The workbook as it would be deployed. */
export function readWorkbook(): Workbook {
  return workbookOf(readFileSync(join(ROOT, 'infra/workbook/workbook.json'), 'utf8'));
}

/** @param template the text in which the workbook is found. */
export function workbookOf(template: string): Workbook {
  return JSON.parse(template) as Workbook;
}
