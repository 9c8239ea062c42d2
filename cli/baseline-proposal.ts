import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CATALOGUE } from '../shared/checks';
import { SEVERITIES, type CatalogueEntry } from '../shared/model/check';
import type { AksComplianceRow } from '../shared/model/rows';
import type { ClusterFacts } from '../shared/model/state';
import { scanLocally } from '../shared/run/local';
import type { ClusterReport, Observer } from '../shared/run/report';
import { readInputs, settingsOf, type Selection } from './selection';
import { plural } from './table';

const DAY = 24 * 60 * 60 * 1000;

/** Days for which a proposed exemption would hold. */
const EXEMPT_DAYS = 90;

/** Names that a line has room for. */
const NAMES_IN_LINE = 5;

/**
 * A baseline file that changes nothing yet: what the fleet looks like now, as comments to be taken in.
 * A line whose `#` is not followed by one space and a word is a setting: taking the sign away makes it count.
 */
export async function proposeBaseline(
  options: Pick<Selection, 'subscription' | 'managementGroup' | 'input'>,
): Promise<string> {
  const settings = { ...settingsOf(options), baseline: null };
  const stateFolder = await mkdtemp(join(tmpdir(), 'aks-drift-'));
  const fleet = new Fleet();
  try {
    await scanLocally({
      ...{ settings, stateFolder, observer: fleet, keepsState: false, publish: false, asOf: null, clusterNames: null },
      inputs: options.input === undefined ? null : await readInputs(options.input),
      progress: () => undefined,
    });
  } finally {
    await rm(stateFolder, { recursive: true, force: true });
  }
  return proposal(fleet, settings.now ?? new Date());
}

/** Gathers what the scans tell of the clusters. */
class Fleet implements Observer {
  readonly clusters = new Map<string, ClusterFacts>();
  readonly rows: AksComplianceRow[] = [];

  cluster({ facts, rows }: ClusterReport): void {
    if (facts !== null) {
      this.clusters.set(facts.id.toLowerCase(), facts);
    }
    this.rows.push(...rows);
  }

  events(): void {
    // Without a state nothing drifts.
  }

  failing({ id }: CatalogueEntry): AksComplianceRow[] {
    return this.rows.filter(({ CheckId, Outcome }) => CheckId === id && Outcome === 'fail');
  }
}

function proposal(fleet: Fleet, now: Date): string {
  const size = fleet.clusters.size;
  const failing = CATALOGUE.map((check) => ({ check, rows: fleet.failing(check) }))
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => SEVERITIES.indexOf(a.check.severity) - SEVERITIES.indexOf(b.check.severity));
  return [
    '# Baseline file of AKS Drift Monitor: what your organisation expects. docs/baseline.md explains every key.',
    `# Made from ${plural(size, 'cluster')} on ${day(now)}. It changes nothing yet: take the # away from what you want.`,
    'version: 1',
    '',
    ...strictLines(),
    'profile: standard',
    '',
    ...checkLines(failing, size),
    ...exemptionLines(failing[0], now),
    ...tagLines([...fleet.clusters.values()]),
    '# Days in which a failure must be mended, by severity.',
    '#remediationDays: { critical: 7, high: 30, medium: 90 }',
    '',
    '# What no check can answer, people attest: the security white paper and the threat model, for example.',
    '#attestations:',
    `#  - { item: S1, reviewedOn: ${day(now)}, by: "<who>", validForDays: 365 }`,
    '',
  ].join('\n');
}

function strictLines(): string[] {
  const asked = CATALOGUE.flatMap(({ id, strict }) => (strict === null ? [] : [`# ${id}: ${strict}.`]));
  return ['# The profile "strict" asks for more.', ...asked];
}

interface Failing {
  readonly check: CatalogueEntry;
  readonly rows: readonly AksComplianceRow[];
}

/** Each check that fails somewhere, with where, and the switch that would silence it. */
function checkLines(failing: readonly Failing[], size: number): string[] {
  const lines = failing.map(({ check, rows }) => {
    const names = [...new Set(rows.map(({ ClusterName }) => ClusterName ?? 'the subscription'))].sort();
    const where =
      names.length === size && size > 1
        ? `all ${size} clusters`
        : `${firstFew(names)}${size > 1 ? ` (of ${size})` : ''}`;
    return `#  ${check.id}: { enabled: true } # ${check.severity}. ${check.title}: not so in ${where}.`;
  });
  const head = '# What fails now, from worst to mildest; enabled: false switches a check off, severity: low lowers it.';
  return lines.length === 0 ? ['# Nothing fails now.', ''] : [head, '#checks:', ...lines, ''];
}

function exemptionLines(first: Failing | undefined, now: Date): string[] {
  const row = first?.rows[0];
  if (first === undefined || row === undefined) {
    return [];
  }
  const cluster = row.ClusterName === null ? '' : `cluster: ${JSON.stringify(row.ClusterName)}`;
  return [
    '# What may fail for a while, by whose approval, and until when.',
    '#exemptions:',
    `#  - check: ${first.check.id}`,
    ...(cluster === '' ? [] : [`#    match: { ${cluster} }`]),
    '#    reason: "<why; a ticket>"',
    '#    approvedBy: "<who>"',
    `#    expiresOn: ${day(new Date(now.getTime() + EXEMPT_DAYS * DAY))}`,
    '',
  ];
}

/** The tags that most clusters have, which may tell who owns them. */
function tagLines(clusters: readonly ClusterFacts[]): string[] {
  const counts = new Map<string, number>();
  for (const { tags } of clusters) {
    for (const name of Object.keys(tags)) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const found = [...counts].sort(([a, of], [b, than]) => than - of || (a < b ? -1 : 1)).slice(0, NAMES_IN_LINE);
  const listed = found.map(([name, count]) => `${name} (${count})`).join(', ');
  const owner = JSON.stringify(found[0]?.[0] ?? 'owner');
  return [
    `# Which tags say who owns a cluster and what it is for. Tags on the clusters: ${listed || 'none'}.`,
    '#ownership:',
    `#  owner: { cluster: [${owner}], resourceGroup: [${owner}] }`,
    '#  environment: { cluster: [environment] }',
    '',
  ];
}

function firstFew(names: readonly string[]): string {
  const more = names.length > NAMES_IN_LINE ? ` and ${names.length - NAMES_IN_LINE} more` : '';
  return names.slice(0, NAMES_IN_LINE).join(', ') + more;
}

function day(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
