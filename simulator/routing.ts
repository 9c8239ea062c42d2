import type { ApiServers } from './api-servers';
import type { Reply } from './https-server';
import type { Throttle, LimitName } from './throttling';
import type { World } from './world';

/** A request that ARM has accepted, as a route's handler gets it. */
export interface ArmRequest {
  world: World;
  now: Date;
  apiServers: ApiServers;
  throttle: Throttle;
  /** Base of the links in answers, without a slash at the end. */
  origin: string;
  method: string;
  url: URL;
  /** Parsed JSON, undefined when the request has no body. */
  body: unknown;
  /** A variable of the route's path. */
  variable: (name: string) => string;
}

/** One operation of ARM. Whatever has no route is refused as Azure refuses what does not exist. */
export interface Route {
  /** Where the operation is documented. */
  source: string;
  method: 'GET' | 'POST';
  /** Path with `{variables}`; letter case does not matter. */
  path: string;
  apiVersions: readonly string[];
  /** RBAC action and, with the path's variables, the id over which it is needed. */
  action: string;
  scope: string;
  /** Throttling by the resource provider, beyond that of ARM. */
  limit?: { name: LimitName; key: (request: ArmRequest) => string };
  handle: (request: ArmRequest) => Reply | Promise<Reply>;
}

/** Fills the `{variables}` of a template. */
export function fill(template: string, variable: (name: string) => string): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => variable(name));
}

/** The variables of a path by the names in a template; undefined when it does not match. */
export function matchPath(template: string, path: string): ReadonlyMap<string, string> | undefined {
  const expected = template.split('/');
  const segments = path.split('/');
  if (expected.length !== segments.length) {
    return undefined;
  }
  const variables = new Map<string, string>();
  for (const [index, segment] of segments.entries()) {
    const wanted = expected[index] ?? '';
    if (wanted.startsWith('{')) {
      variables.set(wanted.slice(1, -1), decodeURIComponent(segment));
    } else if (wanted.toLowerCase() !== segment.toLowerCase()) {
      return undefined;
    }
  }
  return variables;
}

/** A query parameter by its name in any letter case. */
export function queryOf(url: URL, name: string): string | undefined {
  return [...url.searchParams].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
