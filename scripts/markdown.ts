/** Text of ours in Markdown: what would read as emphasis, code, a link or a tag stays what it is. */
export function prose(text: string): string {
  return text.replaceAll(/[\\`*<[\]]/g, '\\$&');
}

export function code(text: string): string {
  return `\`${text}\``;
}

export function link(text: string, target: string): string {
  return `[${text}](${target})`;
}

export function heading(level: number, text: string): string {
  return `${'#'.repeat(level)} ${text}`;
}

/** Where a heading can be linked to, by GitHub's rules. */
export function anchorOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function codeBlock(language: string, text: string): string {
  return ['```' + language, text, '```'].join('\n');
}

/** @param rows of cells in Markdown; a `|` or a line break in a cell does not end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

/** Blocks with a blank line between them; null ones are left out. */
export function blocks(...texts: readonly (string | null)[]): string {
  return `${texts.filter((text) => text !== null).join('\n\n')}\n`;
}

/**
 * The text of a file with what stands between `<!-- name:start -->` and `<!-- name:end -->` replaced.
 * @throws Error when the file has no place for it.
 */
export function withSection(file: string, text: string, name: string, section: string): string {
  const markers = [`<!-- ${name}:start -->`, `<!-- ${name}:end -->`] as const;
  const [start, end] = [text.indexOf(markers[0]), text.indexOf(markers[1])];
  if (start < 0 || end < start) {
    throw new Error(`${file} needs the lines ${markers.join(' and ')}`);
  }
  return `${text.slice(0, start)}${markers[0]}\n\n${section}\n\n${text.slice(end)}`;
}
