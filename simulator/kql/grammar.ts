// The two scripts register globals instead of exporting, and the second one needs the first.
import '@kusto/language-service-next/bridge.min.js';
import '@kusto/language-service-next/Kusto.Language.Bridge.min.js';

import { KqlError } from './error';
import { type KqlType, isKqlType } from './values';

interface RawList<T> {
  readonly Count: number;
  getItem(index: number): T;
}

interface RawSymbol {
  readonly Name: string;
  readonly Kind: number;
  readonly Columns?: RawList<{ readonly Name: string; readonly Type: RawSymbol }> | null;
}

interface RawElement {
  readonly Kind: number;
  readonly IsToken: boolean;
  readonly TextStart: number;
  readonly NameInParent: string | null;
  readonly ChildCount: number;
  GetChild(index: number): RawElement | null;
  readonly Text?: string;
  readonly SimpleName?: string | null;
  readonly LiteralValue?: unknown;
  readonly ResultType?: RawSymbol | null;
  readonly ReferencedSymbol?: RawSymbol | null;
  GetCalledFunctionBody?(): RawElement | null;
}

interface RawDiagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Start: number;
  readonly Length: number;
  readonly Message: string;
}

interface RawGlobals {
  WithDatabase(database: unknown): RawGlobals;
}

interface KustoLanguage {
  readonly KustoCode: {
    ParseAndAnalyze(
      query: string,
      globals: RawGlobals,
    ): {
      readonly Syntax: RawElement;
      readonly ResultType?: RawSymbol | null;
      GetDiagnostics(): RawList<RawDiagnostic>;
    };
  };
  readonly GlobalState: { readonly Default: RawGlobals };
  readonly Symbols: {
    readonly TableSymbol: { From(schema: string): { WithName(name: string): unknown } };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, members: unknown[]) => unknown };
    readonly SymbolKind: Record<string, unknown>;
  };
  readonly Syntax: { readonly SyntaxKind: Record<string, unknown> };
}

const { Language } = (globalThis as unknown as { readonly Kusto: { readonly Language: KustoLanguage } }).Kusto;

/** A name and a type, as the analyser gives every column of every tabular expression. */
export interface Column {
  readonly name: string;
  readonly type: KqlType;
}

/** One node of the official syntax tree: lists are flattened and the analyser's findings are resolved. */
export interface KqlNode {
  readonly kind: string;
  readonly position: number;
  /** The node's own tokens in order, which for an operator node is the operator as it was written. */
  readonly tokens: readonly string[];
  readonly children: ReadonlyMap<string, readonly KqlNode[]>;
  readonly name: string | undefined;
  /** The text of a string literal or of a bare word. */
  readonly literal: string | undefined;
  readonly symbol: { readonly name: string; readonly kind: string } | undefined;
  readonly resultType: string | undefined;
  readonly resultColumns: readonly { readonly name: string; readonly type: string }[] | undefined;
  readonly isTable: boolean;
  /** Of a call of a function that the query declares: its body, analysed for this call's arguments. */
  readonly calledBody: KqlNode | undefined;
}

const nameOf = (table: Record<string, unknown>): ReadonlyMap<unknown, string> =>
  new Map(Object.entries(table).map(([name, value]) => [value, name]));
const SYNTAX_KINDS = nameOf(Language.Syntax.SyntaxKind);
const SYMBOL_KINDS = nameOf(Language.Symbols.SymbolKind);

const toArray = <T>(list: RawList<T>): T[] => Array.from({ length: list.Count }, (_, index) => list.getItem(index));
const syntaxKind = (element: RawElement): string => SYNTAX_KINDS.get(element.Kind) ?? `syntax ${element.Kind}`;
const symbolKind = (symbol: RawSymbol): string => SYMBOL_KINDS.get(symbol.Kind) ?? `symbol ${symbol.Kind}`;

function childElements(element: RawElement): RawElement[] {
  return Array.from({ length: element.ChildCount }, (_, index) => element.GetChild(index)).filter(
    (child) => child !== null,
  );
}

function listItems(list: RawElement): RawElement[] {
  return childElements(list).flatMap((item) =>
    syntaxKind(item) === 'SeparatedElement' ? childElements(item).slice(0, 1) : [item],
  );
}

