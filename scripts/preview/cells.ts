import type { Formatter, Threshold } from '../workbook/format';

/** Text that stands in HTML as it is. */
export function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);
}

/** A value as text: what is absent is empty. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);
}

const ICONS: Readonly<Record<string, string>> = {
  success: '✔',
  '4': '✖',
  '2': '▲',
  disabled: '⊘',
  unknown: '?',
  info: 'i',
  Blank: '',
};

/** The HTML of a cell as its formatter shows it; without one as text. */
export function cellOf(value: unknown, formatter: Formatter | undefined): string {
  const text = textOf(value);
  const paint = formatter === undefined || text === '' ? undefined : PAINTERS[formatter.formatter];
  return formatter === undefined || paint === undefined ? escape(text) : paint(text, formatter);
}

/** By the number of the formatter; the others show the text. */
const PAINTERS: Partial<Record<Formatter['formatter'], (text: string, formatter: Formatter) => string>> = {
  6: dateOf,
  7: linkOf,
  8: heatOf,
  18: judged,
};

function dateOf(text: string, { dateFormat }: Formatter): string {
  const digits = dateFormat?.formatName === 'shortDatePattern' ? 10 : 16;
  return escape(text.slice(0, digits).replace('T', ' '));
}

function linkOf(text: string, { formatOptions }: Formatter): string {
  return `<a href="${escape(text)}" target="_blank" rel="noreferrer">${escape(formatOptions?.linkLabel ?? text)}</a>`;
}

/** Red is 0 and green is 100. */
function heatOf(text: string): string {
  const hue = Math.round(Number(text) * 1.2);
  return `<span class="heat" style="background:hsl(${hue} 65% 82%)">${escape(text)} %</span>`;
}

function judged(text: string, { formatOptions }: Formatter): string {
  const rule = formatOptions?.thresholdsGrid?.find((threshold) => applies(threshold, text));
  if (rule === undefined) {
    return escape(text);
  }
  return formatOptions?.thresholdsOptions === 'colors'
    ? `<span class="tag ${escape(rule.representation)}">${escape(text)}</span>`
    : `<span class="icon icon-${escape(rule.representation)}">${ICONS[rule.representation] ?? ''}</span> ${escape(text)}`;
}

function applies({ operator, thresholdValue }: Threshold, text: string): boolean {
  switch (operator) {
    case '==':
      return text === thresholdValue;
    case '<':
      return Number(text) < Number(thresholdValue);
    case '<=':
      return Number(text) <= Number(thresholdValue);
    case 'Default':
      return true;
  }
}
