import { readAlertRules, type AlertRule } from '../../scripts/alert-rules';
import { CATALOGUE } from '../../shared/checks';
import { workspaceColumns } from '../../simulator/kql/workspace';
import { checkRule, watch } from '../../simulator/log-alerts';
import { ruleNamed, workspaceOf } from './describe-rule';
import { state, time, type Sent } from './rows';
import { SAMPLES } from './samples';

const RULES = readAlertRules();
const NAMES = RULES.map(({ name }) => name);
const MORE = '249 of 300 have an alert of their own; the workbook shows all.';
const NOON = new Date(time('2 12:00'));

/** How many alerts one evaluation opens, after all rows have come. */
function count(rule: AlertRule, rows: readonly Sent[], columns = workspaceColumns()): number {
  return watch(rule, workspaceOf(rows, columns), NOON, NOON).length;
}

function sampleOf(name: string): readonly Sent[] {
  return SAMPLES[name]?.(1) ?? [];
}

it('every rule has its sample', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(NAMES);
});

describe.each(NAMES)('%s', (name) => {
  const rule = ruleNamed(name);

  it('keeps the limits of Azure, and every name in it is a column of infra/schema', () => {
    expect(() => {
      checkRule(rule, workspaceColumns());
    }).not.toThrow();
  });

  it('names checks that exist', () => {
    const named = [...rule.query.matchAll(/CheckId (?:==|in) (\([^)]*\)|'[^']*')/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'([^']*)'/g)].map(([, id]) => id),
    );
    const unknown = named.filter((id) => !CATALOGUE.some((check) => check.id === id));

    expect({ rule: name, unknown }).toEqual({ rule: name, unknown: [] });
  });

  it('fires for its sample, and says what happened', () => {
    const alerts = watch(rule, workspaceOf(sampleOf(name)), NOON, NOON);

    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.rows[0]?.Message).toEqual(expect.stringMatching(/./));
  });

  it('runs over rows that a later version sent, with columns that it does not know', () => {
    const columns = Object.entries(workspaceColumns()).map(([table, known]) => [table, { ...known, Later: 'dynamic' }]);
    const rows = sampleOf(name).map((sent) => ({ ...sent, row: { ...sent.row, Later: { more: 1 } } }));

    expect(count(rule, rows, Object.fromEntries(columns) as ReturnType<typeof workspaceColumns>)).toBe(1);
  });

  it('can be evaluated over rows of an earlier version, in which any column may be null', () => {
    for (const [table, columns] of Object.entries(workspaceColumns())) {
      for (const column of Object.keys(columns).filter((each) => each !== 'TimeGenerated')) {
        const rows = sampleOf(name).map((sent) =>
          sent.table === table ? { ...sent, row: { ...sent.row, [column]: null } } : sent,
        );

        expect(() => count(rule, rows)).not.toThrow();
      }
    }
  });

  it('opens at most 250 alerts, and tells of those that have none of their own', () => {
    const alone = Array.from({ length: 300 }, (_, number) => SAMPLES[name]?.(number) ?? []).flat();
    const alerts = watch(rule, workspaceOf(alone), NOON, NOON);

    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts.length).toBeLessThanOrEqual(250);
    const cut = alerts.filter(({ rows: [row] }) => row?.Message === MORE);
    expect(cut).toHaveLength(alerts.length === 250 ? 1 : 0);
  });
});

describe.each(['drift', 'defender-or-policy-off', 'node-image-beyond-grace'])(
  'of more findings than alerts, %s',
  (name) => {
    const keys = (rows: readonly Sent[]): string[] =>
      watch(ruleNamed(name), workspaceOf(rows), NOON, NOON).map(({ dimensions: { FindingId } }) => FindingId ?? '');
    const failing = (number: number, since: string, severity = 'high'): Sent => {
      const [sent] = SAMPLES[name]?.(number) ?? [];
      const row = { ...sent?.row, Since: time(since), Severity: severity };
      return { ...state({ at: since, check: 'sku-tier' }), ...sent, row };
    };

    it('pushes none out that is open: the oldest come first', () => {
      const old = Array.from({ length: 249 }, (_, index) => failing(999 - index, '2 03:00'));
      const more = Array.from({ length: 51 }, (_, index) => failing(100 + index, '2 04:00'));

      expect(keys([...more, ...old]).sort()).toEqual([...keys(old), 'more'].sort());
    });

    it('tells of a new one that is worse, in place of a milder one', () => {
      const old = Array.from({ length: 248 }, (_, index) => failing(999 - index, '2 03:00', 'critical'));
      const mild = failing(300, '1 03:00');
      const worse = failing(100, '2 04:00', 'critical');

      expect(keys([mild, ...old, worse]).sort()).toEqual([...keys(old), ...keys([worse]), 'more'].sort());
    });
  },
);

it('what drifted is defined alike in every rule that reads it', () => {
  const definitions = RULES.flatMap(({ query }) => /let news = [^;]*;/.exec(query) ?? []);

  expect(definitions).toHaveLength(6);
  expect(new Set(definitions).size).toBe(1);
});