function convertChildren(element: RawElement): Pick<KqlNode, 'tokens' | 'children'> {
  const tokens: string[] = [];
  const children = new Map<string, KqlNode[]>();
  for (const child of childElements(element)) {
    if (child.IsToken) {
      tokens.push(child.Text ?? '');
      continue;
    }
    const isList = syntaxKind(child) === 'List';
    const items = isList ? listItems(child) : [child];
    tokens.push(...items.filter((item) => item.IsToken).map((item) => item.Text ?? ''));
    children.set(child.NameInParent ?? '', items.filter((item) => !item.IsToken).map(convert));
  }
  return { tokens, children };
}

const resultColumnsOf = (type: RawSymbol | undefined): KqlNode['resultColumns'] =>
  type?.Columns ? toArray(type.Columns).map(({ Name, Type }) => ({ name: Name, type: Type.Name })) : undefined;

function convert(element: RawElement): KqlNode {
  const type = element.ResultType ?? undefined;
  const symbol = element.ReferencedSymbol ?? undefined;
  const body = element.GetCalledFunctionBody?.();
  return {
    kind: syntaxKind(element),
    position: element.TextStart,
    ...convertChildren(element),
    name: element.SimpleName ?? undefined,
    literal: typeof element.LiteralValue === 'string' ? element.LiteralValue : undefined,
    symbol: symbol && { name: symbol.Name, kind: symbolKind(symbol) },
    resultType: type?.Name,
    resultColumns: resultColumnsOf(type),
    isTable: type !== undefined && symbolKind(type) === 'Table',
    calledBody: body ? convert(body) : undefined,
  };
}

const schemaOf = (columns: Record<string, KqlType>): string =>
  `(${Object.entries(columns)
    .map(([name, type]) => `['${name}']: ${type}`)
    .join(', ')})`;

/** What the official analyser says about a place in a query; `severity` is its own word, such as Error or Warning. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly start: number;
  readonly length: number;
}

/** An analysed query. */
export interface Analysis {
  readonly diagnostics: readonly Diagnostic[];
  /** The columns of the answer; undefined when the query has none. */
  readonly columns: KqlNode['resultColumns'];
  readonly syntax: () => KqlNode;
}

/** Analyses a query against the columns of the given tables. */
export function analyse(query: string, tables: Record<string, Record<string, KqlType>>): Analysis {
  const { DatabaseSymbol, TableSymbol } = Language.Symbols;
  const symbols = Object.entries(tables).map(([name, columns]) => TableSymbol.From(schemaOf(columns)).WithName(name));
  const globals = Language.GlobalState.Default.WithDatabase(new DatabaseSymbol.ctor('database', symbols));
  const code = Language.KustoCode.ParseAndAnalyze(query, globals);
  const diagnostics = toArray(code.GetDiagnostics()).map(({ Code, Severity, Message, Start, Length }) => ({
    code: Code,
    severity: Severity,
    message: Message,
    start: Start,
    length: Length,
  }));
  return { diagnostics, columns: resultColumnsOf(code.ResultType ?? undefined), syntax: () => convert(code.Syntax) };
}

/** The list of children under a name; empty when the query leaves an optional clause out. */
export function childList(node: KqlNode, name: string): readonly KqlNode[] {
  return node.children.get(name) ?? [];
}

/** The child under a name, if the query has it. */
export function optionalChild(node: KqlNode, name: string): KqlNode | undefined {
  return childList(node, name)[0];
}

/** The child under a name, which the grammar guarantees. */
export function childOf(node: KqlNode, name: string): KqlNode {
  const child = optionalChild(node, name);
  if (!child) {
    throw new KqlError(`${node.kind} without ${name}`, node.position);
  }
  return child;
}

/** The type the analyser found for a scalar expression. */
export function scalarType(node: KqlNode): KqlType {
  if (node.resultType === undefined || !isKqlType(node.resultType)) {
    throw new KqlError(`values of type '${node.resultType ?? 'unknown'}' are not supported`, node.position);
  }
  return node.resultType;
}

/** The columns the analyser found for a tabular expression or for a function that returns several columns. */
export function columnsOf(node: KqlNode): Column[] {
  if (!node.resultColumns) {
    throw new KqlError(`${node.kind} has no known columns`, node.position);
  }
  return node.resultColumns.map(({ name, type }) => {
    if (!isKqlType(type)) {
      throw new KqlError(`column '${name}' has the type '${type}', which is not supported`, node.position);
    }
    return { name, type };
  });
}

/** The type that `typeof(...)` names. */
export function namedType(node: KqlNode): KqlType {
  const name = node.symbol?.name;
  if (node.kind !== 'TypeOfLiteralExpression' || name === undefined || !isKqlType(name)) {
    throw new KqlError('typeof() of one supported type expected', node.position);
  }
  return name;
}
