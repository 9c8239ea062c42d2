import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CATALOGUE } from '../../shared/checks';
import type { CatalogueEntry } from '../../shared/model/check';
import { SCANS } from '../../shared/model/scan';

const ROOT = join(__dirname, '../..');
const PLACEHOLDERS = ['subscriptionId', 'resourceGroup', 'cluster', 'nodePool'];
const MAX_LINES = 80;

function fileOf({ scan, id }: CatalogueEntry): string {
  return join(ROOT, 'shared/checks', scan, `${id}.ts`);
}

function tableOf({ scan, id }: CatalogueEntry): string {
  return join(ROOT, 'test/checks', scan, `${id}.test.ts`);
}

function placeholdersIn(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

const ALL = CATALOGUE.map((check) => [check.id, check] as const);

describe('the catalogue', () => {
  it('holds every check file, under the scan whose folder it stands in', () => {
    const files = SCANS.flatMap((scan) =>
      readdirSync(join(ROOT, 'shared/checks', scan)).map((file) => `${scan}/${file}`),
    );

    expect(CATALOGUE.map(({ scan, id }) => `${scan}/${id}.ts`).sort()).toEqual(files.sort());
  });

  it('names no id twice, former ones included', () => {
    const ids = CATALOGUE.flatMap(({ id, formerIds = [] }) => [id, ...formerIds]);

    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('gives every scan something to do', () => {
    expect(SCANS.filter((scan) => !CATALOGUE.some((check) => check.scan === scan))).toEqual([]);
  });
});

describe.each(ALL)('%s', (id, check) => {
  it('has an id of lower-case words', () => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  it('has a table of cases under the same name, for this check', () => {
    const test = tableOf(check);

    expect(existsSync(test) ? readFileSync(test, 'utf8') : `${test} is missing`).toContain(
      `shared/checks/${check.scan}/${id}'`,
    );
  });

  it('is finished, and so is its table', () => {
    const files = [fileOf(check), tableOf(check)].filter(existsSync);

    expect(files.filter((file) => /\bTODO\b/.test(readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('has a title that states the good state', () => {
    expect(check.title).toMatch(/^[A-Z]/);
    expect(check.title).not.toMatch(/^(ensure|check|verify|make sure|should)\b|\.$|[{}\n]/i);
    expect(check.title.length).toBeLessThanOrEqual(90);
  });

  it('says why', () => {
    expect(check.rationale.length).toBeGreaterThan(40);
    expect(check.rationale).toMatch(/\.$/);
  });

  it('says what to do, with known placeholders only', () => {
    expect(check.remediation.trim()).not.toBe('');
    expect(placeholdersIn(check.remediation).filter((name) => !PLACEHOLDERS.includes(name))).toEqual([]);
  });

  it('fills only names that its subject has', () => {
    const without = { subscription: ['resourceGroup', 'cluster', 'nodePool'], cluster: ['nodePool'], nodePool: [] };
    const missing: readonly string[] = without[check.grain];

    expect(placeholdersIn(check.remediation).filter((name) => missing.includes(name))).toEqual([]);
  });

  it('cites where it comes from', () => {
    expect(check.references.length).toBeGreaterThan(0);
    expect(check.references.filter((url) => !(URL.canParse(url) && url.startsWith('https://')))).toEqual([]);
    expect(new Set(check.references).size).toBe(check.references.length);
  });

  it('has parameters that a baseline file can hold', () => {
    expect(JSON.parse(JSON.stringify(check.params))).toEqual(check.params);
    const numbers = Object.values(check.params).filter((param) => param.kind === 'number');
    expect(numbers.filter((param) => param.default < param.min || param.default > param.max)).toEqual([]);
  });

  it('has a revision that counts', () => {
    expect(Number.isInteger(check.revision) && check.revision >= 1).toBe(true);
  });

  it('never looks at the first pool only', () => {
    const source = readFileSync(fileOf(check), 'utf8');

    expect(source).not.toMatch(/(agentPoolProfiles|nodePools)\s*(\?\.|!)?\s*(\[0\]|\.at\(0\)|\.find\()/);
  });

  it('is short', () => {
    expect(readFileSync(fileOf(check), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES);
  });

  it('does not need what it only uses', () => {
    expect(check.needs.filter((section) => check.uses.includes(section))).toEqual([]);
  });
});
