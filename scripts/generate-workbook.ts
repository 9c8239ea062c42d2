import { CHECKLIST, SEVERITIES } from '../shared/model/check';
import { SCANS } from '../shared/model/scan';
import { ITEMS } from './check-words';
import type { Sources } from './sources';
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
import type { Page, PageOf } from './workbook/page';
import { overview } from './workbook/pages/overview';
import { readHeads, readQuery } from './workbook/queries';

const DAY = 24 * 60 * 60 * 1000;

/** In the order of the tabs. */
const PAGES: readonly PageOf[] = [overview];

/** The workbook, which the infrastructure deploys, from the queries of infra/workbook and the pages of scripts/workbook. */
export function generateWorkbook(sources: Sources): Map<string, string> {
  return new Map([['infra/workbook/workbook.json', JSON.stringify(workbookOf(sources))]]);
}

function workbookOf({ checks }: Sources): Workbook {
  const parts: Parts = {
    heads: readHeads({ items: itemsTable() }),
    checkIds: new Set(checks.map(({ id }) => id)),
  };
  const pages = PAGES.map((page) => page(parts));
  return {
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
}

function parametersOf({ heads }: Parts): Item {
  const from = (file: string): { query: string } => ({ query: readQuery(`parameters/${file}`, heads) });
  return parameters('parameters', [
    timeRange,
    choice(
      'AsOf',
      'As of',
      'now',
      from('as-of'),
      'Every page shows what was current at the end of that day (UTC). The time range ends there.',
    ),
    choices('Subscription', 'Subscription', from('subscription')),
    choices('Cluster', 'Cluster', from('cluster')),
    choices('Owner', 'Owner', from('owner')),
    choices('Scan', 'Scan', { list: SCANS }),
    choices('Severity', 'Severity', { list: SEVERITIES }),
    choice(
      'ShowExempt',
      'Show exempt',
      'yes',
      { list: ['yes', 'no'].map((value) => ({ value, label: value })) },
      'Whether lists of findings show what is exempt.',
    ),
    firstCell('HasData', readQuery('parameters/has-data', heads)),
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
        'After that: see "Troubleshooting" in `docs/deploy.md`. In short: does the function app run, can its identity read the subscriptions,',
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

/** The items of the checklist, so that one without a finding has a row too. */
function itemsTable(): string {
  const rows = ITEMS.map((item, index) => `  '${item}', '${CHECKLIST[item]}', ${index + 1}`);
  return `let items = datatable(ChecklistItem: string, Asks: string, Position: long) [\n${rows.join(',\n')}\n];`;
}
