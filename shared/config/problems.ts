import type { z } from 'zod';

/** Wrong settings, baseline or input. Lists every problem at once, each with its place, what it got and what it accepts. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly subject: string,
    readonly problems: readonly string[],
  ) {
    super([`${subject}:`, ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/** What zod found, one sentence per problem. */
export function problemsOf(error: z.core.$ZodError): string[] {
  return error.issues.map((issue) => {
    const place = issue.path.map(String).join('.');
    return place === '' ? issue.message : `${place}: ${issue.message}`;
  });
}
