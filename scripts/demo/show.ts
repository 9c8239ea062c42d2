import Table from 'cli-table3';
import pc from 'picocolors';

import { differences } from '../../cli/difference';
import { PLAIN_TABLE } from '../../cli/table';
import type { AksComplianceRow, AksDriftRow } from '../../shared/model/rows';

/** What a line may take, in characters. */
const WIDTH = 112;

const INDENT = ' '.repeat(10);

const COLOURS: Readonly<Record<string, (text: string) => string>> = {
  critical: pc.red,
  high: pc.red,
  medium: pc.yellow,
};

/** Drift events as a table of two lines each: what and where, then old → new, or what was found at first sight. */
export function eventLines(events: readonly AksDriftRow[]): string[] {
  const sorted = events.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const table = new Table({ ...PLAIN_TABLE, head: [] });
  table.push(['Severity', 'Cluster / pool', 'Check', 'Transition', 'Cause'].map((name) => pc.dim(name)));
  table.push(...sorted.map(cellsOf));
  const [head = '', ...rows] = table.toString().split('\n');
  return [
    head.trimEnd(),
    `${INDENT}${pc.dim(events.some(({ ValueBefore }) => ValueBefore !== null) ? 'old → new' : 'what was found')}`,
    ...rows.flatMap((row, index) => [row.trimEnd(), ...detailOf(sorted[index])]),
  ];
}

/** How many checks on how many subjects came out how, with the reasons of what is not known. */
export function outcomeLine(rows: readonly AksComplianceRow[]): string {
  const outcomes = Map.groupBy(rows, ({ Outcome }) => Outcome ?? 'none');
  const counts = ['pass', 'fail', 'notApplicable', 'unknown', 'error'].map((outcome) => {
    const of = outcomes.get(outcome) ?? [];
    const reasons = [...new Set(of.flatMap(({ Reason }) => Reason ?? []))].sort();
    const text = `${of.length} ${outcome}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`;
    return outcome === 'fail' ? pc.red(text) : text;
  });
  return `${rows.length} compliance rows: ${counts.join(', ')}`;
}

/** Subscriptions last, then by place and check, so that the same drift always reads the same. */
function sortKey({ ClusterName, NodePool, CheckId }: AksDriftRow): string {
  return [ClusterName ?? '~', NodePool ?? '', CheckId ?? ''].join(' ');
}

function cellsOf(event: AksDriftRow): string[] {
  const severity = event.Severity ?? '';
  const colour = COLOURS[severity] ?? pc.dim;
  return [colour(severity), pc.bold(placeOf(event)), event.CheckId ?? '–', event.Transition ?? '', event.Cause ?? ''];
}

function placeOf({ ClusterName, NodePool, SubscriptionId }: AksDriftRow): string {
  const place = ClusterName ?? `subscription ${SubscriptionId?.slice(0, 8) ?? ''}`;
  return NodePool === null ? place : `${place} / ${NodePool}`;
}

function detailOf(event: AksDriftRow | undefined): string[] {
  if (event === undefined) {
    return [];
  }
  // What was never seen before has no old value; its message says what is there.
  const parts = event.ValueBefore === null ? [] : differences(event.ValueBefore, event.ValueNow);
  const lines = parts.length > 0 ? fill(parts) : [event.Message ?? ''];
  return lines.map((line) => `${INDENT}${line.replaceAll('→', pc.dim('→'))}`);
}

/** As many parts to a line as fit. */
function fill(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line !== undefined && INDENT.length + line.length + part.length + 3 <= WIDTH) {
      lines[lines.length - 1] = `${line};  ${part}`;
    } else {
      lines.push(part);
    }
  }
  return lines;
}
