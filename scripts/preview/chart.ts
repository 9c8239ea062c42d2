import type { ChartSettings } from '../workbook/format';
import { escape, textOf } from './cells';
import type { Answer } from './view';

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 40;
const BOTTOM = 24;

/** Most labels of the x axis, and how wide a day is as text. */
const LABELS = 5;
const LABEL_WIDTH = 64;

const COLORS = [
  '#2563a8',
  '#b7791f',
  '#7c3aed',
  '#0f9aa8',
  '#9c3d54',
  '#6b7280',
  '#5c7f1f',
  '#d977a8',
  '#3b4a6b',
  '#c9a227',
  '#8d5524',
  '#1f7a5c',
];

/** Words that have a colour of their own, so that it is the same on every page. */
const KNOWN: Readonly<Record<string, string>> = {
  critical: '#8f1d1d',
  high: '#d9480f',
  medium: '#e0a800',
  low: '#5b9bd5',
  info: '#9aa5b1',
  resolved: '#3f7d3a',
  regressed: '#c0392b',
  worsened: '#8f1d1d',
};

interface Series {
  readonly name: string;
  readonly color: string;
  /** By place on the x axis. */
  readonly values: ReadonlyMap<string, number>;
}

/** Lines, or bars that stand on each other: an SVG with its legend. */
export function chartOf(answer: Answer, kind: 'linechart' | 'barchart', settings: ChartSettings): string {
  const places = [...new Set(answer.rows.map((row) => textOf(row[settings.xAxis])))];
  const series = seriesOf(answer, settings);
  const top = topOf(kind, places, series);
  const draw = kind === 'linechart' ? lines : bars;
  const legend = series.map(({ name, color }) => `<span><i style="background:${color}"></i>${escape(name)}</span>`);
  return [
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img">`,
    ...[0, top / 2, top].map((value) => gridLine(value, top)),
    ...draw(places, series, top),
    ...labelled(places.length).map((index) => axisLabel(places, index)),
    '</svg>',
    `<div class="legend">${legend.join('')}</div>`,
  ].join('');
}

function seriesOf({ rows }: Answer, { xAxis, yAxis, group }: ChartSettings): Series[] {
  const names = group === undefined ? yAxis : [...new Set(rows.map((row) => textOf(row[group])))];
  return names.map((name, index) => {
    const own = group === undefined ? rows : rows.filter((row) => textOf(row[group]) === name);
    const column = group === undefined ? name : (yAxis[0] ?? '');
    const points = own.filter((row) => typeof row[column] === 'number');
    return {
      name,
      color: KNOWN[name] ?? COLORS[index % COLORS.length] ?? '#000',
      values: new Map(points.map((row) => [textOf(row[xAxis]), row[column] as number])),
    };
  });
}

function topOf(kind: string, places: readonly string[], series: readonly Series[]): number {
  const heights = places.map((place) => {
    const values = series.map(({ values: known }) => known.get(place) ?? 0);
    return kind === 'linechart' ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0);
  });
  // Even, so that half of it is a whole number too.
  return 2 * Math.ceil(Math.max(1, ...heights) / 2);
}

const xOf = (index: number, count: number): number => LEFT + ((index + 0.5) * (WIDTH - LEFT - 8)) / Math.max(1, count);
const yOf = (value: number, top: number): number => 8 + (1 - value / top) * (HEIGHT - BOTTOM - 8);

function gridLine(value: number, top: number): string {
  const y = yOf(value, top).toFixed(1);
  return `<line x1="${LEFT}" x2="${WIDTH}" y1="${y}" y2="${y}" class="rule"/><text x="${LEFT - 6}" y="${y}" dy="4" text-anchor="end">${value}</text>`;
}

/** The places that have a label: the first, the last, and what lies evenly between. */
function labelled(count: number): number[] {
  const last = count - 1;
  return [...new Set(Array.from({ length: LABELS }, (_, index) => Math.round((index * last) / (LABELS - 1))))];
}

function axisLabel(places: readonly string[], index: number): string {
  const x = Math.min(WIDTH - LABEL_WIDTH / 2, xOf(index, places.length)).toFixed(1);
  return `<text x="${x}" y="${HEIGHT - 6}" text-anchor="middle">${escape((places[index] ?? '').slice(0, 10))}</text>`;
}

function lines(places: readonly string[], series: readonly Series[], top: number): string[] {
  return series.map(({ color, values }) => {
    const points = places.flatMap((place, index) => {
      const value = values.get(place);
      return value === undefined ? [] : [`${xOf(index, places.length).toFixed(1)},${yOf(value, top).toFixed(1)}`];
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${color}" stroke-width="2"/>`;
  });
}

function bars(places: readonly string[], series: readonly Series[], top: number): string[] {
  const width = Math.max(2, (0.7 * (WIDTH - LEFT)) / Math.max(1, places.length));
  return places.flatMap((place, index) => {
    let below = 0;
    return series.map(({ color, values }) => {
      const value = values.get(place) ?? 0;
      const y = yOf(below + value, top);
      const height = yOf(below, top) - y;
      below += value;
      return `<rect x="${(xOf(index, places.length) - width / 2).toFixed(1)}" y="${y.toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill="${color}"/>`;
    });
  });
}
