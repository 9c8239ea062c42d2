import { createHash } from 'node:crypto';

const digest = (label: string): string => createHash('sha256').update(label).digest('hex');

/** A GUID that depends on nothing but the label. */
export function guidOf(label: string): string {
  const hex = digest(label);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** A whole number from 0 to below the limit that depends on nothing but the label. */
export function numberOf(label: string, limit: number): number {
  return Number.parseInt(digest(label).slice(0, 8), 16) % limit;
}

/** The item that a label picks; throws when there is none. */
export function pickOf<T>(label: string, items: readonly T[]): T {
  const item = items[numberOf(label, items.length)];
  if (item === undefined) {
    throw new Error('There is nothing to pick from.');
  }
  return item;
}
