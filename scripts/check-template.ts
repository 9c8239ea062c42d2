import { nearest } from '../shared/config/nearest';
import { ConfigError } from '../shared/config/problems';
import { SCANS, type Scan } from '../shared/model/scan';
import { camelCase, type CheckFile } from './sources';

/**
 * The two files of a new check, by path. They compile, and no test passes until every TODO is replaced: test/evaluate/catalogue.test.ts refuses the word.
 * @throws ConfigError when the check cannot have this id or belong to this scan.
 */
export function checkTemplate(id: string, scan: string, taken: readonly CheckFile[]): Map<string, string> {
  const problems = [...idProblems(id, taken), ...scanProblems(scan)];
  if (problems.length > 0) {
    throw new ConfigError('No check was written', problems);
  }
  const grain = GRAINS[scan as Scan];
  return new Map([
    [`shared/checks/${scan}/${id}.ts`, checkText(id, grain)],
    [`test/checks/${scan}/${id}.test.ts`, tableText(id, scan, grain)],
  ]);
}

function idProblems(id: string, taken: readonly CheckFile[]): string[] {
  const holder = taken.find((check) => check.id === id);
  if (holder !== undefined) {
    return [`id: there is a check "${id}" already: shared/checks/${holder.scan}/${id}.ts`];
  }
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
    return [];
  }
  const words = id
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const hint = words.length > 1 && /^[a-z]/.test(words[0] ?? '') ? `; did you mean "${words.join('-')}"?` : '';
  return [`id: got "${id}"; accepts two or more lower-case words with hyphens between them${hint}`];
}

function scanProblems(scan: string): string[] {
  return SCANS.some((known) => known === scan)
    ? []
    : [`--scan: got "${scan}"; accepts ${SCANS.join(', ')}; did you mean "${nearest(scan, SCANS)}"?`];
}

interface Grain {
  readonly factory: string;
  readonly subject: string;
  readonly words: string;
  readonly example: string;
}

const CLUSTER: Grain = { factory: 'clusterCheck', subject: 'cluster', words: 'cluster', example: 'enableRbac' };
const NODE_POOL: Grain = {
  factory: 'nodePoolCheck',
  subject: 'pool',
  words: 'node pool',
  example: 'enableNodePublicIP',
};

/** What most checks of a scan are about. */
const GRAINS: Readonly<Record<Scan, Grain>> = {
  configuration: CLUSTER,
  'node-images': NODE_POOL,
  certificates: CLUSTER,
  policy: CLUSTER,
  defender: CLUSTER,
};

function checkText(id: string, { factory, subject, words }: Grain): string {
  return `import { ${factory}, unknown } from '../../model/check';

// TODO: subscriptionCheck, clusterCheck or nodePoolCheck: what one finding is about.
export const ${camelCase(id)} = ${factory}({
  id: '${id}',
  title: 'TODO: the good state, as a statement',
  category: 'lifecycle', // TODO: the word of Category that fits
  severity: 'medium', // TODO
  checklistItem: null, // TODO: the item of CHECKLIST that it answers, or null
  rationale: 'TODO: why it matters, for a person who must decide.',
  remediation: 'TODO: a command; shared/checks/commands.ts helps',
  references: ['https://learn.microsoft.com/azure/aks/TODO'],

  evaluate({ ${subject} }) {
    // TODO: a section that it reads beside the ${words} stands in \`needs\`, a limit in \`params\`. Absent is never "good" by accident.
    return unknown('notVisible', \`TODO: judge \${${subject}.name}.\`);
  },
});
`;
}

function tableText(id: string, scan: string, { subject, example }: Grain): string {
  const name = camelCase(id);
  return `import { ${name} } from '../../../shared/checks/${scan}/${id}';
import { describeCheck } from '../../support/describe-check';

// TODO: one row for every guard of \`evaluate\`, with the whole message.
describeCheck(${name}, {
  pass: [{ when: 'TODO', given: { ${subject}: { ${example}: true } }, says: 'TODO' }],
  fail: [
    { when: 'TODO', given: { ${subject}: { ${example}: false } }, says: 'TODO' },
    { when: 'never set', given: {}, says: 'TODO' },
  ],
});
`;
}
