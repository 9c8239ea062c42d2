/** What somebody wants to do, and to what: attribute values by name. */
interface Attempt {
  readonly action: string;
  readonly resource: Readonly<Record<string, string>>;
}

const TOKEN = /\s*(\(|\)|!|AND\b|OR\b|ActionMatches\{'[^']*'\}|@Resource\[[^\]]*\] String\w+ '[^']*')/y;

/**
 * Whether a role assignment's condition lets an attempt through, as far as the templates use the language.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 * @throws Error at what it does not know.
 */
export function isMet(condition: string, attempt: Attempt): boolean {
  const tokens = tokensOf(condition);
  const met = either();
  if (tokens.length > 0) {
    throw new Error(`The condition goes on after its end: ${tokens.join(' ')}`);
  }
  return met;

  function either(): boolean {
    let met = both();
    while (tokens[0] === 'OR') {
      tokens.shift();
      const other = both();
      met ||= other;
    }
    return met;
  }

  function both(): boolean {
    let met = single();
    while (tokens[0] === 'AND') {
      tokens.shift();
      const other = single();
      met &&= other;
    }
    return met;
  }

  function single(): boolean {
    const token = tokens.shift() ?? '';
    if (token === '!') {
      return !single();
    }
    if (token === '(') {
      const met = either();
      if (tokens.shift() !== ')') {
        throw new Error('A parenthesis of the condition is not closed.');
      }
      return met;
    }
    return holds(token, attempt);
  }
}

function tokensOf(condition: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < condition.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(condition) ?? [];
    if (token === undefined) {
      throw new Error(`The condition cannot be read from here: ${condition.slice(at)}`);
    }
    tokens.push(token);
  }
  return tokens;
}

function holds(token: string, { action, resource }: Attempt): boolean {
  const [, wanted] = /^ActionMatches\{'(.*)'\}$/.exec(token) ?? [];
  if (wanted !== undefined) {
    return like(action, wanted);
  }
  const [, attribute = '', operator = '', value = ''] = /^@Resource\[(.*)\] (\w+) '(.*)'$/.exec(token) ?? [];
  const actual = resource[attribute];
  if (actual === undefined) {
    throw new Error(`The condition asks for ${attribute || token}`);
  }
  switch (operator) {
    case 'StringEquals':
      return actual === value;
    case 'StringNotEquals':
      return actual !== value;
    case 'StringLike':
      return like(actual, value);
    default:
      throw new Error(`The condition uses ${operator}`);
  }
}

/** `*` stands for any characters. */
function like(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.?+^$()|[\]{}\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
