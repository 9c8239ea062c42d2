/**
 * The part of a node image name that says which build it is: `YYYYMM.DD.n` or `YYYY.MM.DD` on Linux,
 * `build.revision.YYMMDD` on Windows; a security patch date may follow.
 * https://learn.microsoft.com/azure/aks/node-images
 */
const BUILD = /-(\d{6}\.\d{2}\.\d+|\d{4}\.\d{2}\.\d{2}|\d{5}\.\d+\.\d{6})(-\d{4}\.\d{2}\.\d{2})?$/;

/** The image family of a full image name: `AKSUbuntu-2404gen2containerd-202611.16.0` gives `AKSUbuntu-2404gen2containerd`. */
export function imageFamily(image: string): string {
  return image.replace(BUILD, '');
}

/** Windows images carry the number of the Windows build, which the year in the family names. */
const WINDOWS_BUILDS: Record<string, string> = { 2019: '17763', 2022: '20348', 2025: '26100' };

/** The build of an image family that is five to eleven days old at a time: images are made weekly, here on Mondays. */
export function weeklyImage(family: string, now: Date): string {
  const built = new Date(now.getTime() - 5 * 86_400_000);
  built.setUTCDate(built.getUTCDate() - ((built.getUTCDay() + 6) % 7));
  const [year = '', month = '', day = ''] = built.toISOString().slice(0, 10).split('-');
  const [, windows] = /^AKSWindows-(\d{4})/.exec(family) ?? [];
  return windows === undefined
    ? `${family}-${year}${month}.${day}.0`
    : `${family}-${WINDOWS_BUILDS[windows] ?? '26100'}.4529.${year.slice(2)}${month}${day}`;
}
