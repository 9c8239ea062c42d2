/** A number that orders minor versions: 1.28.102-akslts, 1.28.3 and 1.28 are the same. Null when it is no version. */
export function minorOf(version: string): number | null {
  const parts = /^(\d+)\.(\d+)(?:\.\d+)?(?:-[\w.-]+)?$/.exec(version);
  return parts === null ? null : minor(Number(parts[1]), Number(parts[2]));
}

/** The number that stands for a minor version. */
export function minor(major: number, number: number): number {
  return major * 1000 + number;
}
