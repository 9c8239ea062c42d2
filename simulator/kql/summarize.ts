import type { Aggregate } from './aggregates';
import { KqlError, atPosition } from './error';
import { compileAggregate, compileExpression } from './expressions';
import type { Compiled } from './call';
import { type KqlNode, childList, childOf, columnsOf, optionalChild } from './grammar';
import { type Operator, parameterWord, parametersOf } from './plans';
import { type Scope, rowOf } from './scope';
import { Steps } from './steps';
import { type Row, type Value, compareValues, groupKey } from './values';

type Summary = (rows: readonly Row[]) => Value[];

const unnamed = (node: KqlNode): KqlNode =>
  node.kind === 'SimpleNamedExpression' || node.kind === 'CompoundNamedExpression' ? childOf(node, 'Expression') : node;

/** An item of `summarize`: an aggregate by itself, or a scalar expression over aggregates. */
function compileSummary(node: KqlNode, scope: Scope): Summary {
  const aggregates: Aggregate[] = [];
  const cell = (index: number): string => `aggregate ${index}`;
  const groupScope: Scope = { ...scope, addAggregate: (aggregate) => cell(aggregates.push(aggregate) - 1) };
  const alone = compileAggregate(unnamed(node), groupScope);
  if (alone) {
    return alone;
  }
  const { get } = compileExpression(unnamed(node), groupScope);
  return (rows) => [
    get(Object.fromEntries(aggregates.map((aggregate, index) => [cell(index), aggregate(rows)[0] ?? null]))),
  ];
}

interface Group {
  readonly keys: Value[];
  readonly rows: Row[];
}

function groupRows(rows: readonly Row[], keys: readonly Compiled[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const values = keys.map(({ get }) => get(row));
    const key = groupKey(values);
    const group = groups.get(key);
    if (group) {
      group.rows.push(row);
    } else {
      groups.set(key, { keys: values, rows: [row] });
    }
  }
  return [...groups.values()];
}

const compileKeys = (by: KqlNode | undefined, scope: Scope): Compiled[] =>
  by ? childList(by, 'Expressions').map((expression) => compileExpression(expression, scope)) : [];

export const summarize: Operator = (node, _input, scope) => {
  parametersOf(node, []);
  const by = optionalChild(node, 'ByClause');
  const keys = compileKeys(by, scope);
  const summaries = childList(node, 'Aggregates').map((aggregate) => compileSummary(aggregate, scope));
  const columns = columnsOf(node);
  return (rows) => {
    if (scope.source && !by && rows.length === 0) {
      throw new KqlError(
        'summarize over no elements in mv-apply is not documented, leave such rows out before',
        node.position,
      );
    }
    // Without `by` there is always one group, also of no rows.
    const groups = by ? groupRows(rows, keys) : [{ keys: [], rows }];
    return groups.map((group) => {
      const values = [...group.keys, ...summaries.flatMap((summary) => summary(group.rows))];
      if (values.length !== columns.length) {
        throw new KqlError('this combination of aggregates is not supported', node.position);
      }
      return rowOf(columns, values);
    });
  };
};

// ---- make-series -------------------------------------------------------------------------------

interface Axis {
  readonly values: Value[];
  /** The number of the step a row lies in, undefined outside of the axis. */
  readonly stepOf: (row: Row) => number | undefined;
}

function compileAxis(node: KqlNode, scope: Scope): () => Axis {
  const range = childOf(node, 'RangeClause');
  const bound = (name: string): Compiled => {
    const clause = range.kind === 'MakeSeriesFromToStepClause' ? optionalChild(range, name) : undefined;
    if (!clause) {
      throw new KqlError('make-series without from, to and step is not supported', node.position);
    }
    return compileExpression(childOf(clause, 'Expression'), scope);
  };
  const [from, to, step] = [bound('MakeSeriesFromClause'), bound('MakeSeriesToClause'), bound('MakeSeriesStepClause')];
  const axis = compileExpression(childOf(childOf(node, 'OnClause'), 'Expression'), scope);
  return () => {
    const steps = atPosition(range.position, () => new Steps(from.get({}), step.get({}), axis.type));
    const end = to.get({});
    const last = steps.indexOf(end);
    if (last === undefined) {
      throw new KqlError('the range of make-series must have an end', range.position);
    }
    // The end itself is no part of the series.
    const count = Math.max(0, last + Number(compareValues(steps.at(last) ?? 0, end ?? 0) < 0));
    const stepOf = (row: Row): number | undefined => {
      const index = steps.indexOf(axis.get(row));
      return index !== undefined && index >= 0 && index < count ? index : undefined;
    };
    return { values: steps.take(count), stepOf };
  };
}

/** An aggregate of `make-series`, with what it has in a step without rows. */
function compileSeries(node: KqlNode, scope: Scope): { readonly summary: Summary; readonly fallback: () => Value } {
  const summary = compileSummary(childOf(node, 'Expression'), scope);
  const clause = optionalChild(node, 'DefaultExpression');
  const fallback = clause && compileExpression(childOf(clause, 'Expression'), scope);
  return { summary, fallback: () => (fallback ? fallback.get({}) : 0) };
}

export const makeSeries: Operator = (node, _input, scope) => {
  const kind = parameterWord(parametersOf(node, ['kind']), 'kind', '');
  const by = optionalChild(node, 'ByClause');
  const keys = compileKeys(by, scope);
  const series = childList(node, 'Aggregates').map((aggregate) => compileSeries(aggregate, scope));
  const axisOf = compileAxis(node, scope);
  const columns = columnsOf(node);
  return (rows) => {
    const axis = axisOf();
    const inside = rows.filter((row) => axis.stepOf(row) !== undefined);
    const empty = !by && kind === 'nonempty' ? [{ keys: [], rows: [] }] : [];
    const groups = inside.length > 0 ? groupRows(inside, keys) : empty;
    return groups.map((group) => {
      const steps = Map.groupBy(group.rows, (row) => axis.stepOf(row));
      const arrays = series.map(({ summary, fallback }) =>
        axis.values.map((_, step): Value => {
          const members = steps.get(step);
          return members ? (summary(members)[0] ?? null) : fallback();
        }),
      );
      return rowOf(columns, [...group.keys, ...arrays, axis.values]);
    });
  };
};
