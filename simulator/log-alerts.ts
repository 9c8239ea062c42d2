import { runQuery, type KqlTable, type KqlType } from './kql/index';

/**
 * A log search alert rule, in the words of `Microsoft.Insights/scheduledQueryRules`; durations are ISO 8601.
 * It counts rows, and its condition is that there are any, at one evaluation.
 */
export interface LogAlertRule {
  readonly name: string;
  readonly query: string;
  readonly evaluationFrequency: string;
  readonly windowSize: string;
  readonly overrideQueryTimeRange: string | null;
  /** True: stateful, the alert resolves when the condition has not been met for a while. */
  readonly autoMitigate: boolean;
  /** Columns of the result; each combination of their values is an alert of its own. */
  readonly dimensions: readonly string[];
}

type Row = Record<string, unknown>;

/** By table, the names and types of its columns. */
export type Columns = Readonly<Record<string, Readonly<Record<string, KqlType>>>>;

/** A Log Analytics workspace as a rule sees it. */
export interface Workspace {
  readonly columns: Columns;
  /** By table, the rows that a query at that moment can see: those that were ingested by then. */
  readonly rowsAt: (moment: Date) => Readonly<Record<string, readonly Row[]>>;
}

/** An alert that fired. */
export interface Alert {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly firedAt: Date;
  /** Null while it stands; a stateless one never resolves. */
  readonly resolvedAt: Date | null;
  /** The rows of the result that it fired for. */
  readonly rows: readonly Row[];
}

/** A rule that Azure would refuse, could not evaluate, or would not evaluate as it is meant. */
class LogAlertError extends Error {
  override readonly name = 'LogAlertError';

