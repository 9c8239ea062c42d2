/**
 * The expressions of Azure Resource Manager. A function that is not known is an error.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
import { createHash } from 'node:crypto';

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Body = Readonly<Record<string, Value>>;

/** Subscription and resource group of a deployment. */
export interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** What an expression can refer to. */
export interface Scope {
  readonly run: {
    readonly place: Place;
    readonly cloud: { readonly name: string };
    parameter(name: string): Value;
    variable(name: string): Value;
    /** What reference() gives of a resource, or of a nested deployment. */
    reference(symbol: string, isFull: boolean): Value;
    userFunction(name: string, given: readonly Value[]): Value;
  };
  /** By name; the loop of the resource itself is ''. */
  readonly indexes: Readonly<Record<string, number>>;
  readonly lambdas: Body;
  /** Of a user-defined function; null elsewhere. */
  readonly parameters: Body | null;
}

export function existing<T>(found: T | undefined, what: string): T {
  if (found === undefined) {
    throw new Error(`There is no ${what}`);
  }
  return found;
}

/** The text of what is one, or is shown as one. @throws for lists and objects. */
function text(value: Value | undefined): string {
  if (value === undefined || value === null || typeof value === 'object') {
    throw new Error(`${JSON.stringify(value)} is no text`);
  }
  return String(value);
}

/** A text in brackets is an expression; one that begins with two brackets is a text that begins with one. */
export function textOrExpression(given: string, scope: Scope): Value {
  if (!given.startsWith('[') || !given.endsWith(']')) {
    return given;
  }
  return given.startsWith('[[') ? given.slice(1) : new Expression(given.slice(1, -1)).evaluate(scope);
}

type Term =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Term[] }
  | { readonly kind: 'member'; readonly of: Term; readonly key: Term };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?\d+)|([A-Za-z_$][\w$]*(?:\.[A-Za-z_]\w*)*)(?=\()|(\.[A-Za-z_]\w*)|([()[\],]))/y;

class Expression {
  readonly #tokens: string[] = [];

  constructor(given: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < given.length) {
      const at = TOKEN.lastIndex;
      const [token] = TOKEN.exec(given) ?? [];
      if (token === undefined) {
        throw new Error(`Cannot read the expression at ${at}: ${given}`);
      }
      this.#tokens.push(token.trim());
    }
  }

  evaluate(scope: Scope): Value {
    return evaluate(this.#term(), scope);
  }

  #term(): Term {
    const token = this.#tokens.shift() ?? '';
    let term: Term;
    if (token.startsWith("'")) {
      term = { kind: 'literal', value: token.slice(1, -1).replaceAll("''", "'") };
    } else if (/^-?\d/.test(token)) {
      term = { kind: 'literal', value: Number(token) };
    } else {
      term = { kind: 'call', name: token, parts: this.#parts() };
    }
    return this.#members(term);
  }

  #parts(): Term[] {
    const parts: Term[] = [];
    this.#tokens.shift();
    while (this.#tokens[0] !== ')') {
      parts.push(this.#term());
      if (this.#tokens[0] === ',') {
        this.#tokens.shift();
      }
    }
    this.#tokens.shift();
    return parts;
  }

  #members(term: Term): Term {
    const [token = ''] = this.#tokens;
    if (token.startsWith('.')) {
      this.#tokens.shift();
      return this.#members({ kind: 'member', of: term, key: { kind: 'literal', value: token.slice(1) } });
    }
    if (token !== '[') {
      return term;
    }
    this.#tokens.shift();
    const key = this.#term();
    this.#tokens.shift();
    return this.#members({ kind: 'member', of: term, key });
  }
}

function evaluate(term: Term, scope: Scope): Value {
  if (term.kind === 'literal') {
    return term.value;
  }
  if (term.kind === 'member') {
    const of = evaluate(term.of, scope) as Readonly<Record<string | number, Value>>;
    const key = evaluate(term.key, scope) as string | number;
    return existing(of[key], `member ${key} of ${JSON.stringify(of)}`);
  }
  const { name, parts } = term;
  const lazy = LAZY[name];
  if (lazy !== undefined) {
    return lazy(parts, scope);
  }
  const given = parts.map((part) => evaluate(part, scope));
  return name.includes('.')
    ? scope.run.userFunction(name, given)
    : existing(FUNCTIONS[name], `function ${name}`)(given, scope);
}

/** Applies a lambda to one item. */
function applied(lambda: Term | undefined, item: Value, scope: Scope): Value {
  if (lambda?.kind !== 'call' || lambda.name !== 'lambda') {
    throw new Error('Expected a lambda');
  }
  const [variable, body] = lambda.parts;
  const name = evaluate(existing(variable, 'variable of the lambda'), scope) as string;
  return evaluate(existing(body, 'body of the lambda'), { ...scope, lambdas: { ...scope.lambdas, [name]: item } });
}

/** Functions that do not want all of their arguments evaluated. */
const LAZY: Readonly<Record<string, (parts: readonly Term[], scope: Scope) => Value>> = {
  if: ([condition, yes, no], scope) =>
    evaluate(existing(evaluate(existing(condition, 'condition'), scope) === true ? yes : no, 'branch'), scope),
  and: (parts, scope) => parts.every((part) => evaluate(part, scope) === true),
  or: (parts, scope) => parts.some((part) => evaluate(part, scope) === true),
  map: ([list, lambda], scope) => listOf(list, scope).map((item) => applied(lambda, item, scope)),
  filter: ([list, lambda], scope) => listOf(list, scope).filter((item) => applied(lambda, item, scope) === true),
  toObject: ([list, key, value], scope) =>
    Object.fromEntries(
      listOf(list, scope).map((item) => [applied(key, item, scope) as string, applied(value, item, scope)]),
    ),
};

