import { KqlError, atPosition } from './error';
import { compileExpression } from './expressions';
import { castText } from './casts';
import { type KqlNode, childList, childOf, columnsOf } from './grammar';
import { type Operator, parametersOf } from './plans';
import type { Plan } from './scope';
import { type KqlType, type Value, nullOf, textOf } from './values';

interface Target {
  readonly name: string;
  readonly type: KqlType;
}

/** What a column takes of the text: numbers end where their digits end, anything else where the next part begins. */
const NUMBER_TEXT: Partial<Record<KqlType, string>> = {
  int: '-?\\d+',
  long: '-?\\d+',
  real: '-?\\d+(?:\\.\\d+)?',
};

const literalPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

function targetOf(node: KqlNode, columns: Plan['columns']): Target {
  const name = node.kind === 'NameAndTypeDeclaration' ? childOf(node, 'Name').name : node.name;
  const column = columns.find((each) => each.name === name);
  if (!column) {
    throw new KqlError(`${node.kind} is not supported in parse`, node.position);
  }
  return column;
}

interface Pattern {
  readonly regex: RegExp;
  readonly targets: readonly Target[];
}

/** A pattern of `kind=simple`: texts as they are, columns between them, and `*` for what does not matter. */
function compilePattern(node: KqlNode): Pattern {
  const columns = columnsOf(node);
  const parts = childList(node, 'Patterns');
  const targets: Target[] = [];
  const texts = parts.map((part, index): string => {
    if (part.kind === 'StringLiteralExpression' && part.literal !== undefined) {
      return literalPattern(part.literal);
    }
    const rest = index === parts.length - 1 ? '.*' : '.*?';
    if (part.kind === 'StarExpression') {
      return rest;
    }
    const target = targetOf(part, columns);
    targets.push(target);
    return `(${NUMBER_TEXT[target.type] ?? rest})`;
  });
  return { regex: new RegExp(`^${texts.join('')}`, 's'), targets };
}

/** Where the pattern ends with a text and the row goes on after it, the documentation leaves open what happens. */
function match({ regex }: Pattern, text: string): RegExpExecArray | null {
  const found = regex.exec(text);
  if (found && found[0].length < text.length) {
    throw new KqlError(`the text goes on after the pattern of parse, put a * behind it: ${text.slice(0, 100)}`);
  }
  return found;
}

const compileParse =
  (onlyMatches: boolean): Operator =>
  (node, _input, scope) => {
    parametersOf(node, []);
    const source = compileExpression(childOf(node, 'Expression'), scope);
    const pattern = compilePattern(node);
    const { targets } = pattern;
    return (rows) =>
      rows.flatMap((row) => {
        const found = atPosition(node.position, () => match(pattern, textOf(source.get(row), source.type)));
        const values = targets.map(({ type }, index) => castText(found?.[index + 1] ?? null, type));
        // One column that cannot be read as its type makes all of them absent.
        const matches =
          found !== null && targets.every(({ type }, index) => type === 'string' || values[index] !== null);
        if (onlyMatches && !matches) {
          return [];
        }
        const cells = targets.map(({ name, type }, index): [string, Value] => [
          name,
          matches ? (values[index] ?? null) : nullOf(type),
        ]);
        return [{ ...row, ...Object.fromEntries(cells) }];
      });
  };

export const parse = compileParse(false);
export const parseWhere = compileParse(true);
