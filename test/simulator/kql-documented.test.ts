import { AGGREGATES } from '../../simulator/kql/aggregates';
import { BINARY_OPERATORS } from '../../simulator/kql/comparison';
import { EXPRESSIONS } from '../../simulator/kql/expressions';
import { SCALAR_FUNCTIONS } from '../../simulator/kql/functions';
import { type KqlNode, analyse, childOf } from '../../simulator/kql/grammar';
import { runQuery } from '../../simulator/kql/index';
import { JOIN_KINDS } from '../../simulator/kql/joins';
import { OPERATORS, SOURCES } from '../../simulator/kql/operators';
import { WINDOW_FUNCTIONS } from '../../simulator/kql/windows';
import { DOCUMENTED_AGGREGATES } from './kql/documented-aggregates';
import { DOCUMENTED_DYNAMICS } from './kql/documented-dynamics';
import { DOCUMENTED_EXPANSIONS } from './kql/documented-expansions';
import { DOCUMENTED_EXPRESSIONS } from './kql/documented-expressions';
import { DOCUMENTED_JOINS } from './kql/documented-joins';
import { DOCUMENTED_OPERATORS } from './kql/documented-operators';
import { DOCUMENTED_VALUES } from './kql/documented-values';

const NOW = new Date('2026-11-24T10:00:00Z');
const CASES = [
  ...DOCUMENTED_OPERATORS,
  ...DOCUMENTED_JOINS,
  ...DOCUMENTED_EXPANSIONS,
  ...DOCUMENTED_EXPRESSIONS,
  ...DOCUMENTED_VALUES,
  ...DOCUMENTED_DYNAMICS,
  ...DOCUMENTED_AGGREGATES,
];

/** Everything that the interpreter knows, under the names that the cases use. */
const KNOWN = [
  ...Object.keys(OPERATORS),
  ...Object.keys(SOURCES),
  ...EXPRESSIONS.keys(),
  ...BINARY_OPERATORS.keys(),
  ...Object.keys(JOIN_KINDS).map((kind) => `join kind=${kind}`),
  ...[SCALAR_FUNCTIONS, WINDOW_FUNCTIONS, AGGREGATES].flatMap(Object.keys).map((name) => `${name}()`),
];

/** What a query uses, under the same names. */
function usedBy(node: KqlNode): string[] {
  const written = node.tokens.join(' ').replace(/\s+/g, ' ');
  const called = node.kind === 'FunctionCallExpression' ? [`${childOf(node, 'Name').name ?? ''}()`] : [];
  const children = [...node.children.values()].flat().flatMap(usedBy);
  return [node.kind, written, ...called, ...children];
}

describe('examples of the Kusto documentation', () => {
  test.each(CASES.map((each) => ({ ...each, how: each.words ? 'says' : 'prints' })))(
    '$page $how, for $of: $query',
    ({ of, query, rows }) => {
      const answer = runQuery(query, {}, { now: NOW });
      expect(answer.rows.map((row) => answer.columns.map(({ name }) => row[name]))).toEqual(rows);
      expect(usedBy(analyse(query, {}).syntax())).toContain(of.replace('join kind=', ''));
    },
  );

  test('there is one for everything that the interpreter knows, and none for anything else', () => {
    expect(new Set(CASES.map(({ of }) => of))).toEqual(new Set(KNOWN));
  });
});
