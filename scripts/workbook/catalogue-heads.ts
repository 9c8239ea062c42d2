import { CHECKLIST, type CatalogueEntry } from '../../shared/model/check';
import { PERMISSIONS } from '../../shared/run/permissions';
import { ITEMS } from '../check-words';
import type { Framework, Sources } from '../sources';

/** The heads that hold what the rows do not tell: tables of the catalogue, written out in KQL. */
export function generatedHeads({ checks, frameworks }: Sources): Record<string, string> {
  return {
    items: itemTable(checks),
    checks: checkTable(checks),
    permissions: permissionTable(),
    'control-titles': controlTable(frameworks),
  };
}

/** The items of the checklist, so that one without a finding has a row too, and how many checks answer each. */
function itemTable(checks: readonly CatalogueEntry[]): string {
  return datatable(
    'items',
    'ChecklistItem: string, Asks: string, AnsweredBy: long, Position: long',
    ITEMS.map((item, index) => [
      ...[item, CHECKLIST[item]],
      ...[checks.filter(({ checklistItem }) => checklistItem === item).length, index + 1],
    ]),
  );
}

function checkTable(checks: readonly CatalogueEntry[]): string {
  return datatable(
    'checks',
    'CheckId: string, Why: string, Reference: string',
    checks.map(({ id, rationale, references }) => [id, rationale, references[0]]),
  );
}

/** What each source needs that a scan reads. */
function permissionTable(): string {
  const sources = [...new Set(PERMISSIONS.flatMap(({ usedBy }) => usedBy))].sort();
  return datatable(
    'permissions',
    'Source: string, Permissions: string',
    sources.map((source) => [
      source,
      PERMISSIONS.filter(({ usedBy }) => usedBy.includes(source))
        .map(({ action }) => action)
        .join(', '),
    ]),
  );
}

function controlTable(frameworks: readonly Framework[]): string {
  return datatable(
    'titles',
    'Framework: string, ControlId: string, Title: string, AnsweredBy: long',
    frameworks.flatMap(({ framework, requirements }) =>
      requirements.map(({ id, title, checks }) => [framework, id, title, checks.length]),
    ),
  );
}

function datatable(name: string, columns: string, rows: readonly (readonly (string | number)[])[]): string {
  const cells = rows.map((row) => `  ${row.map(literal).join(', ')}`);
  return `let ${name} = datatable(${columns}) [\n${cells.join(',\n')}\n];`;
}

/** Braces would read as parameters of the workbook. */
function literal(value: string | number): string {
  return typeof value === 'number'
    ? String(value)
    : `'${value.replaceAll(/[\\']/g, '\\$&').replaceAll('{', '(').replaceAll('}', ')')}'`;
}
