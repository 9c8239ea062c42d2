import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './generated';
import { blocks, table, withSection } from './markdown';
import { simulatedMonth, type MonthRows } from './month';

/**
 * US dollars, list prices of East US without any agreement, as known on 2026-11-25. They change and differ by region: look them up on
 * https://azure.microsoft.com/pricing/details/monitor, /functions and /storage/blobs before you rely on a sum. In quotes stand the meters,
 * as https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices lists them.
 */
const PRICES = {
  /** A GB into an Analytics table: "Analytics Logs Data Ingestion". The first 5 GB of a billing account and month, which are free, are not taken off. */
  ingestion: 2.3,
  /** A GB kept for a month, beyond those that ingestion pays for: "Analytics Logs Data Retention". */
  retention: 0.1,
  /** A log alert rule for a month, by how often it is evaluated; from 15 minutes on it is the same: "Alerts System Log Monitored at 5 Minute Frequency". */
  rule: { often: 1.5, seldom: 0.5 },
  /** Each further group that a rule finds, for a month: "Alerts Resource Monitored at 15 Minute Frequency". */
  group: 0.05,
  /** A metric that an alert watches, for a month: "Alerts Metric Monitored". The first ten, which are free, are not taken off. */
  metric: 0.1,
  /** Flex Consumption: "On Demand Execution Time", a GB for a second, and "On Demand Total Executions", one of them; so many are free. */
  ...{ gbSecond: 0.000026, execution: 0.0000004, freeGbSeconds: 100_000, freeExecutions: 250_000 },
  /** Blob storage, one region: "Hot LRS Data Stored", a GB for a month, and "Hot LRS Write Operations", one of them. */
  ...{ blobGb: 0.0208, blobWrite: 0.000005 },
};

/** What no simulation tells. */
const ASSUMED = {
  clustersPerSubscription: 20,
  /** Seconds of a scan: so many, and so many more for each cluster. */
  ...{ scanSeconds: 5, scanSecondsPerCluster: 0.2 },
  instanceGb: 0.5,
  /** What the Functions host tells Application Insights of one scan. */
  telemetryBytesPerScan: 20_000,
  /** Failing findings and the like for which an alert is open at any time. */
  openGroupsPerCluster: 0.5,
  stateBytesPerCluster: 5_000,
};

const DAYS = 30.4;
/** Ingestion pays for so many days of keeping. https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure */
const FREE_DAYS = 31;
/** Interactive days of drift and compliance in infra/tables.bicep; the rows of runs are too few to count. */
const KEPT_DAYS = 400;
/** Days for which overwritten states are kept: infra/modules/storage.bicep. */
const VERSION_DAYS = 14;
/** Scans of a subscription a day, by the schedules in infra/app.bicep. */
const SCANS_A_DAY = 24 + 3 * 4 + 1;

const SIZES = [10, 100, 1000];

const PAGE = 'docs/deploy.md';

/** What the rows of the simulated month weigh. */
export interface Measured {
  readonly rowsPerClusterDay: number;
  readonly bytesPerRow: number;
  readonly eventsPerClusterMonth: number;
  readonly bytesPerEvent: number;
  readonly bytesPerRun: number;
}

/** US dollars a month. */
export type Cost = Readonly<Record<'ingestion' | 'retention' | 'alerts' | 'functions' | 'storage' | 'total', number>>;

/** Bytes are those of the JSON that is sent; Log Analytics counts values without names, which is less. */
export function measure(month: MonthRows): Measured {
  const { AksCompliance_CL: rows, AksDrift_CL: events, AksMonitorRun_CL: runs } = month;
  const ofClusters = rows.filter(({ ClusterId }) => ClusterId !== '');
  const clusterDays = new Set(
    ofClusters.map(({ ClusterId, ObservedAt }) => `${String(ClusterId)} ${dayOf(ObservedAt)}`),
  );
  const days = new Set(rows.map(({ ObservedAt }) => dayOf(ObservedAt)));
  return {
    rowsPerClusterDay: rows.length / clusterDays.size,
    bytesPerRow: meanBytes(rows),
    eventsPerClusterMonth: (events.length / (clusterDays.size / days.size)) * (DAYS / days.size),
    bytesPerEvent: meanBytes(events),
    bytesPerRun: meanBytes(runs),
  };
}

function dayOf(moment: unknown): string {
  return String(moment).slice(0, 10);
}

function meanBytes(rows: readonly object[]): number {
  return rows.reduce((sum, row) => sum + Buffer.byteLength(JSON.stringify(row)), 0) / rows.length;
}

