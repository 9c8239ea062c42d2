import { ATTEST, checkLink } from './check-words';
import { GENERATED_MARKDOWN } from './generated';
import { blocks, code, heading, prose, table } from './markdown';
import type { Framework, Sources } from './sources';

/** A page for every framework: which check answers which requirement. */
export function generateControlPages({ frameworks }: Pick<Sources, 'frameworks'>): Map<string, string> {
  return new Map(frameworks.map((framework) => [`docs/controls/${framework.framework}.md`, controlPage(framework)]));
}

export function controlPage({ framework, title, source, note, requirements }: Framework): string {
  const answered = requirements.filter(({ checks }) => checks.length > 0);
  return blocks(
    GENERATED_MARKDOWN,
    heading(1, prose(title)),
    `Source: <${source}>. Our data: [${framework}.json](../../shared/controls/${framework}.json).`,
    note === undefined ? null : prose(note),
    `Checks answer ${answered.length} of the ${requirements.length} requirements that are listed.`,
    table(
      ['Requirement', 'Title', 'Answered by'],
      requirements.map(({ id, title: subject, checks }) => [
        code(id),
        prose(subject),
        checks.map((check) => checkLink(check, '../checks/')).join(', ') || `manual: ${ATTEST}`,
      ]),
    ),
  );
}
