import type {
  Condition,
  DropDownParameter,
  Item,
  Parameter,
  ParametersItem,
  QueryItem,
  TextItem,
  TimeRangeParameter,
  Workbook,
} from '../workbook/format';
import { textOf } from './cells';
import { expand, several, single, timeRange, type Forms } from '../workbook/parameters';

/** The answer of a query, as the interpreter gives it. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Runs a query whose parameters have their values. */
export type Run = (query: string) => Answer;

/** A control that a person can change. */
export interface Control {
  readonly parameter: DropDownParameter | TimeRangeParameter;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly error: string | null;
}

/** What is seen of one item. */
export type Seen =
  | { readonly kind: 'text'; readonly item: TextItem; readonly markdown: string }
  | { readonly kind: 'controls'; readonly item: ParametersItem; readonly controls: readonly Control[] }
  | {
      readonly kind: 'tabs';
      readonly tabs: readonly { readonly id: string; readonly label: string; readonly open: boolean }[];
    }
  | { readonly kind: 'query'; readonly item: QueryItem; readonly title: string; readonly answer: Answer | Error };

/** The workbook at one moment, for one choice of parameters. */
export interface View {
  readonly seen: readonly Seen[];
  readonly values: Readonly<Record<string, Forms>>;
}

const ALL = 'value::all';
const DAY = 24 * 60 * 60 * 1000;

/**
 * What Workbooks would show: parameters are resolved from top to bottom, and what is not visible is not run.
 * @param asked values of parameters by name, as the address of the page has them.
 */
export function viewOf(workbook: Workbook, asked: URLSearchParams, run: Run, now: Date): View {
  const values: Record<string, Forms> = {};
  for (const { exportParameterName: name, exportDefaultValue: value } of exportsOf(workbook.items)) {
    values[name] = single(asked.get(name) ?? value);
  }
  const context: Context = { asked, run, now, values };
  return { seen: workbook.items.flatMap((item) => see(item, context)), values };
}

interface Context {
  readonly asked: URLSearchParams;
  readonly run: Run;
  readonly now: Date;
  readonly values: Record<string, Forms>;
}

function see(item: Item, context: Context): Seen[] {
  const { values } = context;
  if (!holds(item.conditionalVisibility, values)) {
    return [];
  }
  switch (item.type) {
    case 1:
      return [{ kind: 'text', item, markdown: labelled(item.content.json, values) }];
    case 3: {
      const answer = attempt(() => context.run(expand(item.content.query, values)));
      return [{ kind: 'query', item, title: labelled(item.content.title, values), answer }];
    }
    case 9: {
      const controls = item.content.parameters.map((parameter) => resolve(parameter, context));
      return [{ kind: 'controls', item, controls: controls.filter((control) => control !== null) }];
    }
    case 11: {
      const [first] = item.content.links;
      const open = context.asked.get('Tab') ?? first?.subTarget ?? '';
      values.Tab = single(open);
      const tabs = item.content.links.map(({ subTarget, linkLabel }) => ({
        id: subTarget,
        label: linkLabel,
        open: subTarget === open,
      }));
      return [{ kind: 'tabs', tabs }];
    }
    case 12:
      return item.content.items.flatMap((each) => see(each, context));
  }
}

function holds(condition: Condition | undefined, values: Readonly<Record<string, Forms>>): boolean {
  if (condition === undefined) {
    return true;
  }
  const isEqual = values[condition.parameterName]?.[''] === condition.value;
  return condition.comparison === 'isEqualTo' ? isEqual : !isEqual;
}

/** In text a parameter reads as its label. */
function labelled(text: string, values: Readonly<Record<string, Forms>>): string {
  return expand(
    text,
    Object.fromEntries(Object.entries(values).map(([name, forms]) => [name, { ...forms, '': forms.label ?? '' }])),
  );
}

function resolve(parameter: Parameter, context: Context): Control | null {
  if (parameter.type === 1) {
    const answer = attempt(() => context.run(expand(parameter.query, context.values)));
    const shown = answer instanceof Error ? `(${answer.message})` : textOf(cellsOf(answer)[0]?.[0]);
    context.values[parameter.name] = single(shown);
    return null;
  }
  return parameter.type === 4 ? resolveTimeRange(parameter, context) : resolveDropDown(parameter, context);
}

function resolveTimeRange(parameter: TimeRangeParameter, { asked, values, now }: Context): Control {
  const chosen = Number(asked.get(parameter.name) ?? parameter.value.durationMs);
  const labelOf = (durationMs: number): string => `Last ${durationMs / DAY} days`;
  values[parameter.name] = timeRange(new Date(now.getTime() - chosen), now, labelOf(chosen));
  const options = parameter.typeSettings.selectableValues.map(({ durationMs }) => ({
    value: String(durationMs),
    label: labelOf(durationMs),
  }));
  return { parameter, options, chosen: [String(chosen)], error: null };
}

function resolveDropDown(parameter: DropDownParameter, { asked, run, values }: Context): Control {
  const found = attempt(() => optionsOf(parameter, (query) => run(expand(query, values))));
  const options = found instanceof Error ? [] : found;
  const wanted = asked.getAll(parameter.name);
  const chosen = wanted.length > 0 ? wanted : [parameter.value].flat();
  const labels = chosen.map((value) => options.find((option) => option.value === value)?.label ?? value);
  values[parameter.name] = formsOf(parameter, chosen, labels);
  const all = parameter.typeSettings.additionalResourceOptions.map((value) => ({ value, label: 'All' }));
  return { parameter, options: [...all, ...options], chosen, error: found instanceof Error ? found.message : null };
}

function formsOf(
  { multiSelect, typeSettings }: DropDownParameter,
  chosen: readonly string[],
  labels: readonly string[],
): Forms {
  if (multiSelect !== true) {
    return single(chosen[0] ?? '', labels[0]);
  }
  return chosen.includes(ALL) ? several([typeSettings.selectAllValue ?? ''], ['All']) : several(chosen, labels);
}

/** The first column is the value, the second the label. */
function optionsOf({ jsonData, query }: DropDownParameter, run: Run): { value: string; label: string }[] {
  const rows =
    query === undefined
      ? (JSON.parse(jsonData ?? '[]') as { value: string; label: string }[]).map(({ value, label }) => [value, label])
      : cellsOf(run(query));
  return rows.map(([value, label]) => ({ value: textOf(value), label: textOf(label ?? value) }));
}

function cellsOf({ columns, rows }: Answer): unknown[][] {
  return rows.map((row) => columns.map(({ name }) => row[name]));
}

function attempt<T>(work: () => T): T | Error {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** What clicks on rows set, wherever the grids stand. */
export function exportsOf(
  items: readonly Item[],
): { exportParameterName: string; exportFieldName: string; exportDefaultValue: string }[] {
  return items.flatMap((item) => {
    if (item.type === 12) {
      return exportsOf(item.content.items);
    }
    if (item.type !== 3 || item.content.exportParameterName === undefined) {
      return [];
    }
    const { exportParameterName, exportFieldName = '', exportDefaultValue = '' } = item.content;
    return [{ exportParameterName, exportFieldName, exportDefaultValue }];
  });
}
