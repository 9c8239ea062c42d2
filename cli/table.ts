import Table from 'cli-table3';
import pc from 'picocolors';

import { SEVERITIES } from '../shared/model/check';
import { differences } from './difference';
import type { Report, ReportedEvent, ReportedFinding } from './report';

/** Columns parted by spaces, so that a result can be cut and searched. */
export const PLAIN_TABLE = {
  chars: Object.fromEntries(
    ['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right', 'left']
      .concat(['left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'])
      .map((part) => [part, '']),
  ),
  style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
};

/**
 * A report for a person: what drifted, what fails, what could not be read, and the sums.
 * @param keepsState false: nothing can be said of drift.
 * @param asOf the moment as of which dates and ages are judged, where that is not now.
 */
export function renderTable(report: Report, keepsState: boolean, asOf: Date | null): string {
  const failing = report.findings.filter(({ outcome }) => outcome === 'fail').sort(bySeverity);
  const unread = report.subscriptions.flatMap(({ id, scan, unread: entries }) =>
    entries.filter(({ reason }) => reason !== 'disabled').map((entry) => ({ id, scan, ...entry })),
  );
  const errors = report.findings.filter(({ outcome }) => outcome === 'error');
  return [
    ...section('Drift', ['', 'Transition', 'Cluster', 'Check', 'Before → now'], report.events.map(eventCells)),
    ...section('Failing', ['Severity', 'Cluster', 'Check', 'What was found'], failing.map(findingCells)),
    ...section(
      'Not read',
      ['Scan', 'Section', 'Of', 'Reason', 'Detail'],
      unread.map(({ scan, source, scope, reason, detail }) => [scan, source, nameIn(scope), reason, detail]),
    ),
    ...section(
      'Errors',
      ['Check', 'Cluster', 'Error'],
      errors.map((finding) => [finding.checkId ?? '', subjectOf(finding), finding.message ?? '']),
    ),
    summary(report, keepsState, asOf),
    '',
  ].join('\n');
}

/** A titled table with an empty line after it; nothing when it has no rows. */
export function section(title: string, head: string[], rows: string[][]): string[] {
  if (rows.length === 0) {
    return [];
  }
  const table = new Table({ ...PLAIN_TABLE, head: head.map((name) => pc.dim(name)) });
  table.push(...rows);
  const lines = table.toString().split('\n');
  return [pc.bold(title), ...lines.map((line) => line.trimEnd()), ''];
}

function summary(
  { findings, clusters, subscriptions, events }: Report,
  keepsState: boolean,
  asOf: Date | null,
): string {
  const count = (outcome: string): number => findings.filter((finding) => finding.outcome === outcome).length;
  const ids = new Set(subscriptions.map(({ id }) => id));
  const failedScans = subscriptions.filter(({ status }) => status === 'failed').length;
  return [
    `${plural(clusters.length, 'cluster')} in ${plural(ids.size, 'subscription')}${asOf === null ? '' : `, as of ${asOf.toISOString()}`}:`,
    `${count('pass')} pass, ${count('fail')} fail, ${count('notApplicable')} do not apply,`,
    `${count('unknown')} unknown${reasonsOf(findings)}, ${plural(count('error'), 'error')};`,
    `${keepsState ? plural(events.length, 'drift event') : 'drift is not judged without --state'}${
      failedScans > 0 ? `; ${plural(failedScans, 'scan')} failed` : ''
    }`,
  ].join(' ');
}

/** Why what is unknown is unknown, the most frequent reason first. */
function reasonsOf(findings: readonly ReportedFinding[]): string {
  const unknown = findings.filter(({ outcome }) => outcome === 'unknown');
  const byReason = [...Map.groupBy(unknown, ({ reason }) => reason ?? '')].sort(([, a], [, b]) => b.length - a.length);
  return unknown.length === 0 ? '' : ` (${byReason.map(([reason, of]) => `${of.length} ${reason}`).join(', ')})`;
}

/** A number with its noun. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function bySeverity(a: ReportedFinding, b: ReportedFinding): number {
  const rank = ({ severity }: ReportedFinding): number => SEVERITIES.findIndex((known) => known === severity);
  return rank(a) - rank(b);
}

function findingCells(finding: ReportedFinding): string[] {
  const exempt = finding.exemption === null ? '' : ` (exempt until ${finding.exemption.expiresOn ?? ''})`;
  const muted = finding.muted === true ? ' (muted)' : '';
  return [
    coloured(finding.severity ?? ''),
    subjectOf(finding),
    finding.checkId ?? '',
    `${finding.message ?? ''}${exempt}${muted}`,
  ];
}

function coloured(severity: string): string {
  return severity === 'critical' || severity === 'high' ? pc.red(severity) : severity;
}

function eventCells(event: ReportedEvent): string[] {
  const sign = event.transition === 'resolved' ? pc.green('✓') : pc.red('!');
  return [sign, event.transition ?? '', subjectOf(event), event.checkId ?? '', changeOf(event)];
}

/** What changed, old → new; of what is new or gone, its outcome. */
function changeOf({ before, now }: ReportedEvent): string {
  if (before === null || now === null) {
    return (now ?? before)?.outcome ?? '';
  }
  const outcomes = before.outcome === now.outcome ? [] : [`${before.outcome} → ${now.outcome}`];
  return [...outcomes, ...differences(before.observed, now.observed)].join('; ');
}

/** What a scope is called by people: cluster and pool, or the id of the subscription. */
function nameIn(scope: string): string {
  const match = /managedClusters\/([^/]+)(?:\/agentPools\/([^/]+))?/i.exec(scope);
  return match === null ? scope.replace(/^\/subscriptions\//, '') : match.slice(1).filter(Boolean).join('/');
}

/** The name of a cluster, or the subscription, with its node pool. */
function subjectOf({
  clusterId,
  nodePool,
  subscriptionId,
}: Pick<ReportedFinding, 'clusterId' | 'nodePool' | 'subscriptionId'>): string {
  const name = clusterId?.split('/').at(-1) ?? subscriptionId ?? '';
  return nodePool === null ? name : `${name}/${nodePool}`;
}