function listOf(term: Term | undefined, scope: Scope): readonly Value[] {
  return evaluate(existing(term, 'list'), scope) as readonly Value[];
}

function hash(parts: readonly Value[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function guid(parts: readonly Value[]): string {
  const digits = hash(parts);
  return [0, 8, 12, 16, 20].map((from, index) => digits.slice(from, [8, 12, 16, 20, 32][index])).join('-');
}

function resourceId(given: readonly Value[], { subscriptionId, resourceGroup }: Place): string {
  const at = given.findIndex((part) => text(part).includes('/'));
  const [subscription = subscriptionId, group = resourceGroup] =
    at === 2 ? given.slice(0, 2) : [undefined, ...given.slice(0, at)];
  const [namespace = '', ...types] = text(given[at]).split('/');
  const path = types.map((type, index) => `${type}/${text(given[at + 1 + index])}`).join('/');
  return `/subscriptions/${text(subscription)}/resourceGroups/${text(group)}/providers/${namespace}/${path}`;
}

/** The id of a resource without its subscription and resource group. */
function providerPath(given: readonly Value[], place: Place): string {
  return resourceId(given, place).replace(/^.*(?=\/providers\/)/, '');
}

function lengthOf(value: Value | undefined): number {
  return typeof value === 'string' ? value.length : Object.keys(value as object).length;
}

function hasItem(within: Value | undefined, what: Value | undefined): boolean {
  return Array.isArray(within) ? within.includes(what) : text(what) in (within as object);
}

const MANAGEMENT_GROUP = '/providers/Microsoft.Management/managementGroups/mg-platform';

const FUNCTIONS: Readonly<Record<string, (given: readonly Value[], scope: Scope) => Value>> = {
  parameters: ([name], { run, parameters }) =>
    parameters === null ? run.parameter(text(name)) : existing(parameters[text(name)], `parameter ${text(name)}`),
  variables: ([name], { run }) => run.variable(text(name)),
  lambdaVariables: ([name], { lambdas }) => existing(lambdas[text(name)], `lambda variable ${text(name)}`),
  copyIndex: ([name = ''], { indexes }) => existing(indexes[text(name)], `loop ${text(name)}`),
  reference: ([symbol, , full], { run }) => run.reference(text(symbol), full === 'full'),
  true: () => true,
  false: () => false,
  null: () => null,
  not: ([value]) => value !== true,
  equals: ([a, b]) => JSON.stringify(a) === JSON.stringify(b),
  empty: ([value]) => value === null || lengthOf(value) === 0,
  length: ([value]) => lengthOf(value),
  contains: ([within, what]) => (typeof within === 'string' ? within.includes(text(what)) : hasItem(within, what)),
  createArray: (given) => given,
  createObject: (given) =>
    Object.fromEntries(given.flatMap((key, index) => (index % 2 === 0 ? [[key, given[index + 1]]] : []))) as Body,
  concat: (given) => (given as readonly Value[][]).flat(),
  union: (given) =>
    Array.isArray(given[0]) ? [...new Set((given as Value[][]).flat())] : (Object.assign({}, ...given) as Body),
  join: ([list, by]) => (list as string[]).join(text(by)),
  split: ([whole, by]) => text(whole).split(text(by)),
  last: ([list]) => existing((list as Value[]).at(-1), 'last item'),
  replace: ([whole, from, to]) => text(whole).replaceAll(text(from), text(to)),
  take: ([whole, count]) => text(whole).slice(0, Number(count)),
  toLower: ([whole]) => text(whole).toLowerCase(),
  format: ([format, ...given]) =>
    text(format).replace(/\{\{|\}\}|\{(\d+)\}/g, (found, index) =>
      index === undefined ? found.charAt(0) : text(given[Number(index)]),
    ),
  string: ([value]) => (typeof value === 'string' ? value : JSON.stringify(value)),
  guid,
  uniqueString: (given) => hash(given).slice(0, 13),
  fail: ([message]) => {
    throw new Error(text(message));
  },
  subscription: (_, { run: { place } }) => ({ id: `/subscriptions/${place.subscriptionId}`, ...place }),
  resourceGroup: (_, { run: { place } }) => ({
    id: `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`,
    name: place.resourceGroup,
    location: 'westeurope',
  }),
  tenant: () => ({ tenantId: '99999999-9999-9999-9999-999999999999' }),
  deployment: () => ({ location: 'westeurope' }),
  managementGroup: () => ({ id: MANAGEMENT_GROUP, name: MANAGEMENT_GROUP.split('/').at(-1) ?? '' }),
  environment: (_, { run: { cloud } }) => ({ name: cloud.name, portal: 'https://portal.example' }),
  resourceId: (given, { run: { place } }) => resourceId(given, place),
  tenantResourceId: (given, { run: { place } }) => providerPath(given, place),
  extensionResourceId: ([scope, ...given], { run: { place } }) => `${text(scope)}${providerPath(given, place)}`,
  subscriptionResourceId: (given, { run: { place } }) =>
    resourceId(given, place).replace(/\/resourceGroups\/[^/]*/, ''),
};