  constructor(rule: LogAlertRule, problem: string) {
    super(`Alert rule ${rule.name}: ${problem}`);
  }
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-create-log-alert-rule
const MAX_RANGE = 2 * DAY;
const MAX_DIMENSIONS = 6;
const MAX_BYTES = 64 * 1024;
const DIMENSION_TYPES: readonly KqlType[] = ['string', 'int', 'long', 'real'];
const FREQUENCIES = [1, 5, 10, 15, 30, 45, 60, 120, 180, 240, 300, 360, 1440].map((minutes) => minutes * MINUTE);
const WINDOWS = [...FREQUENCIES, MAX_RANGE];

// https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#alerts
const MAX_ALERTS_STATEFUL = 300;
const MAX_ALERTS_STATELESS = 6000;

/**
 * After how many evaluations in a row without the condition a stateful alert resolves, by the longest frequency.
 * 15 minutes stand in two rows of the page; the longer wait is taken.
 * https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview#stateful-alerts
 */
const RESOLVES_AFTER: readonly (readonly [longest: number, evaluations: number])[] = [
  [MINUTE, 10],
  [15 * MINUTE, 3],
  [11 * HOUR, 2],
  [12 * HOUR, 1],
];

/** What a query may not hold, and why. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/\b(bag_unpack|pivot|narrow)\b/, 'is not supported in alert rules'],
  [/\bAggregatedValue\b/, 'is a reserved word'],
  [/\bago\((?!\s*\d+(d|h|m|s)\s*\))[^)]*\)?/, 'must have a literal as its argument'],
];

/**
 * Analyses a rule as Azure does when it is saved.
 * @throws LogAlertError for what breaks a limit, KqlError for what the query language refuses.
 */
export function checkRule(rule: LogAlertRule, columns: Columns): void {
  const problem = [...settingProblems(rule), ...queryProblems(rule, columns)][0];
  if (problem !== undefined) {
    throw new LogAlertError(rule, problem);
  }
}

function settingProblems(rule: LogAlertRule): string[] {
  const frequency = milliseconds(rule, rule.evaluationFrequency);
  const window = milliseconds(rule, rule.windowSize);
  const checks: readonly (readonly [boolean, string])[] = [
    [FREQUENCIES.includes(frequency), `the frequency ${rule.evaluationFrequency} is none that Azure offers`],
    [WINDOWS.includes(window), `the window ${rule.windowSize} is none that Azure offers`],
    [rangeOf(rule) <= MAX_RANGE, 'the query range is longer than two days'],
    [rangeOf(rule) >= window, 'the query range is shorter than the window'],
    [rule.dimensions.length <= MAX_DIMENSIONS, `${rule.dimensions.length} dimensions are more than ${MAX_DIMENSIONS}`],
    [Buffer.byteLength(JSON.stringify(rule)) <= MAX_BYTES, 'its properties are longer than 64 KB'],
    [!rule.autoMitigate || resolvesAfter(frequency) !== null, 'a frequency over 12 hours cannot be stateful'],
  ];
  return checks.filter(([holds]) => !holds).map(([, problem]) => problem);
}

function queryProblems(rule: LogAlertRule, columns: Columns): string[] {
  const forbidden = FORBIDDEN.flatMap(([pattern, why]) => {
    const found = pattern.exec(rule.query);
    return found === null ? [] : [`'${found[0]}' ${why}`];
  });
  if (forbidden.length > 0) {
    return forbidden;
  }
  const result = runQuery(rule.query, tablesOf(columns, {}), { now: new Date(0) }).columns;
  const dimensions = rule.dimensions.flatMap((dimension) => {
    const type = result.find(({ name }) => name === dimension)?.type;
    if (type === undefined) {
      return [`the dimension ${dimension} is no column of the result`];
    }
    return DIMENSION_TYPES.includes(type) ? [] : [`the dimension ${dimension} is ${type}, not text or a number`];
  });
  // Azure sorts rows into windows by such a column, and looks at the last window only: a row about last week would not count.
  const times = result
    .filter(({ type }) => type === 'datetime')
    .map(({ name }) => `${name} of the result is a datetime`);
  return [...dimensions, ...times];
}

/** Evaluates a rule once over the rows of its range: the groups of rows that meet its condition. */
function evaluate(rule: LogAlertRule, columns: Columns, seen: Tables, now: Date): Group[] {
  const { rows } = runQuery(rule.query, tablesOf(columns, seen), { now });
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const dimensions = Object.fromEntries(rule.dimensions.map((name) => [name, String(row[name])]));
    const key = JSON.stringify(dimensions);
    const group = groups.get(key) ?? { dimensions, rows: [] };
    group.rows.push(row);
    groups.set(key, group);
  }
  const limit = rule.autoMitigate ? MAX_ALERTS_STATEFUL : MAX_ALERTS_STATELESS;
  if (groups.size > limit) {
    throw new LogAlertError(rule, `${groups.size} alerts in one evaluation are more than ${limit}`);
  }
  return [...groups.values()];
}

type Tables = Readonly<Record<string, readonly Row[]>>;

