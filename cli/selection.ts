import { readFile } from 'node:fs/promises';

import { ConfigError } from '../shared/config/problems';
import { readSettings, type Settings } from '../shared/config/settings';
import type { Scan } from '../shared/model/scan';
import type { InputFile } from '../shared/run/local';

/** Which clusters, scans and expectations a command is about. */
export interface Selection {
  readonly subscription?: string[];
  readonly managementGroup?: string[];
  readonly scan?: Scan[];
  readonly input?: string[];
  readonly baseline?: string;
  /** Events say who made a change. */
  readonly changedBy?: true;
}

/** Options outrank the environment and pass through the same validation. @throws ConfigError */
export function settingsOf({ subscription, managementGroup, scan: scans, baseline, changedBy }: Selection): Settings {
  const scope =
    subscription === undefined && managementGroup === undefined
      ? {}
      : {
          AKS_DRIFT_SUBSCRIPTION_IDS: subscription?.join(','),
          AKS_DRIFT_MANAGEMENT_GROUP_IDS: managementGroup?.join(','),
        };
  const environment = {
    ...process.env,
    ...scope,
    ...(scans === undefined ? {} : { AKS_DRIFT_SCANS: scans.join(',') }),
    ...(baseline === undefined ? {} : { AKS_DRIFT_BASELINE: baseline }),
  };
  const settings = namingOptions('AKS_DRIFT_SUBSCRIPTION_IDS' in scope, () => readSettings(environment, 'cli'));
  // Who sits at a terminal sees names only when asked for.
  const named = settings.changedBy === 'off' ? 'name' : settings.changedBy;
  return { ...settings, changedBy: changedBy === true ? named : 'off' };
}

/** What came from an option is called by its name. @throws ConfigError */
function namingOptions<T>(isScopeGiven: boolean, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ConfigError) || !isScopeGiven) {
      throw error;
    }
    const named = error.problems.map((problem) =>
      problem
        .replace(/^AKS_DRIFT_SUBSCRIPTION_IDS(\.\d+)?:/, '--subscription:')
        .replace(/^AKS_DRIFT_MANAGEMENT_GROUP_IDS(\.\d+)?:/, '--management-group:'),
    );
    throw new ConfigError(error.subject, named);
  }
}

/** @throws ConfigError with every file that cannot be read. */
export async function readInputs(names: readonly string[]): Promise<InputFile[]> {
  const problems: string[] = [];
  const files = await Promise.all(
    names.map(async (name) => {
      try {
        return [{ name, text: decoded(await readFile(name)) }];
      } catch (error) {
        problems.push(`${name}: ${(error as Error).message}`);
        return [];
      }
    }),
  );
  if (problems.length > 0) {
    throw new ConfigError('The input cannot be read', problems);
  }
  return files.flat();
}

/** PowerShell 5 redirects as UTF-16. */
function decoded(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
