/** What a parameter gives where it is named: `{Name}` the form of the empty name, `{Name:label}` that of `label`. */
export type Forms = Readonly<Record<string, string>>;

const REFERENCE = /\{(\w+)(?::(\w+))?\}/g;

/** Puts the values of parameters into a text, as Workbooks does; what is not a parameter stays. */
export function expand(text: string, values: Readonly<Record<string, Forms>>): string {
  return text.replaceAll(REFERENCE, (match, name: string, form = '') => values[name]?.[form as string] ?? match);
}

/** The names of the parameters in a text. */
export function parametersIn(text: string): string[] {
  return [...new Set([...text.matchAll(REFERENCE)].map(([, name = '']) => name))];
}

/** A single value, which stands bare: the query quotes it. */
export function single(value: string, label: string = value): Forms {
  return { '': value, value, label };
}

/** Several values, quoted and comma-separated, for `in (…)`; the star stands for all of them. */
export function several(values: readonly string[], labels: readonly string[] = values): Forms {
  return { '': values.map((value) => `'${value}'`).join(','), label: labels.join(', ') };
}

/**
 * A time range. In a query its ends are datetime literals.
 * https://learn.microsoft.com/azure/azure-monitor/visualize/workbooks-time
 */
export function timeRange(start: Date, end: Date, label: string): Forms {
  const literal = (date: Date): string => `datetime(${date.toISOString()})`;
  return {
    '': ` between (${literal(start)} .. ${literal(end)})`,
    start: literal(start),
    end: literal(end),
    label,
  };
}

/** The parameters of which several values can be chosen. */
const MULTIPLE = ['Subscription', 'Cluster', 'Owner', 'Scan', 'Severity'];

/** Any value of a parameter, with which a query can be analysed. */
export function sampleOf(name: string): Forms {
  if (name === 'TimeRange') {
    return timeRange(new Date(0), new Date(1), '');
  }
  return MULTIPLE.includes(name) ? several(['*']) : single(name === 'AsOf' ? 'now' : 'none');
}
