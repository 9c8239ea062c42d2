import { z } from 'zod';

import { ConfigError } from '../config/problems';
import type { ListedCluster } from './clusters';
import { normaliseCluster } from './normalise';

/** A text that a person handed over, with the name to use in errors. */
export interface InputFile {
  readonly name: string;
  readonly text: string;
}

const bodiesSchema = z.union([
  z.object({ value: z.array(z.unknown()) }).transform(({ value }) => value),
  z.array(z.unknown()),
  z.looseObject({ id: z.unknown() }).transform((body) => [body]),
]);

/**
 * Reads clusters from files: a list body, an array or a single object as ARM returns them, or what `az aks list -o json` prints.
 * @throws ConfigError with every problem of every file.
 */
export function clustersFromFiles(files: readonly InputFile[]): ListedCluster[] {
  const problems: string[] = [];
  const clusters = files.flatMap((file) => {
    try {
      return bodiesOf(file).flatMap((body, index) => clusterOf(body, `${file.name}[${index}]`, problems));
    } catch (error) {
      problems.push(`${file.name}: ${(error as Error).message}`);
      return [];
    }
  });
  if (problems.length > 0) {
    throw new ConfigError('The input cannot be used', problems);
  }
  return clusters;
}

function bodiesOf({ text }: InputFile): unknown[] {
  let body: unknown;
  try {
    // PowerShell's redirection writes a byte order mark.
    body = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`it is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const parsed = bodiesSchema.safeParse(body);
  if (!parsed.success) {
    throw new Error(
      'accepts a list of clusters ({"value": […]}), an array of clusters, or one cluster, as ARM or `az aks list -o json` gives them',
    );
  }
  return parsed.data;
}

function clusterOf(body: unknown, place: string, problems: string[]): ListedCluster[] {
  try {
    const { cluster, problems: inBody } = normaliseCluster(body);
    const asUnread = inBody.map((detail) => ({
      ...({ source: 'clusters', scope: cluster.id, reason: 'invalid' } as const),
      detail,
    }));
    return [{ cluster, problems: asUnread }];
  } catch (error) {
    problems.push(`${place}: ${(error as Error).message}`);
    return [];
  }
}
