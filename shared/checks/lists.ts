/** The form in which two lists of words can be compared, whatever their order, letter case and spaces. */
export function canonical(words: readonly string[]): string[] {
  return [...new Set(words.map((word) => word.trim().toLowerCase()))].toSorted();
}

/** The first five, so that a list of thousands still makes a sentence. */
export function firstFew(items: readonly string[], separator = ', '): string {
  const more = items.length > 5 ? [`and ${items.length - 5} more`] : [];
  return [...items.slice(0, 5), ...more].join(separator);
}
