import { readAlertRules } from '../../scripts/alert-rules';
import { watch } from '../../simulator/log-alerts';
import { readSettings } from '../../shared/config/settings';
import { prepareDrill } from '../../shared/run/drill';
import { HOUR } from '../support/cli';
import { openScanner } from '../run/scanner';
import { workspaceOf } from './describe-rule';
import type { Sent } from './rows';

const MINUTE = 60_000;

it('a drill fires one production rule and no other, and ends it', async () => {
  const scanner = await openScanner();
  const tables = ['AksDrift_CL', 'AksCompliance_CL'] as const;
  const drill = async (step: 'open' | 'resolve'): Promise<Sent[]> => {
    const settings = readSettings({ ...scanner.environment, AKS_DRIFT_NOW: scanner.now }, 'cli');
    const problems = await (await prepareDrill(settings))[step]();
    if (problems.length > 0) {
      throw new Error(problems.join('; '));
    }
    const ingestedAt = new Date(Date.parse(scanner.now) + 2 * MINUTE);
    return tables.flatMap((table) => scanner.newRows(table).map((row) => ({ table, row, ingestedAt })));
  };
  const begin = new Date(scanner.now);
  scanner.pass(10 * MINUTE);
  const opened = await drill('open');
  scanner.pass(HOUR);
  const resolved = await drill('resolve');
  scanner.pass(3 * HOUR);

  expect([opened.length, resolved.length]).toEqual([2, 2]);
  const workspace = workspaceOf([...opened, ...resolved]);
  const rules = readAlertRules().filter(({ name }) => name !== 'monitor-silent');
  const alerts = rules.flatMap((rule) =>
    watch(rule, workspace, begin, new Date(scanner.now)).map(({ dimensions, firedAt, resolvedAt }) => ({
      rule: rule.name,
      cluster: dimensions.Cluster,
      after: [firedAt, resolvedAt].map((at) => (at === null ? null : (at.getTime() - begin.getTime()) / MINUTE)),
    })),
  );
  expect(alerts).toEqual([{ rule: 'api-server-opened', cluster: 'aks-drift-drill', after: [15, 85] }]);
});
