import { unknown, type Verdict } from '../model/check';
import type { NodePool } from '../model/cluster';
import { missing } from './unknowns';

/** What the name of a node image says. The revision and the Windows build say nothing that the date does not. */
export interface NodeImage {
  /** Operating system and variant, in lower case: `aksubuntu-2204gen2containerd`. */
  readonly family: string;
  readonly os: 'Linux' | 'Windows';
  /** Midnight UTC of the day in the name. */
  readonly date: Date;
  /** The day to which the channel SecurityPatch patched it, where the name says so. */
  readonly patchedTo: Date | null;
}

/** The first form that fits decides; `patch` is the suffix that the channel SecurityPatch adds. */
const FORMS = [
  // AKSUbuntu-2204gen2containerd-202602.13.5
  /^(?<family>.+?)-(?<year>\d{4})(?<month>\d{2})\.(?<day>\d{2})\.\d+(?:-(?<patch>\d{4}\.\d{2}\.\d{2}))?$/,
  // AKSUbuntu-1804-2020.03.05, until 2022
  /^(?<family>.+?)-(?<year>\d{4})\.(?<month>\d{2})\.(?<day>\d{2})$/,
  // AKSWindows-2022-containerd-gen2-20348.4529.251212
  /^(?<family>.+?)-\d{5}\.\d+\.(?<year>\d{2})(?<month>\d{2})(?<day>\d{2})$/,
];

/**
 * Takes a `nodeImageVersion` apart; null when it has none of the known forms or no possible date.
 * https://learn.microsoft.com/azure/aks/node-images
 */
export function parseNodeImage(name: string): NodeImage | null {
  const parts = FORMS.map((form) => form.exec(name)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) {
    return null;
  }
  const { family = '', year = '', month = '', day = '', patch } = parts;
  const date = utcDay(`${year.padStart(4, '20')}-${month}-${day}`);
  const patchedTo = patch === undefined ? null : utcDay(patch.replaceAll('.', '-'));
  if (date === null || (patch !== undefined && patchedTo === null)) {
    return null;
  }
  const canonical = family.toLowerCase();
  return { family: canonical, os: canonical.startsWith('akswindows') ? 'Windows' : 'Linux', date, patchedTo };
}

/** Null for a day that no calendar has: Date rolls 30 February over, or refuses it. */
function utcDay(day: string): Date | null {
  const date = new Date(`${day}T00:00:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? date : null;
}

/** Where the name of a pool's image stands in an ARM body. */
export const NODE_IMAGE_VERSION = 'properties.agentPoolProfiles[].nodeImageVersion';

/** Judges the image of a pool, or says why it cannot: a name that is missing or holds no date. */
export function withImage(pool: NodePool, judge: (image: NodeImage, name: string) => Verdict): Verdict {
  const { nodeImageVersion } = pool;
  if (nodeImageVersion === undefined) {
    return missing(NODE_IMAGE_VERSION);
  }
  const image = parseNodeImage(nodeImageVersion);
  return image === null
    ? unknown('invalid', `nodeImageVersion holds no date: ${nodeImageVersion}.`, { observed: { nodeImageVersion } })
    : judge(image, nodeImageVersion);
}

/** The image tells the operating system of a pool that does not tell it itself; what neither tells is Linux, the default of the API. */
export function isWindows({ osType, nodeImageVersion }: NodePool): boolean {
  return (osType ?? parseNodeImage(nodeImageVersion ?? '')?.os) === 'Windows';
}