/** What a month costs once the tables are as old as they get. */
export function monthlyCost(clusters: number, measured: Measured): Cost {
  const subscriptions = Math.ceil(clusters / ASSUMED.clustersPerSubscription);
  const scans = SCANS_A_DAY * DAYS * subscriptions;
  const rowsGb =
    (clusters *
      (measured.rowsPerClusterDay * DAYS * measured.bytesPerRow +
        measured.eventsPerClusterMonth * measured.bytesPerEvent)) /
    1e9;
  const runsGb = (scans * (measured.bytesPerRun + ASSUMED.telemetryBytesPerScan)) / 1e9;
  const parts = {
    ingestion: (rowsGb + runsGb) * PRICES.ingestion,
    retention: (rowsGb / DAYS) * (KEPT_DAYS - FREE_DAYS) * PRICES.retention,
    alerts: alertCost(clusters),
    functions: functionsCost(scans, clusters / subscriptions),
    storage: storageCost(scans, clusters / subscriptions),
  };
  return { ...parts, total: Object.values(parts).reduce((sum, part) => sum + part, 0) };
}

function alertCost(clusters: number): number {
  const rules = readdirSync(join(ROOT, 'infra/alerts'))
    .filter((file) => file.endsWith('.json'))
    .map(
      (file) => JSON.parse(readFileSync(join(ROOT, 'infra/alerts', file), 'utf8')) as { evaluationFrequency: string },
    )
    .map(({ evaluationFrequency }) => (evaluationFrequency === 'PT5M' ? PRICES.rule.often : PRICES.rule.seldom));
  const ingestionRules = 2 * PRICES.metric;
  const groups = clusters * ASSUMED.openGroupsPerCluster * PRICES.group;
  return rules.reduce((sum, price) => sum + price, ingestionRules + groups);
}

function functionsCost(scans: number, clustersPerSubscription: number): number {
  const seconds = ASSUMED.scanSeconds + ASSUMED.scanSecondsPerCluster * clustersPerSubscription;
  const gbSeconds = Math.max(0, scans * seconds * ASSUMED.instanceGb - PRICES.freeGbSeconds);
  const executions = Math.max(0, scans + SCANS_A_DAY * DAYS - PRICES.freeExecutions);
  return gbSeconds * PRICES.gbSecond + executions * PRICES.execution;
}

/** A scan saves its state twice: before rows are sent, and after. */
function storageCost(scans: number, clustersPerSubscription: number): number {
  const keptGb = (2 * scans * (VERSION_DAYS / DAYS) * clustersPerSubscription * ASSUMED.stateBytesPerCluster) / 1e9;
  return keptGb * PRICES.blobGb + 2 * scans * PRICES.blobWrite;
}

const MEASURED: Readonly<Record<keyof Measured, string>> = {
  rowsPerClusterDay: 'compliance rows of a cluster with two node pools, a day',
  bytesPerRow: 'bytes of a compliance row',
  eventsPerClusterMonth: 'drift events of a cluster, a month',
  bytesPerEvent: 'bytes of a drift event',
  bytesPerRun: 'bytes of a run row',
};

const PARTS: Readonly<Record<keyof Cost, string>> = {
  ingestion: 'rows into the workspace',
  retention: 'rows kept for 400 days',
  alerts: 'alert rules',
  functions: 'functions',
  storage: 'storage',
  total: 'total',
};

/** What was measured, in whole numbers, and what comes of them. */
export function costSection(measured: Measured): string {
  const costs = SIZES.map((clusters) => monthlyCost(clusters, measured));
  return blocks(
    table(
      ['Measured over the simulated month', ''],
      Object.entries(MEASURED).map(([name, says]) => [says, String(measured[name as keyof Measured])]),
    ),
    table(
      ['US dollars a month', ...SIZES.map((clusters) => `${clusters} clusters`)],
      Object.entries(PARTS).map(([part, says]) => [says, ...costs.map((cost) => cost[part as keyof Cost].toFixed(2))]),
    ),
  );
}

/** What the section of a page says was measured. */
export function measuredIn(page: string): Measured {
  const entries = Object.entries(MEASURED).map(([name, says]) => {
    const [, cell = ''] = page.split(`| ${says}`)[1]?.split('|') ?? [];
    return [name, Number(cell)];
  });
  return Object.fromEntries(entries) as Record<keyof Measured, number>;
}

/** Writes the section of docs/deploy.md. */
async function main(): Promise<void> {
  const measured = measure(await simulatedMonth());
  const rounded = Object.fromEntries(
    (Object.keys(measured) as (keyof Measured)[]).map((name) => [name, Math.round(measured[name])]),
  ) as Record<keyof Measured, number>;
  const section = costSection(rounded);
  const page = join(ROOT, PAGE);
  writeFileSync(page, withSection(PAGE, readFileSync(page, 'utf8'), 'cost', section));
}

if (require.main === module) {
  void main();
}
