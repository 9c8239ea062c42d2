/** What the baseline file may say in place of a parameter's default. */
export type ParamValue = string | number | boolean | readonly string[];

interface Described {
  /** What it stands for, with its unit; a phrase for a table. */
  readonly description: string;
}

export interface NumberParam extends Described {
  readonly kind: 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** In which direction the check asks for more; the other one weakens it. */
  readonly stricter: 'lower' | 'higher';
}

export interface FlagParam extends Described {
  readonly kind: 'flag';
  readonly default: boolean;
  readonly stricter: boolean;
}

export interface TextParam extends Described {
  readonly kind: 'text';
  readonly default: string;
  /** The values beside the default. */
  readonly accepts: readonly string[];
}

export interface ListParam extends Described {
  readonly kind: 'list';
  readonly default: readonly string[];
  /** Addresses or CIDR blocks, GUIDs, any text; ids of application gateways come from the file's `gateways`. */
  readonly items: 'range' | 'guid' | 'text' | 'applicationGateway';
  readonly stricter: 'longer' | 'shorter';
}

export type Param = NumberParam | FlagParam | TextParam | ListParam;
export type Params = Readonly<Record<string, Param>>;

/** The values that a check works with. */
export type ParamValues<P extends Params = Params> = { readonly [K in keyof P]: P[K]['default'] };

/** Whole days; fewer are stricter unless said otherwise. */
export function days(standard: number, description: string, bounds: Partial<Bounds> = {}): NumberParam {
  return count(standard, `Days: ${description}`, { min: 0, max: 3650, ...bounds });
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly stricter: NumberParam['stricter'];
}

/** A whole number. */
export function count(
  standard: number,
  description: string,
  bounds: Pick<Bounds, 'min' | 'max'> & Partial<Bounds>,
): NumberParam {
  return { kind: 'number', default: standard, description, stricter: 'lower', ...bounds };
}

/** @param stricter the value with which the check asks for more. */
export function flag(standard: boolean, description: string, stricter: boolean): FlagParam {
  return { kind: 'flag', default: standard, description, stricter };
}

/** One of a few words, or the default. */
export function choice(standard: string, description: string, accepts: readonly string[]): TextParam {
  return { kind: 'text', default: standard, description, accepts };
}

export function list(
  standard: readonly string[],
  description: string,
  rest: Pick<ListParam, 'items' | 'stricter'>,
): ListParam {
  return { kind: 'list', default: standard, description, ...rest };
}

export function defaultsOf<P extends Params>(params: P): ParamValues<P> {
  return Object.fromEntries(
    Object.entries(params).map(([name, { default: standard }]) => [name, standard]),
  ) as ParamValues<P>;
}