/** Evaluates a rule again and again; a query that does not read the clock answers the same while it sees the same rows of its tables. */
function evaluator(rule: LogAlertRule, { columns, rowsAt }: Workspace): (now: Date) => readonly Group[] {
  const readsClock = /\b(ago|now)\(/.test(rule.query);
  const names = Object.keys(columns).filter((name) => new RegExp(`\\b${name}\\b`).test(rule.query));
  let last: { readonly seen: Tables; readonly met: readonly Group[] } | undefined;
  return (now) => {
    const visible = rowsAt(now);
    const seen = inRange(rule, Object.fromEntries(names.map((name) => [name, visible[name] ?? []])), now);
    const isSame = last !== undefined && !readsClock && areSame(last.seen, seen);
    const met = last !== undefined && isSame ? last.met : evaluate(rule, columns, seen, now);
    last = { seen, met };
    return met;
  };
}

function areSame(before: Tables, now: Tables): boolean {
  return Object.entries(now).every(([name, rows]) => {
    const known = before[name] ?? [];
    return rows.length === known.length && rows.every((row, index) => row === known[index]);
  });
}

interface Group {
  readonly dimensions: Readonly<Record<string, string>>;
  readonly rows: Row[];
}

/**
 * Evaluates a rule from one moment to another, as often as its frequency says.
 * A stateless rule fires at every evaluation that meets its condition, a stateful one once until it resolves:
 * https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-overview#alerts-and-state
 * @returns the alerts in the order in which they fired.
 * @throws LogAlertError for what breaks a limit.
 */
export function watch(rule: LogAlertRule, workspace: Workspace, from: Date, to: Date): Alert[] {
  checkRule(rule, workspace.columns);
  const frequency = milliseconds(rule, rule.evaluationFrequency);
  const evaluateAt = evaluator(rule, workspace);
  const alerts: Standing[] = [];
  for (let time = from.getTime(); time <= to.getTime(); time += frequency) {
    const now = new Date(time);
    const met = evaluateAt(now);
    if (rule.autoMitigate) {
      step(alerts, met, now, resolvesAfter(frequency) ?? Infinity);
    } else {
      alerts.push(...met.map((group) => fired(group, now)));
    }
  }
  return alerts.map(({ dimensions, firedAt, resolvedAt, rows }) => ({ dimensions, firedAt, resolvedAt, rows }));
}

interface Standing extends Group {
  readonly firedAt: Date;
  resolvedAt: Date | null;
  /** Evaluations in a row that did not meet the condition. */
  unmet: number;
}

function fired(group: Group, firedAt: Date): Standing {
  return { ...group, firedAt, resolvedAt: null, unmet: 0 };
}

function step(alerts: Standing[], met: readonly Group[], now: Date, patience: number): void {
  const open = new Map(
    alerts.filter(({ resolvedAt }) => resolvedAt === null).map((alert) => [JSON.stringify(alert.dimensions), alert]),
  );
  for (const alert of open.values()) {
    alert.unmet += 1;
  }
  for (const group of met) {
    const known = open.get(JSON.stringify(group.dimensions));
    if (known === undefined) {
      alerts.push(fired(group, now));
    } else {
      known.unmet = 0;
    }
  }
  for (const alert of open.values()) {
    alert.resolvedAt = alert.unmet >= patience ? now : null;
  }
}

function resolvesAfter(frequency: number): number | null {
  return RESOLVES_AFTER.find(([longest]) => frequency <= longest)?.[1] ?? null;
}

/** How far back the query sees, by `TimeGenerated`: also a query that asks for more. */
function rangeOf(rule: LogAlertRule): number {
  return milliseconds(rule, rule.overrideQueryTimeRange ?? rule.windowSize);
}

function inRange(rule: LogAlertRule, tables: Tables, now: Date): Tables {
  const earliest = now.getTime() - rangeOf(rule);
  const isSeen = (row: Row): boolean => {
    const time = sentAt(row);
    return time >= earliest && time <= now.getTime();
  };
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.filter(isSeen)]));
}

const sentTimes = new WeakMap<Row, number>();

/** Of a row, which is asked again at every evaluation. */
function sentAt(row: Row): number {
  const time = sentTimes.get(row) ?? Date.parse(String(row.TimeGenerated));
  sentTimes.set(row, time);
  return time;
}

function tablesOf(columns: Columns, rows: Tables): Record<string, KqlTable> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, each]) => [name, { columns: { ...each }, rows: [...(rows[name] ?? [])] }]),
  );
}

/** @throws LogAlertError for a duration that is not one of days, hours or minutes. */
function milliseconds(rule: LogAlertRule, duration: string): number {
  const [, days, hours, minutes] = /^P(?:(\d+)D|T(\d+)H|T(\d+)M)$/.exec(duration) ?? [];
  const found = days ?? hours ?? minutes;
  if (found === undefined) {
    throw new LogAlertError(rule, `${duration} is none of P2D, PT3H and PT15M in their form`);
  }
  return Number(found) * (days !== undefined ? DAY : hours !== undefined ? HOUR : MINUTE);
}
