import { KqlError, atPosition } from './error';
import { type Column, type KqlNode, childList, childOf, columnsOf, optionalChild } from './grammar';
import { type Operator, parameterWord, parametersOf } from './plans';
import { type Plan, type Scope, emptyRow, rowOf } from './scope';
import { type Row, categoryOf, groupKey } from './values';

// ---- union -------------------------------------------------------------------------------------

/** A column of the same name but another type goes to a column with the type in its name. */
function compileUnionRow(from: readonly Column[], to: readonly Column[]): (row: Row) => Row {
  const types = new Map(to.map(({ name, type }) => [name, type]));
  const names = from.map(({ name, type }) => ({ name, target: types.get(name) === type ? name : `${name}_${type}` }));
  return (row) => {
    const whole = emptyRow(to);
    for (const { name, target } of names) {
      whole[target] = row[name] ?? null;
    }
    return whole;
  };
}

/**
 * Where a table has a column of the name that another one would get, Kusto and the analyser number them otherwise. And
 * the analyser counts the columns of a query over a missing table in.
 */
function checkColumns(node: KqlNode, tables: readonly Plan[], columns: readonly Column[]): void {
  const kept = new Set(columns.map(({ name }) => name));
  const all = tables.flatMap((table) => table.columns);
  const names = new Set(all.map(({ name }) => name));
  if (all.some(({ name, type }) => !kept.has(name) && names.has(`${name}_${type}`))) {
    throw new KqlError('union of columns that get the name of another column is not supported', node.position);
  }
  const suffixed = new Set(all.map(({ name, type }) => `${name}_${type}`));
  if (columns.some(({ name }) => !names.has(name) && !suffixed.has(name))) {
    throw new KqlError('union with columns of a table that is missing is not supported', node.position);
  }
}

/** Whether an operand is the name of a table that is not there, or a query over one. */
function isUnknownTable(node: KqlNode): boolean {
  return node.kind === 'ParenthesizedExpression' || node.kind === 'PipeExpression'
    ? isUnknownTable(childOf(node, 'Expression'))
    : node.kind === 'NameReference' && node.symbol === undefined;
}

function checkUnionOperand(node: KqlNode): KqlNode {
  const name = optionalChild(node, 'Name');
  if (name?.kind === 'WildcardedName') {
    throw new KqlError('union of tables by wildcard is not supported', node.position);
  }
  return node;
}

/** The rows of the tables before the pipe and behind the word, one after the other. */
export function unionTables(node: KqlNode, inputs: readonly Plan[], scope: Scope): Plan['run'] {
  const parameters = parametersOf(node, ['kind', 'isfuzzy']);
  if (parameterWord(parameters, 'kind', 'outer') !== 'outer') {
    throw new KqlError('only union kind=outer is supported', node.position);
  }
  const fuzzy = parameterWord(parameters, 'isfuzzy', 'false') === 'true';
  const operands = childList(node, 'Expressions')
    .filter((operand) => !(fuzzy && isUnknownTable(operand)))
    .map((operand) => scope.compileTable(checkUnionOperand(operand), scope));
  const columns = columnsOf(node);
  const tables = [...inputs, ...operands];
  if (tables.length === 0) {
    throw new KqlError('union of tables of which none is there', node.position);
  }
  checkColumns(node, tables, columns);
  const parts = tables.map(({ columns: own, run }) => ({ run, convert: compileUnionRow(own, columns) }));
  return () => parts.flatMap(({ run, convert }) => run().map(convert));
}

// ---- Conditions of join and lookup -------------------------------------------------------------

interface JoinKey {
  readonly left: string;
  readonly right: string;
}

function sideOf(node: KqlNode): readonly [side: string, column: string] {
  const side = node.kind === 'PathExpression' ? childOf(node, 'Expression').name : undefined;
  const column = node.kind === 'PathExpression' ? childOf(node, 'Selector').symbol?.name : undefined;
  if ((side !== '$left' && side !== '$right') || column === undefined) {
    throw new KqlError('join conditions must be columns or $left.column == $right.column', node.position);
  }
  return [side, column];
}

function joinKey(node: KqlNode): JoinKey {
  if (node.kind === 'NameReference' && node.symbol?.kind === 'Column') {
    return { left: node.symbol.name, right: node.symbol.name };
  }
  if (node.kind !== 'EqualExpression') {
    throw new KqlError('join conditions must be equalities', node.position);
  }
  const sides = new Map([sideOf(childOf(node, 'Left')), sideOf(childOf(node, 'Right'))]);
  const [left, right] = [sides.get('$left'), sides.get('$right')];
  if (left === undefined || right === undefined) {
    throw new KqlError('a join condition needs $left and $right', node.position);
  }
  return { left, right };
}

function checkTypes(keys: readonly JoinKey[], left: Plan, right: Plan): void {
  const familyOf = ({ columns }: Plan, name: string): string =>
    categoryOf(columns.find((column) => column.name === name)?.type ?? 'dynamic');
  for (const key of keys) {
    const families = [familyOf(left, key.left), familyOf(right, key.right)];
    if (families[0] !== families[1] || families.includes('dynamic')) {
      throw new KqlError(`join on ${families.join(' and ')} is not supported`);
    }
  }
}

