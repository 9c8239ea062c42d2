import { closest } from 'fastest-levenshtein';

/** The known name that was most likely meant: the shortest that holds what was typed, else the one with the fewest edits. */
export function nearest(name: string, known: readonly string[]): string {
  const wanted = name.toLowerCase();
  const [holding] = known
    .filter((candidate) => candidate.toLowerCase().includes(wanted))
    .sort((a, b) => a.length - b.length);
  return holding ?? closest(name, known);
}
