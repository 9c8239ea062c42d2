import type { NodePool } from '../model/cluster';
import { CALENDAR, type Retirement } from './calendar';

/** The end of an operating system; null: none was announced. */
type End = Retirement | null;

/** By the beginning of the image's name in lower case; the forms of 2020 have colons. https://learn.microsoft.com/azure/aks/node-images */
const BY_IMAGE: readonly (readonly [start: RegExp, end: End])[] = [
  [/^aksubuntu\w*[-:]1604/, CALENDAR.ubuntu1604],
  [/^aksubuntu\w*[-:]1804/, CALENDAR.ubuntu1804],
  [/^aksubuntu\w*-2004/, CALENDAR.ubuntu2004],
  [/^aksubuntu\w*-2204/, CALENDAR.ubuntu2204],
  [/^aksubuntu\w*-2404/, null],
  [/^(aksazurelinux-v2|akscblmariner-)/, CALENDAR.azureLinux2],
  [/^aksazurelinux-(osguard)?v3/, null],
  [/^aksazurecontainerlinux-/, null],
  [/^aksflatcar-/, CALENDAR.flatcar],
  [/^akswindows-(\d{4}-)?23h2/, CALENDAR.windowsAnnual],
  [/^akswindows-2019/, CALENDAR.windows2019],
  [/^akswindows-2022/, CALENDAR.windows2022],
  [/^akswindows-2025/, null],
];

/** By the OS SKU in lower case. `Ubuntu` and `AzureLinux` stand for another version with every Kubernetes version. https://learn.microsoft.com/azure/aks/upgrade-os-version */
const BY_SKU = new Map<string, End | 'varies'>(
  Object.entries({
    ubuntu: 'varies' as const,
    ubuntu2204: CALENDAR.ubuntu2204,
    ubuntu2404: null,
    azurelinux: 'varies' as const,
    azurelinux3: null,
    azurecontainerlinux: null,
    cblmariner: CALENDAR.azureLinux2,
    flatcar: CALENDAR.flatcar,
    windows2019: CALENDAR.windows2019,
    windows2022: CALENDAR.windows2022,
    windows2025: null,
    windowsannual: CALENDAR.windowsAnnual,
  }),
);

/** When the operating system of a pool ends, by its image, or else by its OS SKU: `varies` and undefined say that this cannot be told. */
export function endOfSystem({ nodeImageVersion, osSKU }: NodePool): End | 'varies' | undefined {
  return nodeImageVersion === undefined
    ? BY_SKU.get(osSKU?.toLowerCase() ?? 'ubuntu')
    : BY_IMAGE.find(([start]) => start.test(nodeImageVersion.toLowerCase()))?.[1];
}
