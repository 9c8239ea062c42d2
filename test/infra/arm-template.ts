/**
 * Does with a compiled template what Azure Resource Manager does before it talks to a resource provider: takes parameters, evaluates
 * expressions, unfolds copy loops, and walks into nested deployments. What it does not know is an error.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../..');

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export type Body = Readonly<Record<string, Value>>;

interface Template {
  readonly parameters?: Readonly<Record<string, { defaultValue?: Value; nullable?: boolean; allowedValues?: Value[] }>>;
  readonly variables?: Body;
  readonly functions?: readonly {
    namespace: string;
    members: Record<string, { parameters: { name: string }[]; output: { value: Value } }>;
  }[];
  readonly resources: Readonly<Record<string, Body>>;
  readonly outputs?: Readonly<Record<string, { value: Value }>>;
}

/** A resource as its provider would get it. */
export interface Resource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  /** Subscription and resource group of the deployment that holds it. */
  readonly place: Place;
  readonly body: Body;
}

interface Place {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

export interface Deployment {
  readonly resources: readonly Resource[];
  readonly outputs: Body;
}

export interface Cloud {
  /** As `environment().name` says it. */
  readonly name: string;
  /** What a resource has that Azure made up. */
  readonly madeByAzure: (type: string, name: string) => Body;
}

/** The compiled template that is committed. */
export function mainTemplate(): Template {
  return JSON.parse(readFileSync(join(ROOT, 'infra/main.json'), 'utf8')) as Template;
}

/** @throws for a parameter that is missing, unknown or not allowed, and for an expression that it cannot evaluate. */
export function deploy(
  template: Template,
  parameters: Body,
  cloud: Cloud,
  place: Place = { subscriptionId: '11111111-1111-1111-1111-111111111111', resourceGroup: '' },
): Deployment {
  return new Run(template, parameters, cloud, place).deploy();
}

interface Scope {
  readonly run: Run;
  /** By name; the loop of the resource itself is ''. */
  readonly indexes: Readonly<Record<string, number>>;
  readonly lambdas: Body;
  /** Of a user-defined function; null elsewhere. */
  readonly parameters: Body | null;
}

class Run {
  readonly #parameters = new Map<string, Value>();
  readonly #variables = new Map<string, Value>();
  readonly #done = new Map<string, { resources: readonly Resource[]; live: Body; body: Body }>();
  readonly #root: Scope = { run: this, indexes: {}, lambdas: {}, parameters: null };

