import type { KqlNode } from './grammar';
import type { KqlType } from './values';

type Schemas = Readonly<Record<string, Record<string, KqlType>>>;

function* nodesOf(node: KqlNode): Generator<KqlNode> {
  yield node;
  for (const child of [...node.children.values()].flat()) {
    yield* nodesOf(child);
  }
}

const readsEverything = (node: KqlNode): boolean =>
  node.kind === 'DistinctOperator' &&
  node.children.get('Expressions')?.some(({ kind }) => kind === 'StarExpression') === true;

/**
 * The tables without the columns that cannot matter for the answer: those that the query does not name and that it
 * does not answer. Tables have some forty columns and queries use a few of them. What a table in the place of a value
 * stands for is its first column, so that one stays too.
 */
export function neededColumns(
  query: string,
  syntax: KqlNode,
  answered: KqlNode['resultColumns'],
  schemas: Schemas,
): Schemas {
  const nodes = [...nodesOf(syntax)];
  if (nodes.some(readsEverything)) {
    return schemas;
  }
  const firsts = nodes.filter(({ isTable }) => isTable).map(({ resultColumns }) => resultColumns?.[0]?.name);
  const needed = new Set([...(query.match(/\w+/g) ?? []), ...(answered ?? []).map(({ name }) => name), ...firsts]);
  const keep = (columns: Record<string, KqlType>): Record<string, KqlType> => {
    const kept = Object.entries(columns).filter(([name], index) => index === 0 || needed.has(name) || /\W/.test(name));
    return Object.fromEntries(kept);
  };
  return Object.fromEntries(Object.entries(schemas).map(([name, columns]) => [name, keep(columns)]));
}
