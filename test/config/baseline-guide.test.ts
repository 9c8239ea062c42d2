import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { CATALOGUE } from '../../shared/checks';
import { ATTESTABLE_ITEMS } from '../../shared/checks/attestation';
import { readBaseline } from '../../shared/config/baseline';
import { baselineSchema } from '../../shared/config/baseline-schema';
import type { Baseline } from '../../shared/model/baseline';

const ROOT = join(__dirname, '../..');
const GUIDE = readFileSync(join(ROOT, 'docs/baseline.md'), 'utf8');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The examples of a page, each completed to a whole file. */
function examplesIn(page: string): string[] {
  return [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) =>
    text.includes('version:') ? text : `version: 1\n${text}`,
  );
}

function read(text: string): Baseline {
  return readBaseline(text, 'example', CATALOGUE, ATTESTABLE_ITEMS);
}

/** Places of keys: `checks.params`, without what stands for a name. */
function keysIn(value: unknown, place: string): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => keysIn(item, place));
  }
  return typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => {
        const name = CATALOGUE.some(({ id }) => id === key) ? place : `${place}.${key}`;
        return [name, ...keysIn(inner, name)];
      });
}

it.each([...examplesIn(GUIDE), ...examplesIn(README)])('is read as it stands: %s', (example) => {
  expect(() => read(example)).not.toThrow();
});

describe('the guide', () => {
  const used = new Set(examplesIn(GUIDE).flatMap((example) => keysIn(parse(example), '')));

  it('has an example and a heading for every key of the file', () => {
    const schema = baselineSchema(CATALOGUE, ATTESTABLE_ITEMS) as unknown as { readonly shape: object };
    const keys = Object.keys(schema.shape).filter((key) => key !== 'version');
    const headings = [...GUIDE.matchAll(/^### (\w+)$/gm)].map(([, heading = '']) => heading);

    expect(keys.filter((key) => !used.has(`.${key}`))).toEqual([]);
    expect(headings.sort()).toEqual(keys.sort());
  });

  it.each([
    ...['.checks.enabled', '.checks.severity', '.checks.params', '.overrides.match.subscription'],
    ...[
      '.overrides.match.resourceGroup',
      '.overrides.match.cluster',
      '.overrides.match.nodePool',
      '.overrides.match.tags',
    ],
    ...[
      '.exemptions.check',
      '.exemptions.match',
      '.exemptions.reason',
      '.exemptions.expiresOn',
      '.exemptions.approvedBy',
    ],
    ...['.attestations.item', '.attestations.reviewedOn', '.attestations.by', '.attestations.validForDays'],
    ...[
      '.scope.exclude.cluster',
      '.scope.exclude.resourceGroup',
      '.scope.exclude.tags',
      '.scope.exclude.youngerThanDays',
    ],
    ...['.mute.match', '.mute.checks', '.mute.once.from', '.mute.once.until', '.mute.reason', '.mute.by'],
    ...['.mute.weekly.days', '.mute.weekly.from', '.mute.weekly.until', '.mute.weekly.timeZone'],
    ...['.ownership.owner.cluster', '.ownership.owner.resourceGroup', '.ownership.owner.subscription'],
    ...['.ownership.environment', '.remediationDays.critical'],
  ])('shows %s', (key) => {
    expect([...used]).toContain(key);
  });

  it('shows nothing that has no effect', () => {
    const changed = examplesIn(GUIDE).map((example) => Object.keys(read(example).effect).length);

    // The first one is only about the schema.
    expect(changed.slice(1).filter((places) => places === 0)).toEqual([]);
  });
});