  constructor(
    readonly template: Template,
    given: Body,
    readonly cloud: Cloud,
    readonly place: Place,
  ) {
    const declared = template.parameters ?? {};
    const unknown = Object.keys(given).filter((name) => !(name in declared));
    if (unknown.length > 0) {
      throw new Error(`There is no parameter ${unknown.join(', ')}`);
    }
    for (const [name, { defaultValue, nullable, allowedValues }] of Object.entries(declared)) {
      const value = given[name] ?? (defaultValue === undefined ? null : this.value(defaultValue, this.#root));
      if (value === null && nullable !== true) {
        throw new Error(`The parameter ${name} is missing`);
      }
      if (allowedValues !== undefined && !allowedValues.includes(value)) {
        throw new Error(`The parameter ${name} does not allow ${JSON.stringify(value)}`);
      }
      this.#parameters.set(name, value);
    }
  }

  deploy(): Deployment {
    const resources = Object.keys(this.template.resources).flatMap((symbol) => this.resource(symbol).resources);
    const outputs = Object.entries(this.template.outputs ?? {}).map(([name, { value }]) => [
      name,
      this.value(value, this.#root),
    ]);
    return { resources, outputs: Object.fromEntries(outputs) as Body };
  }

  parameter(name: string): Value {
    return existing(this.#parameters.get(name), `parameter ${name}`);
  }

  variable(name: string): Value {
    const known = this.#variables.get(name);
    if (known !== undefined) {
      return known;
    }
    const text = existing(this.template.variables?.[name], `variable ${name}`);
    // Files that were loaded stand under a name of the compiler's, and are data.
    const value = this.value(text, this.#root);
    this.#variables.set(name, value);
    return value;
  }

  /** What reference() gives of a resource, or of a nested deployment. */
  reference(symbol: string, isFull: boolean): Value {
    const { live, body } = this.resource(symbol);
    return isFull ? { ...body, properties: live } : live;
  }

  userFunction(name: string, given: readonly Value[]): Value {
    const [namespace, member = ''] = name.split('.');
    const found = this.template.functions?.find((candidate) => candidate.namespace === namespace)?.members[member];
    const { parameters, output } = existing(found, `function ${name}`);
    const bound = Object.fromEntries(parameters.map((parameter, index) => [parameter.name, given[index] ?? null]));
    return this.value(output.value, { ...this.#root, parameters: bound });
  }

  resource(symbol: string): { resources: readonly Resource[]; live: Body; body: Body } {
    const known = this.#done.get(symbol);
    if (known !== undefined) {
      return known;
    }
    const declared = existing(this.template.resources[symbol], `resource ${symbol}`);
    const made = this.make(declared);
    this.#done.set(symbol, made);
    return made;
  }

  private make(declared: Body): { resources: readonly Resource[]; live: Body; body: Body } {
    const { copy, condition = true, ...rest } = declared;
    if (copy === undefined) {
      return this.value(condition, this.#root) === true
        ? this.one(rest, this.#root)
        : { resources: [], live: {}, body: {} };
    }
    const { name, count } = copy as { name: string; count: Value };
    const items = Array.from({ length: this.value(count, this.#root) as number }, (_, index) =>
      this.one(rest, { ...this.#root, indexes: { '': index, [name]: index } }),
    );
    return { resources: items.flatMap(({ resources }) => resources), live: {}, body: {} };
  }

  private one(declared: Body, scope: Scope): { resources: readonly Resource[]; live: Body; body: Body } {
    const { type, existing: isExisting } = declared;
    if (type === 'Microsoft.Resources/deployments') {
      return this.nested(declared, scope);
    }
    const { dependsOn: _dependsOn, ...body } = this.value(declared, scope) as Body;
    const { name, apiVersion } = body as { name: string; apiVersion: string };
    const live = { ...((body.properties ?? {}) as Body), ...this.cloud.madeByAzure(type as string, name) };
    const resource = { type: type as string, apiVersion, name, place: this.place, body };
    return { resources: isExisting === true ? [] : [resource], live, body: { location: 'westeurope', ...body } };
  }

  private nested(declared: Body, scope: Scope): { resources: readonly Resource[]; live: Body; body: Body } {
    const { template, parameters = {} } = declared.properties as unknown as { template: Template; parameters?: Body };
    const given = Object.entries(this.value(parameters, scope) as Record<string, { value: Value }>);
    const place = {
      subscriptionId: this.value(declared.subscriptionId ?? this.place.subscriptionId, scope) as string,
      resourceGroup: this.value(declared.resourceGroup ?? this.place.resourceGroup, scope) as string,
    };
    const { resources, outputs } = deploy(
      template,
      Object.fromEntries(given.map(([name, { value }]) => [name, value])),
      this.cloud,
      place,
    );
    const shown = Object.entries(outputs).map(([name, value]) => [name, { value }]);
    return { resources, live: { outputs: Object.fromEntries(shown) as Body }, body: {} };
  }

  /** Evaluates every expression in a part of the template. */
  value(part: Value, scope: Scope): Value {
    if (typeof part === 'string') {
      return textOrExpression(part, scope);
    }
    if (Array.isArray(part)) {
      return (part as Value[]).map((item) => this.value(item, scope));
    }
    return typeof part === 'object' && part !== null ? this.object(part as Body, scope) : part;
  }

  private object(part: Body, scope: Scope): Body {
    const entries = Object.entries(part).flatMap(([key, value]) =>
      key === 'copy' && Array.isArray(value)
        ? (value as { name: string; count: Value; input: Value }[]).map(
            (copy) => [copy.name, this.propertyCopy(copy, scope)] as const,
          )
        : [[textOrExpression(key, scope) as string, this.value(value, scope)] as const],
    );
    return Object.fromEntries(entries);
  }

  private propertyCopy(copy: { name: string; count: Value; input: Value }, scope: Scope): Value[] {
    return Array.from({ length: this.value(copy.count, scope) as number }, (_, index) =>
      this.value(copy.input, { ...scope, indexes: { ...scope.indexes, [copy.name]: index } }),
    );
  }
}

function existing<T>(found: T | undefined, what: string): T {
  if (found === undefined) {
    throw new Error(`There is no ${what}`);
  }
  return found;
}

/** A text in brackets is an expression; one that begins with two brackets is a text that begins with one. */
function textOrExpression(text: string, scope: Scope): Value {
  if (!text.startsWith('[') || !text.endsWith(']')) {
    return text;
  }
  return text.startsWith('[[') ? text.slice(1) : new Expression(text.slice(1, -1)).evaluate(scope);
}

type Term =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Term[] }
  | { readonly kind: 'member'; readonly of: Term; readonly key: Term };

const TOKEN =
  /\s*(?:('(?:[^']|'')*')|(-?\d+)|([A-Za-z_$][\w$]*(?:\.[A-Za-z_]\w*)*)(?=\()|(\.[A-Za-z_]\w*)|([()[\],]))/y;

class Expression {
  readonly #tokens: string[] = [];

  constructor(text: string) {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const at = TOKEN.lastIndex;
      const [token] = TOKEN.exec(text) ?? [];
      if (token === undefined) {
        throw new Error(`Cannot read the expression at ${at}: ${text}`);
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
  const at = given.findIndex((part) => String(part).includes('/'));
  const [subscription = subscriptionId, group = resourceGroup] =
    at === 2 ? given.slice(0, 2) : [undefined, ...given.slice(0, at)];
  const [namespace = '', ...types] = String(given[at]).split('/');
  const path = types.map((type, index) => `${type}/${String(given[at + 1 + index])}`).join('/');
  return `/subscriptions/${String(subscription)}/resourceGroups/${String(group)}/providers/${namespace}/${path}`;
}

const FUNCTIONS: Readonly<Record<string, (given: readonly Value[], scope: Scope) => Value>> = {
  parameters: ([name], { run, parameters }) =>
    parameters === null ? run.parameter(String(name)) : existing(parameters[String(name)], `parameter ${String(name)}`),
  variables: ([name], { run }) => run.variable(String(name)),
  lambdaVariables: ([name], { lambdas }) => existing(lambdas[String(name)], `lambda variable ${String(name)}`),
  copyIndex: ([name = ''], { indexes }) => existing(indexes[String(name)], `loop ${String(name)}`),
  reference: ([symbol, , full], { run }) => run.reference(String(symbol), full === 'full'),
  true: () => true,
  false: () => false,
  null: () => null,
  not: ([value]) => value !== true,
  equals: ([a, b]) => JSON.stringify(a) === JSON.stringify(b),
  empty: ([value]) =>
    value === null || (typeof value === 'object' ? Object.keys(value ?? {}) : String(value)).length === 0,
  length: ([value]) => (typeof value === 'string' ? value.length : Object.keys(value as object).length),
  contains: ([within, what]) =>
    typeof within === 'string'
      ? within.includes(String(what))
      : Array.isArray(within)
        ? within.includes(what)
        : String(what) in (within as object),
  createArray: (given) => given,
  createObject: (given) =>
    Object.fromEntries(given.flatMap((key, index) => (index % 2 === 0 ? [[key, given[index + 1]]] : []))) as Body,
  concat: (given) => (given as readonly Value[][]).flat(),
  union: (given) =>
    Array.isArray(given[0]) ? [...new Set((given as Value[][]).flat())] : (Object.assign({}, ...given) as Body),
  join: ([list, by]) => (list as string[]).join(String(by)),
  split: ([text, by]) => String(text).split(String(by)),
  last: ([list]) => existing((list as Value[]).at(-1), 'last item'),
  replace: ([text, from, to]) => String(text).replaceAll(String(from), String(to)),
  toLower: ([text]) => String(text).toLowerCase(),
  format: ([text, ...given]) =>
    String(text).replace(/\{\{|\}\}|\{(\d+)\}/g, (found, index) =>
      index === undefined ? found.charAt(0) : String(given[Number(index)]),
    ),
  string: ([value]) => (typeof value === 'string' ? value : JSON.stringify(value)),
  guid,
  uniqueString: (given) => hash(given).slice(0, 13),
  fail: ([text]) => {
    throw new Error(String(text));
  },
  subscription: (_, { run: { place } }) => ({ id: `/subscriptions/${place.subscriptionId}`, ...place }),
  resourceGroup: (_, { run: { place } }) => ({
    id: `/subscriptions/${place.subscriptionId}/resourceGroups/${place.resourceGroup}`,
    name: place.resourceGroup,
    location: 'westeurope',
  }),
  tenant: () => ({ tenantId: '99999999-9999-9999-9999-999999999999' }),
  deployment: () => ({ location: 'westeurope' }),
  environment: (_, { run: { cloud } }) => ({ name: cloud.name }),
  resourceId: (given, { run: { place } }) => resourceId(given, place),
  subscriptionResourceId: (given, { run: { place } }) =>
    resourceId(given, place).replace(/\/resourceGroups\/[^/]*/, ''),
};
