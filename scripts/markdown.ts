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
