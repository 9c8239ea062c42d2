import { SEVERITIES } from '../shared/model/check';
import { SCANS } from '../shared/model/scan';
import type { Sources } from './sources';
import { generatedHeads } from './workbook/catalogue-heads';
import type { Item, LinksItem, TimeRangeParameter, Workbook } from './workbook/format';
import {
  choice,
  choices,
  equals,
  firstCell,
  group,
  guidOf,
  head,
  parameters,
  text,
  type Parts,
} from './workbook/items';
import type { Page } from './workbook/page';
import { checklist } from './workbook/pages/checklist';
import { clusters } from './workbook/pages/clusters';
import { coverage } from './workbook/pages/coverage';
import { drift } from './workbook/pages/drift';
import { exemptions } from './workbook/pages/exemptions';
import { frameworks } from './workbook/pages/frameworks';
import { overview } from './workbook/pages/overview';
import { owners } from './workbook/pages/owners';
import { upcoming } from './workbook/pages/upcoming';
import { Queries } from './workbook/queries';

const DAY = 24 * 60 * 60 * 1000;

/** The workbook, which the infrastructure deploys, from the queries of infra/workbook and the pages of scripts/workbook. */
export function generateWorkbook(sources: Sources): Map<string, string> {
  return new Map([['infra/workbook/workbook.json', JSON.stringify(workbookOf(sources))]]);
}

function workbookOf(sources: Sources): Workbook {
  const { checks } = sources;
  const queries = new Queries(generatedHeads(sources));
  const parts: Parts = { queries, checkIds: new Set(checks.map(({ id }) => id)) };
  const pages = [
    overview(parts),
    drift(parts),
    clusters(parts, checks),
    checklist(parts),
    coverage(parts),
    exemptions(parts),
    upcoming(parts),
    frameworks(parts, sources.frameworks),
    owners(parts),
  ];
  const workbook: Workbook = {
    version: 'Notebook/1.0',
    items: [
      text(
        'title',
        '# AKS drift monitor\n\nWhich clusters meet the AKS security checklist, since when, what is exempt and until when, and what could not be read.',
      ),
      parametersOf(parts),
      noData(),
      tabs(pages),
      ...pages.map(({ id, items }) => group(`page-${id}`, equals('Tab', id), items)),
    ],
    fallbackResourceIds: ['__WORKSPACE_ID__'],
    $schema: 'https://github.com/Microsoft/Application-Insights-Workbooks/blob/master/schema/workbook.json',
  };
  queries.refuseUnused();
  return workbook;
}

/** What the queries of `infra/workbook/parameters` take. */
const FIRST = 'Listed are the first 1,000 by name.';

function parametersOf({ queries }: Parts): Item {
  const from = (file: string): { query: string } => ({ query: queries.read(`parameters/${file}`).text });
  return parameters('parameters', [
    timeRange,
    choice(
      'AsOf',
      'As of',
      'now',
      from('as-of'),
      'Every page shows what was current at the end of that day (UTC). The time range ends there.',
    ),
    choices(
      'Subscription',
      'Subscription',
      from('subscription'),
      `Whose findings, events and runs are shown. ${FIRST}`,
    ),
    choices(
      'Cluster',
      'Cluster',
      from('cluster'),
      `Whose findings and events are shown. ${FIRST} Choose a subscription to see those of it.`,
    ),
    choices('Owner', 'Owner', from('owner'), `Who answers for what is shown. ${FIRST}`),
    choices('Scan', 'Scan', { list: SCANS }, 'Whose findings, events and runs are shown.'),
    choices('Severity', 'Severity', { list: SEVERITIES }, 'Of the findings and events that are shown.'),
    choice(
      'ShowExempt',
      'Show exempt',
      'yes',
      { list: ['yes', 'no'].map((value) => ({ value, label: value })) },
      'Whether lists of findings show what is exempt.',
    ),
    firstCell('HasData', queries.read('parameters/has-data').text),
  ]);
}

const timeRange: TimeRangeParameter = {
  ...head('TimeRange'),
  label: 'Time range',
  description: 'The period of trends and timelines.',
  type: 4,
  isRequired: true,
  value: { durationMs: 30 * DAY },
  typeSettings: {
    selectableValues: [1, 7, 14, 30, 60, 90].map((days) => ({ durationMs: days * DAY })),
    allowCustom: true,
  },
};

function noData(): Item {
  return group('no-data', equals('HasData', 'no'), [
    text(
      'no-data-text',
      [
        '**No data yet.** No run has written a row. The first rows come within 45 minutes of the deployment: roles have to propagate, and new tables take a while.',
        'After that: see "When something is wrong" in `docs/deploy.md`. In short: does the function app run, can its identity read the subscriptions,',
        'and does it have the role Monitoring Metrics Publisher on the data collection rule?',
      ].join(' '),
      'warning',
    ),
  ]);
}

function tabs(pages: readonly Page[]): LinksItem {
  return {
    type: 11,
    content: {
      version: 'LinkItem/1.0',
      style: 'tabs',
      links: pages.map(({ id, title }) => ({
        id: guidOf(`tab ${id}`),
        cellValue: 'Tab',
        linkTarget: 'parameter',
        linkLabel: title,
        subTarget: id,
        style: 'link',
      })),
    },
    name: 'tabs',
  };
}
