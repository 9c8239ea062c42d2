import { readAlertRules, type AlertRule } from '../../scripts/alert-rules';
import { workspaceColumns } from '../../simulator/kql/workspace';
import { watch, type Alert, type Workspace } from '../../simulator/log-alerts';
import { time, type Sent } from './rows';

interface Case {
  readonly when: string;
  readonly rows: readonly Sent[];
  /** The last evaluation; the first is at `2 00:00`. */
  readonly until?: string;
  /** The values of the dimensions, from when, and to when if it resolved: `aks-a team-a: 2 03:15 to 4 00:45`. */
  readonly alerts: readonly string[];
}

const COLUMNS = workspaceColumns();
const FIRST = '2 00:00';

/** @throws Error when there is no such rule. */
export function ruleNamed(name: string): AlertRule {
  const rule = readAlertRules().find((each) => each.name === name);
  if (rule === undefined) {
    throw new Error(`There is no alert rule ${name}`);
  }
  return rule;
}

/** A workspace that holds these rows, each from when it was ingested. */
export function workspaceOf(rows: readonly Sent[], columns = COLUMNS): Workspace {
  return {
    columns,
    rowsAt: (moment) => {
      const visible = rows.filter(({ ingestedAt }) => ingestedAt <= moment);
      return Object.fromEntries(
        Object.keys(columns).map((name) => [name, visible.filter(({ table }) => table === name).map(({ row }) => row)]),
      );
    },
  };
}

/** What a rule says about rows, from the first evaluation to the last. */
export function alertsOf(name: string, rows: readonly Sent[], until = '3 00:00'): Alert[] {
  return watch(ruleNamed(name), workspaceOf(rows), new Date(time(FIRST)), new Date(time(until)));
}

/** One test for each case. */
export function describeRule(name: string, cases: readonly Case[]): void {
  describe(name, () => {
    it.each(cases)('$when', ({ rows, until, alerts }) => {
      expect(alertsOf(name, rows, until).map(told)).toEqual(alerts);
    });
  });
}

function told({ dimensions, firedAt, resolvedAt }: Alert): string {
  const values = Object.values(dimensions).join(' ');
  return `${values}: ${moment(firedAt)}${resolvedAt === null ? '' : ` to ${moment(resolvedAt)}`}`;
}

function moment(date: Date): string {
  return `${date.getUTCDate()} ${date.toISOString().slice(11, 16)}`;
}
