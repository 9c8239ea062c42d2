import { checkIndex } from '../../scripts/generate-check-index';
import { baselineExample, checkPage } from '../../scripts/generate-check-pages';
import { controlPage } from '../../scripts/generate-control-pages';
import { withChecklist } from '../../scripts/generate-readme';
import { CATALOGUE } from '../../shared/checks';
import type { Subject } from '../../shared/model/baseline';
import type { Check } from '../../shared/model/check';
import { readBaseline } from '../../shared/config/baseline';
import { BARE, FULL, SOURCES } from './samples';

/** The text under a heading, up to the next one of any level. */
function section(text: string, title: string): string | undefined {
  const [, after] = text.split(`\n## ${title}\n\n`);
  return after?.split('\n\n## ')[0]?.trimEnd();
}

describe('the page of a check', () => {
  const page = checkPage(FULL, SOURCES);

  it('begins with the good state and one line of facts', () => {
    expect(page.split('\n').slice(2, 7)).toEqual([
      '# Pools are a|b and \\<fresh>',
      '',
      '`pool-is-fresh` (formerly `pool-age`) · scan `node-images` · one finding per node pool · severity high · ' +
        '[S10: nodes get security and kernel updates](README.md#s10-nodes-get-security-and-kernel-updates) · ' +
        'category `nodes` · off by default',
      '',
      'Needs `upgradeProfiles`; when unread, the answer is `unknown`. Uses `policyStates`, `assessments`; when unread, it decides without. ' +
        'Azure is known to show stale values here, so a change is told only after a second reading.',
    ]);
  });

  it('takes no text of ours for Markdown, and no command for anything but a command', () => {
    expect(section(page, 'Why it matters')).toBe('Old pools are \\*bad\\*.');
    expect(section(page, 'How to put it right')).toBe('```sh\naz aks nodepool upgrade --name {nodePool} | cat\n```');
  });

  it('lists parameters with bounds and the direction that asks for more', () => {
    expect(section(page, 'Parameters')?.split('\n').slice(2)).toEqual([
      '| `ageDays` | `30` | a whole number from 1 to 90 | Days: greatest age | lower |',
      '| `strict` | `false` | true or false | Only this\\|that | true |',
      '| `engine` | `""` | "", "calico" | The engine | the default |',
      '| `ranges` | `["10.0.0.0/8"]` | a list of addresses or CIDR blocks | What must be there | longer |',
    ]);
  });

  it('lists the requirements that it answers, and the ids that other tools have for it', () => {
    expect(section(page, 'Controls')).toBe(
      '- [Acme | Benchmark](../controls/acme.md) ([source](https://example.com/acme))\n  - `A|1` Nodes are new',
    );
    expect(section(page, 'In other tools')?.split('\n').slice(2)).toEqual([
      '| [Other Tool](https://example.com/other) | `OT_1`, `OT_2` |',
      '| [Third](https://example.com/third) | id not noted |',
    ]);
  });

  it('leaves out what a check does not have', () => {
    const headings = checkPage(BARE, SOURCES).match(/^##? .*/gm);

    expect(headings).toEqual([
      '# It is good',
      '## Why it matters',
      '## How to put it right',
      '## How to configure or exempt it',
      '## Read more',
    ]);
    expect(checkPage(BARE, SOURCES)).toContain('no item of the checklist · category `network` · on by default');
    expect(checkPage(BARE, SOURCES)).toContain('Reads nothing but the list of clusters.');
  });

  it.each([FULL, ...CATALOGUE])('shows a baseline file that can be used: $id', (check) => {
    const baseline = readBaseline(baselineExample(check), 'example', [check], []);
    const { enabled, params } = baseline.expectationOf(check, subjectOf(check));

    expect(enabled).toBe(true);
    expect(params).toEqual(
      Object.fromEntries(Object.entries(check.params).map(([name, param]) => [name, param.default])),
    );
  });

  it.each([FULL, ...CATALOGUE])('shows an exemption that has effect: $id', (check) => {
    const baseline = readBaseline(baselineExample(check), 'example', [check], []);

    expect(baseline.exemptionOf(check.id, subjectOf(check), new Date(0))).not.toBeNull();
  });
});

function subjectOf({ grain }: Check): Subject {
  return {
    subscriptionId: '00000000-0000-0000-0000-000000000001',
    resourceGroup: 'rg1',
    cluster: grain === 'subscription' ? null : 'aks-legacy-1',
    ...{ clusterId: null, tags: {} },
    nodePool: grain === 'nodePool' ? 'batch1' : null,
  };
}

describe('the list of checks', () => {
  const list = checkIndex(SOURCES);

  it('puts each check under its item, with what differs between them', () => {
    expect(section(list, 'S10: nodes get security and kernel updates')?.split('\n').slice(2)).toEqual([
      '| [`pool-is-fresh`](pool-is-fresh.md) | Pools are a\\|b and \\<fresh> | high | node-images | node pool | off | other, third |',
    ]);
  });

  it('says of an item without a check that a person attests it', () => {
    expect(section(list, 'S1: the security white paper and the threat model were reviewed (by people)')).toBe(
      'No check answers it: attest it in the baseline file (`attestations`).',
    );
  });

  it('ends with the checks that no item asks for', () => {
    const titles = [...list.matchAll(/^## (.*)/gm)].map(([, title]) => title);

    expect(titles.slice(-4)).toEqual([
      'S13: certificates are rotated regularly',
      'No item of the checklist',
      'By framework',
      'Other tools',
    ]);
    expect(section(list, 'No item of the checklist')).toContain('it-is-good.md');
  });
});

it('lists every requirement of a framework, and which are for people', () => {
  const [framework] = SOURCES.frameworks;
  const page = framework === undefined ? '' : controlPage(framework);

  expect(page).toContain('# Acme | Benchmark');
  expect(page).toContain('Source: <https://example.com/acme>.');
  expect(page).toContain('Titles are our own.');
  expect(page).toContain('Checks answer 1 of the 2 requirements that are listed.');
  expect(page.trimEnd().split('\n').slice(-2)).toEqual([
    '| `A\\|1` | Nodes are new | [`pool-is-fresh`](../checks/pool-is-fresh.md) |',
    '| `A2` | People are kind | manual: attest it in the baseline file (`attestations`) |',
  ]);
});

describe('the checklist in the README', () => {
  const readme = 'Before.\n<!-- checklist:start -->\nold\n<!-- checklist:end -->\nAfter.\n';

  it('has a row for every item, and leaves the rest as it is', () => {
    const lines = withChecklist(readme, SOURCES).split('\n');

    expect(lines.filter((line) => line.startsWith('| [S'))).toHaveLength(13);
    expect(lines).toContain(
      '| [S10](docs/checks/README.md#s10-nodes-get-security-and-kernel-updates) | nodes get security and kernel updates | `pool-is-fresh` |',
    );
    expect(lines).not.toContain('old');
    expect([lines[0], lines.at(-2)]).toEqual(['Before.', 'After.']);
  });

  it('comes out the same the second time', () => {
    const once = withChecklist(readme, SOURCES);

    expect(withChecklist(once, SOURCES)).toBe(once);
  });

  it.each(['No markers.', '<!-- checklist:end --><!-- checklist:start -->'])('needs its place: %s', (text) => {
    expect(() => withChecklist(text, SOURCES)).toThrow('<!-- checklist:start -->');
  });
});
