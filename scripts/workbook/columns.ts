import type { Formatter, Threshold } from './format';
import type { Column } from './queries';

/** Columns that a click or a sort needs and nobody reads. */
const HIDDEN = ['ClusterId', 'EventId', 'FindingId', 'OwnerKey', 'UnreadKey', 'Position', 'Rank', 'ControlId'];

/** Dates of which the hour says nothing; every other date shows it. */
const DAYS = ['DueOn', 'RemediateBy', 'ExpiresOn', 'EndedOn', 'NextDueOn'];

/** Cells that are addresses, and what is written in their place. */
const LINKS: Readonly<Record<string, string>> = { PortalUrl: 'Open in the portal', Reference: 'Read more' };

const rules = (symbols: Readonly<Record<string, string>>, otherwise: string): readonly Threshold[] => [
  ...Object.entries(symbols).map(([value, representation]) => ({
    operator: '==' as const,
    thresholdValue: value,
    representation,
    text: '{0}',
  })),
  { operator: 'Default', thresholdValue: null, representation: otherwise, text: '{0}' },
];

const ICONS: Readonly<Record<string, readonly Threshold[]>> & { readonly Standing: readonly Threshold[] } = {
  Standing: rules(
    { pass: 'success', fail: '4', exempt: 'disabled', unknown: 'unknown', notApplicable: 'Blank', 'not told': 'Blank' },
    'Blank',
  ),
  Transition: rules(
    {
      baseline: '2',
      regressed: '4',
      worsened: '4',
      resolved: 'success',
      exemptionStarted: 'disabled',
      exemptionExpired: '4',
      subscriptionLost: '4',
      baselineChanged: '2',
    },
    'info',
  ),
  Status: rules({ completed: 'success', partial: '2', failed: '4', overdue: '4', silent: '4' }, 'unknown'),
};

const COLORS: Readonly<Record<string, readonly Threshold[]>> = {
  Severity: rules({ critical: 'redBright', high: 'orange', medium: 'yellow', low: 'lightBlue' }, 'gray'),
  DaysLeft: [
    { operator: '<', thresholdValue: '0', representation: 'redBright', text: '{0}' },
    { operator: '<=', thresholdValue: '30', representation: 'orange', text: '{0}' },
    { operator: 'Default', thresholdValue: null, representation: 'green', text: '{0}' },
  ],
};

const PERCENTAGES = ['Score', 'Coverage'];

/**
 * How a column looks, by its name and type: the same column looks alike on every page. Null: as it comes.
 * @param checks ids of checks: the columns of a matrix, of which each cell is a standing.
 */
export function formatterOf({ name: column, type }: Column, checks: ReadonlySet<string>): Formatter | null {
  if (HIDDEN.includes(column)) {
    return { columnMatch: column, formatter: 5 };
  }
  const icons = checks.has(column) ? ICONS.Standing : ICONS[column];
  const grid = icons ?? COLORS[column];
  if (grid !== undefined) {
    const thresholdsOptions = icons === undefined ? 'colors' : 'icons';
    return { columnMatch: column, formatter: 18, formatOptions: { thresholdsOptions, thresholdsGrid: grid } };
  }
  return valueFormatter(column, type);
}

function valueFormatter(column: string, type: Column['type']): Formatter | null {
  const linkLabel = LINKS[column];
  if (linkLabel !== undefined) {
    return { columnMatch: column, formatter: 7, formatOptions: { linkTarget: 'Url', linkLabel } };
  }
  if (PERCENTAGES.includes(column)) {
    const formatOptions = { palette: 'redGreen', min: 0, max: 100 };
    return {
      columnMatch: column,
      formatter: 8,
      formatOptions,
      numberFormat: { unit: 1, options: { style: 'decimal' } },
    };
  }
  if (type === 'datetime') {
    const formatName = DAYS.includes(column) ? 'shortDatePattern' : 'shortDateTimePattern';
    return { columnMatch: column, formatter: 6, dateFormat: { showUtcTime: true, formatName } };
  }
  return null;
}

const LABELS: Readonly<Record<string, string>> = {
  ArmRequests: 'ARM requests',
  ClusterName: 'Cluster',
  PortalUrl: 'Portal',
  SubscriptionName: 'Subscription',
};

/** The heading of a column: `RemediateBy` reads "Remediate by"; the id of a check stays as it is. */
export function labelOf(column: string): string {
  const known = LABELS[column];
  if (known !== undefined) {
    return known;
  }
  const words = column.replaceAll(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, ' ').toLowerCase();
  return words.includes('-') ? column : words.charAt(0).toUpperCase() + words.slice(1);
}