function checkNulls(keys: readonly JoinKey[], left: readonly Row[], right: readonly Row[]): void {
  const hasNull = (rows: readonly Row[], name: string): boolean => rows.some((row) => row[name] === null);
  if (keys.some((key) => hasNull(left, key.left) && hasNull(right, key.right))) {
    throw new KqlError('join with null keys on both sides is not supported');
  }
}

/** The key of a row, or undefined when a part is null: nulls equal nothing. */
function keyOf(row: Row, names: readonly string[]): string | undefined {
  const values = names.map((name) => row[name] ?? null);
  return values.includes(null) ? undefined : groupKey(values);
}

// ---- join and lookup ---------------------------------------------------------------------------

interface JoinKind {
  /** Which rows of a side are kept by themselves, without a row of the other side. */
  readonly left?: 'matched' | 'unmatched';
  readonly right?: 'matched' | 'unmatched';
  readonly pairs?: true;
}

const leftAnti: JoinKind = { left: 'unmatched' };
const rightAnti: JoinKind = { right: 'unmatched' };
export const JOIN_KINDS: Readonly<Record<string, JoinKind>> = {
  innerunique: { pairs: true },
  inner: { pairs: true },
  leftouter: { pairs: true, left: 'unmatched' },
  rightouter: { pairs: true, right: 'unmatched' },
  fullouter: { pairs: true, left: 'unmatched', right: 'unmatched' },
  leftsemi: { left: 'matched' },
  rightsemi: { right: 'matched' },
  leftanti: leftAnti,
  leftantisemi: leftAnti,
  anti: leftAnti,
  rightanti: rightAnti,
  rightantisemi: rightAnti,
};
const LOOKUP_KINDS = ['leftouter', 'inner'];

type Pair = readonly [left: Row | undefined, right: Row | undefined];

/** The rows of both sides that belong together, in the order of the left side. */
function match(kind: JoinKind, left: readonly Row[], right: readonly Row[], keys: readonly JoinKey[]): Pair[] {
  const [leftNames, rightNames] = [keys.map((key) => key.left), keys.map((key) => key.right)];
  const rightKeys = right.map((row) => keyOf(row, rightNames));
  const byKey = Map.groupBy(right.keys(), (index) => rightKeys[index]);
  const found = new Set<number>();
  const pairs = left.flatMap((row): Pair[] => {
    const key = keyOf(row, leftNames);
    const matches = key === undefined ? [] : (byKey.get(key) ?? []);
    matches.forEach((index) => found.add(index));
    const alone: Pair[] = kind.left === (matches.length > 0 ? 'matched' : 'unmatched') ? [[row, undefined]] : [];
    return kind.pairs ? [...alone, ...matches.map((index): Pair => [row, right[index]])] : alone;
  });
  const others = right.filter((_, index) => kind.right === (found.has(index) ? 'matched' : 'unmatched'));
  return [...pairs, ...others.map((row): Pair => [undefined, row])];
}

/** Of left rows with the same key only one takes part; Kusto takes any, this takes the first. */
function firstOfEachKey(rows: readonly Row[], names: readonly string[]): Row[] {
  const seen = new Set<string | undefined>([undefined]);
  return rows.filter((row) => {
    const key = keyOf(row, names);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

const joinOf =
  (
    clause: string,
    kinds: readonly string[],
    fallback: string,
    rightColumns: (keys: readonly JoinKey[]) => string[],
  ): Operator =>
  (node, left, scope) => {
    const name = parameterWord(parametersOf(node, ['kind']), 'kind', fallback);
    const kind = kinds.includes(name) ? JOIN_KINDS[name] : undefined;
    if (!kind) {
      throw new KqlError(`${node.tokens[0] ?? 'join'} kind=${name} is not supported`, node.position);
    }
    const right = scope.compileTable(childOf(node, 'Expression'), scope);
    const keys = childList(childOf(node, clause), 'Expressions').map(joinKey);
    atPosition(node.position, () => {
      checkTypes(keys, left, right);
    });
    const columns = columnsOf(node);
    const dropped = rightColumns(keys);
    const sources = [
      ...(kind.pairs || kind.left ? left.columns.map((column) => ({ side: 0, name: column.name })) : []),
      ...(kind.pairs || kind.right
        ? right.columns
            .filter((column) => !dropped.includes(column.name))
            .map((column) => ({ side: 1, name: column.name }))
        : []),
    ];
    return (rows) => {
      const others = right.run();
      atPosition(node.position, () => {
        checkNulls(keys, rows, others);
      });
      const unique =
        name === 'innerunique'
          ? firstOfEachKey(
              rows,
              keys.map((key) => key.left),
            )
          : rows;
      return match(kind, unique, others, keys).map((pair) =>
        rowOf(
          columns,
          sources.map((source) => pair[source.side]?.[source.name] ?? null),
        ),
      );
    };
  };

export const join = joinOf('ConditionClause', Object.keys(JOIN_KINDS), 'innerunique', () => []);

/** `lookup` is a join that leaves the keys of the right side out. */
export const lookup = joinOf('LookupClause', LOOKUP_KINDS, 'leftouter', (keys) => keys.map((key) => key.right));
