import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { readAlertRules, type AlertRule } from './alert-rules';
import { ROOT } from './generated';
import { code, table, withSection } from './markdown';

const GUIDE = 'docs/alerts.md';

/** The alert rules for the Bicep, and their table in the guide; the rest of the guide is written by hand. */
export function generateAlertRules(): Map<string, string> {
  const rules = readAlertRules();
  return new Map([
    ['infra/modules/alert-rules.json', JSON.stringify(rules)],
    [GUIDE, withSection(GUIDE, readFileSync(join(ROOT, GUIDE), 'utf8'), 'rules', rulesTable(rules))],
  ]);
}

function rulesTable(rules: readonly AlertRule[]): string {
  return table(
    ['Rule', 'Says', 'Severity', 'Evaluated', 'Looks back', 'One alert for each', 'Cost'],
    [...rules]
      .sort((one, other) => one.severity - other.severity)
      .map((rule) => [
        code(rule.name),
        rule.description,
        String(rule.severity),
        `every ${words(rule.evaluationFrequency)}`,
        words(rule.overrideQueryTimeRange ?? rule.windowSize),
        rule.dimensions.map(code).join(', ') || (rule.autoMitigate ? 'time that it holds' : 'evaluation'),
        rule.cost,
      ]),
  );
}

const UNITS: Readonly<Record<string, string>> = { D: 'day', H: 'hour', M: 'minute' };

/** `PT15M` as people say it. */
function words(duration: string): string {
  const [, count = '', unit = ''] = /(\d+)([DHM])$/.exec(duration) ?? [];
  const name = UNITS[unit] ?? unit;
  return count === '1' ? name : `${count} ${name}s`;
}
