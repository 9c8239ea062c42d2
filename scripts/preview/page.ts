import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { marked } from 'marked';

import type { GridSettings, QueryItem } from '../workbook/format';
import { cellOf, escape, textOf } from './cells';
import { chartOf } from './chart';
import type { Answer, Control, Seen, View } from './view';

const STYLE = readFileSync(join(__dirname, 'page.css'), 'utf8');

/** Sends the form when something is chosen, and hides the rows that do not hold what is typed into the box of a grid. */
const SCRIPT = `
document.addEventListener('change', ({ target }) => { if (target.form) target.form.requestSubmit(); });
document.addEventListener('input', ({ target }) => {
  if (!target.matches('.filter')) return;
  for (const row of target.closest('section').querySelectorAll('tbody tr')) {
    row.hidden = !row.textContent.toLowerCase().includes(target.value.toLowerCase());
  }
});`;

/** The whole page, on which every control and every row is a link or a form to the next view. */
export function pageOf({ seen }: View, address: URLSearchParams): string {
  const body = seen.map((each) => htmlOf(each, address)).join('\n');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>AKS drift monitor: preview of the workbook</title><style>${STYLE}</style>${body}<script>${SCRIPT}</script></html>`;
}

function htmlOf(seen: Seen, address: URLSearchParams): string {
  switch (seen.kind) {
    case 'text':
      return `<div class="text ${seen.item.content.style ?? ''}">${marked.parse(seen.markdown, { async: false })}</div>`;
    case 'controls':
      return seen.controls.length === 0 ? '' : controlsOf(seen.controls, address);
    case 'tabs':
      return `<nav>${seen.tabs.map(({ id, label, open }) => `<a href="${linkTo(address, { Tab: id })}"${open ? ' class="open"' : ''}>${escape(label)}</a>`).join('')}</nav>`;
    case 'query':
      return sectionOf(seen, address);
  }
}

/** The same view with other values of some parameters. */
function linkTo(address: URLSearchParams, changed: Readonly<Record<string, string>>): string {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(changed)) {
    next.set(name, value);
  }
  return escape(`?${next.toString()}`);
}

function controlsOf(controls: readonly Control[], address: URLSearchParams): string {
  const own = new Set(controls.map(({ parameter }) => parameter.name));
  const others = [...address].filter(([name]) => !own.has(name));
  const hidden = others.map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`);
  return `<form class="controls">${hidden.join('')}${controls.map(controlOf).join('')}</form>`;
}

function controlOf({ parameter, options, chosen, error }: Control): string {
  const multiple = parameter.type === 2 && parameter.multiSelect === true;
  const list = options.map(
    ({ value, label }) =>
      `<option value="${escape(value)}"${chosen.includes(value) ? ' selected' : ''}>${escape(label)}</option>`,
  );
  const problem = error === null ? '' : `<span class="error">${escape(error)}</span>`;
  return `<label title="${escape(parameter.description ?? '')}">${escape(parameter.label ?? parameter.name)}<select name="${parameter.name}"${multiple ? ' multiple size="3"' : ''}>${list.join('')}</select>${problem}</label>`;
}

function sectionOf({ item, title, answer }: Extract<Seen, { kind: 'query' }>, address: URLSearchParams): string {
  const width = item.customWidth === undefined ? '' : ' class="half"';
  const inside =
    answer instanceof Error ? `<p class="error">${escape(answer.message)}</p>` : contentOf(item, answer, address);
  return `<section data-name="${escape(item.name)}"${width}><h3>${escape(title)}</h3>${inside}</section>`;
}

function contentOf({ content }: QueryItem, answer: Answer, address: URLSearchParams): string {
  const { visualization, chartSettings, gridSettings } = content;
  if (answer.rows.length === 0) {
    return `<p class="muted">${escape(content.noDataMessage)}</p>`;
  }
  if (visualization === 'tiles') {
    return tilesOf(answer);
  }
  if (chartSettings !== undefined && visualization !== 'table') {
    return chartOf(answer, visualization, chartSettings);
  }
  return gridOf(answer, content, gridSettings, address);
}

function tilesOf({ rows }: Answer): string {
  const tiles = rows.map(
    ({ Name, Value, Detail }) =>
      `<div class="tile"><h4>${escape(textOf(Name))}</h4><b>${escape(textOf(Value))}</b><small>${escape(textOf(Detail))}</small></div>`,
  );
  return `<div class="tiles">${tiles.join('')}</div>`;
}

function gridOf(
  { columns, rows }: Answer,
  { exportFieldName: field, exportParameterName: parameter }: QueryItem['content'],
  settings: GridSettings | undefined,
  address: URLSearchParams,
): string {
  const formatters = new Map(settings?.formatters.map((formatter) => [formatter.columnMatch, formatter]));
  const labels = new Map(settings?.labelSettings.map(({ columnId, label }) => [columnId, label]));
  const shown = columns.filter(({ name }) => formatters.get(name)?.formatter !== 5).map(({ name }) => name);
  const lines = rows.map((row) => {
    const cells = shown.map((name) => cellOf(row[name], formatters.get(name)));
    const value = field === undefined ? undefined : textOf(row[field]);
    if (parameter === undefined || value === undefined) {
      return rowOf(cells, '');
    }
    const link = `<a class="select" href="${linkTo(address, { [parameter]: value })}">${cells[0] ?? ''}</a>`;
    return rowOf([link, ...cells.slice(1)], address.get(parameter) === value ? ' class="selected"' : '');
  });
  const heads = shown.map((name) => `<th>${escape(labels.get(name) ?? name)}</th>`);
  return `<input class="filter" placeholder="Filter" aria-label="Filter"><div class="scroll"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

function rowOf(cells: readonly string[], attributes: string): string {
  return `<tr${attributes}>${cells.map((cell) => `<td title="${titleOf(cell)}">${cell}</td>`).join('')}</tr>`;
}

/** What is too long for its cell shows when the pointer rests on it. */
function titleOf(cell: string): string {
  return cell.replaceAll(/<[^>]*>/g, '').trim();
}
