/**
 * Does with a compiled template what Azure Resource Manager does before it talks to a resource provider: takes parameters, evaluates
 * expressions, unfolds copy loops, and walks into nested deployments.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { existing, textOrExpression, type Body, type Place, type Scope, type Value } from './arm-expression';

export type { Body, Value } from './arm-expression';

export const ROOT = join(__dirname, '../..');

export interface Template {
  readonly parameters?: Readonly<Record<string, { defaultValue?: Value; nullable?: boolean; allowedValues?: Value[] }>>;
  readonly variables?: Body;
  readonly functions?: readonly {
    namespace: string;
    members: Record<string, { parameters: { name: string }[]; output: { value: Value } }>;
  }[];
  /** By symbolic name; a list where the compiler needs no names. */
  readonly resources: Readonly<Record<string, Body>> | readonly Body[];
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

/** A template that is committed in its compiled form. */
export type CompiledTemplate = 'main' | 'access-lighthouse' | 'access-management-group';

export function compiled(name: CompiledTemplate): Template {
  return JSON.parse(readFileSync(join(ROOT, `infra/${name}.json`), 'utf8')) as Template;
}

/** The template of a module. */
export function nestedIn(template: Template, symbol: string): Template {
  const declared = existing(
    Object.entries(template.resources).find(([name]) => name === symbol)?.[1],
    `module ${symbol}`,
  );
  return (declared as unknown as { properties: { template: Template } }).properties.template;
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

class Run {
  readonly #parameters = new Map<string, Value>();
  readonly #variables = new Map<string, Value>();
  readonly #done = new Map<string, { resources: readonly Resource[]; live: Body; body: Body }>();
  readonly #resources: Readonly<Record<string, Body>>;
  readonly #root: Scope = { run: this, indexes: {}, lambdas: {}, parameters: null };

  constructor(
    readonly template: Template,
    given: Body,
    readonly cloud: Cloud,
    readonly place: Place,
  ) {
    this.#resources = Object.fromEntries(Object.entries(template.resources));
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
    const declared = existing(this.#resources[symbol], `resource ${symbol}`);
    const made = this.make(declared);
    this.#done.set(symbol, made);
    return made;
  }

  private make(declared: Body): { resources: readonly Resource[]; live: Body; body: Body } {
    const { copy, condition = true, dependsOn, ...rest } = declared;
    if (!Array.isArray(this.template.resources)) {
      this.requireSymbols((dependsOn ?? []) as string[]);
    }
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

  private requireSymbols(symbols: readonly string[]): void {
    for (const symbol of symbols) {
      existing(this.#resources[symbol], `resource ${symbol}`);
    }
  }

  private one(declared: Body, scope: Scope): { resources: readonly Resource[]; live: Body; body: Body } {
    const { type, existing: isExisting } = declared;
    if (type === 'Microsoft.Resources/deployments') {
      return this.nested(declared, scope);
    }
    const body = this.value(declared, scope) as Body;
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
