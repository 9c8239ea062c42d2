import { fail, pass, type Verdict } from '../model/check';
import type { Cluster } from '../model/cluster';
import type { Json } from '../model/json';
import { isAutomatic } from './facts';

/** Settings of add-ons are strings of any letter case; where one came as a boolean, that is as good. */
export function says(setting: string | undefined, word: 'true' | 'false'): boolean {
  return String(setting).toLowerCase() === word;
}

/** @param name of the feature, to be followed by "is on". An opt-in feature that is absent is off. */
export function mustBeOn(name: string, value: boolean | undefined, observed: Json): Verdict {
  return value === true ? pass(`${name} is on.`, { observed }) : fail(`${name} is off.`, { observed });
}

/** The same for what AKS Automatic presets: absent there means that the platform enforces it. */
export function mustBeOnUnlessPreset(
  cluster: Cluster,
  name: string,
  value: boolean | undefined,
  observed: Json,
): Verdict {
  if (!isAutomatic(cluster) || value === false) {
    return mustBeOn(name, value, observed);
  }
  return pass(value === true ? sayPreset(cluster, `${name} is on`) : 'AKS Automatic enforces it.', { observed });
}

/** @param found what was found good, without a full stop; told with who keeps it so where AKS Automatic presets it. */
export function sayPreset(cluster: Cluster, found: string): string {
  return isAutomatic(cluster) ? `${found}; AKS Automatic enforces it.` : `${found}.`;
}

/** Like mustBeOn, in words that tell a person whether it was ever touched. Absent is off. */
export function mustBeEnabled(name: string, enabled: boolean | undefined, observed: Json): Verdict {
  if (enabled === true) {
    return pass(`${name} is enabled.`, { observed });
  }
  return fail(`${name} ${enabled === false ? 'is disabled' : 'was never enabled'}.`, { observed });
}

/** @param name of the feature, to be followed by "is off". Absent is off. */
export function mustBeOff(name: string, value: boolean | undefined, observed: Json): Verdict {
  return value === true ? fail(`${name} is on.`, { observed }) : pass(`${name} is off.`, { observed });
}
