import { acceptedBy } from '../shared/config/baseline-schema';
import { SEVERITIES, type CatalogueEntry } from '../shared/model/check';
import type { Param } from '../shared/model/params';
import { itemTitle, onOrOff, PER } from './check-words';
import { GENERATED_MARKDOWN } from './generated';
import { anchorOf, blocks, bullets, code, codeBlock, heading, link, prose, table } from './markdown';
import type { Framework, Sources } from './sources';

/** A page for every check. */
export function generateCheckPages(sources: Sources): Map<string, string> {
  return new Map(sources.checks.map((check) => [`docs/checks/${check.id}.md`, checkPage(check, sources)]));
}

export function checkPage(check: CatalogueEntry, { frameworks, peers }: Omit<Sources, 'checks'>): string {
  return blocks(
    GENERATED_MARKDOWN,
    heading(1, prose(check.title)),
    factsOf(check),
    readsOf(check),
    section('Why it matters', prose(check.rationale)),
    section('How to put it right', codeBlock('sh', check.remediation)),
    section('Parameters', paramTable(check)),
    section('How to configure or exempt it', codeBlock('yaml', baselineExample(check))),
    section('Controls', controlList(check.id, frameworks)),
    section('In other tools', peerTable(check.id, peers)),
    section('Read more', bullets([...check.references.map((url) => `<${url}>`), filesOf(check)])),
  );
}

function section(title: string, text: string | null): string | null {
  return text === null ? null : `${heading(2, title)}\n\n${text}`;
}

function factsOf(check: CatalogueEntry): string {
  const { id, formerIds = [], scan, grain, severity, checklistItem: item, category } = check;
  return [
    code(id) + (formerIds.length > 0 ? ` (formerly ${formerIds.map(code).join(', ')})` : ''),
    `scan ${code(scan)}`,
    `one finding per ${PER[grain]}`,
    `severity ${severity}`,
    item === null ? 'no item of the checklist' : link(itemTitle(item), `README.md#${anchorOf(itemTitle(item))}`),
    `category ${code(category)}`,
    `${onOrOff(check)} by default`,
  ].join(' · ');
}

function readsOf({ needs, uses, flaps, strict }: CatalogueEntry): string {
  const facts = [
    needs.length > 0 ? `Needs ${needs.map(code).join(', ')}; when unread, the answer is \`unknown\`.` : null,
    uses.length > 0 ? `Uses ${uses.map(code).join(', ')}; when unread, it decides without.` : null,
    needs.length + uses.length === 0 ? 'Reads nothing but the list of clusters.' : null,
    strict === null ? null : `Under the profile \`strict\`: ${prose(strict)}.`,
    flaps ? 'Azure is known to show stale values here, so a change is told only after a second reading.' : null,
  ];
  return facts.filter((fact) => fact !== null).join(' ');
}

function paramTable({ params }: CatalogueEntry): string | null {
  const rows = Object.entries(params).map(([name, param]) => [
    code(name),
    code(JSON.stringify(param.default)),
    prose(acceptedBy(param)),
    prose(param.description),
    stricterWord(param),
  ]);
  return rows.length > 0 ? table(['Parameter', 'Default', 'Accepts', 'Meaning', 'Stricter'], rows) : null;
}

function stricterWord(param: Param): string {
  return param.kind === 'text' ? 'the default' : String(param.stricter);
}

function filesOf({ scan, id }: CatalogueEntry): string {
  const check = link('How it decides', `../../shared/checks/${scan}/${id}.ts`);
  return `${check}, and ${link('case by case', `../../test/checks/${scan}/${id}.test.ts`)}`;
}

function comesFromGateways(param: Param): boolean {
  return param.kind === 'list' && param.items === 'applicationGateway';
}

const SCOPE = {
  subscription: 'subscription: 00000000-0000-0000-0000-*',
  cluster: 'cluster: aks-legacy-*',
  nodePool: 'cluster: aks-legacy-*, nodePool: batch*',
} as const;

/** A whole baseline file: the check with its default settings, and an exemption. */
export function baselineExample({ id, params, onByDefault, severity, grain }: CatalogueEntry): string {
  const [first] = Object.entries(params).filter(([, param]) => !comesFromGateways(param));
  return [
    'version: 1',
    'checks:',
    `  ${id}:`,
    onByDefault ? '    enabled: true # false switches it off' : '    enabled: true # it is off by default',
    `    severity: ${severity} # one of ${SEVERITIES.join(', ')}`,
    ...(first === undefined ? [] : ['    params:', `      ${first[0]}: ${JSON.stringify(first[1].default)}`]),
    'exemptions:',
    `  - check: ${id}`,
    `    match: { ${SCOPE[grain]} }`,
    '    reason: Why it is accepted; ticket 4711.',
    '    approvedBy: Platform team',
    '    expiresOn: 2027-03-31',
  ].join('\n');
}

function controlList(checkId: string, frameworks: readonly Framework[]): string | null {
  const lines = frameworks.flatMap(({ framework, title, source, requirements }) => {
    const answered = requirements.filter(({ checks }) => checks.includes(checkId));
    const head = `- ${link(prose(title), `../controls/${framework}.md`)} (${link('source', source)})`;
    return answered.length > 0 ? [head, ...answered.map(({ id, title: on }) => `  - ${code(id)} ${prose(on)}`)] : [];
  });
  return lines.length > 0 ? lines.join('\n') : null;
}

function peerTable(checkId: string, peers: Sources['peers']): string | null {
  const rows = Object.values(peers).flatMap(({ title, source, checks }) => {
    const ids = checks[checkId];
    return ids === undefined ? [] : [[link(prose(title), source), ids.map(code).join(', ') || 'id not noted']];
  });
  return rows.length > 0 ? table(['Tool', 'There'], rows) : null;
}
