import { KqlError } from './error';

/** What RE2 and JavaScript read differently, or what only one of them knows. */
const UNSUPPORTED = /^(?:\\(?![bBdDfnrsStvwWx])[A-Za-z1-9]|\\x\{|\[\[:|\(\?(?!:|P?<[A-Za-z_]))/;
const SPACE = '\\t\\n\\f\\r ';

interface Piece {
  readonly length: number;
  readonly text: string;
  readonly inClass?: boolean;
}

function escapePiece(rest: string, inClass: boolean): Piece {
  const pair = rest.slice(0, 2);
  const spaces: Record<string, string> = { '\\s': `[${SPACE}]`, '\\S': `[^${SPACE}]` };
  if (inClass && pair === '\\s') {
    return { length: 2, text: SPACE };
  }
  if (inClass && pair === '\\S') {
    throw new KqlError('regular expression: \\S inside brackets is not supported');
  }
  return { length: 2, text: spaces[pair] ?? pair };
}

function nextPiece(rest: string, inClass: boolean, dotAll: boolean): Piece {
  if (rest.startsWith('\\')) {
    return escapePiece(rest, inClass);
  }
  const char = rest.slice(0, 1);
  if (inClass) {
    return { length: 1, text: char, inClass: char !== ']' };
  }
  if (rest.startsWith('(?P<')) {
    return { length: 4, text: '(?<' };
  }
  if (char === '[') {
    // A bracket that comes first in a class is a member of it for RE2 and the end of it for JavaScript.
    const [opening] = /^\[\^?\]?/.exec(rest) ?? [char];
    return { length: opening.length, text: opening.replace(']', '\\]'), inClass: true };
  }
  return { length: 1, text: char === '.' && !dotAll ? '[^\\n]' : char };
}

function translate(pattern: string, dotAll: boolean): string {
  let text = '';
  let inClass = false;
  for (let index = 0; index < pattern.length;) {
    const rest = pattern.slice(index);
    const unsupported = UNSUPPORTED.exec(rest)?.[0];
    if (unsupported !== undefined) {
      throw new KqlError(`regular expression: '${unsupported}' is not supported`);
    }
    const piece = nextPiece(rest, inClass, dotAll);
    text += piece.text;
    inClass = piece.inClass ?? inClass;
    index += piece.length;
  }
  return text;
}

const compiled = new Map<string, RegExp>();

/** Compiles an RE2 pattern, of which the leading flags `(?ims)` become flags of the JavaScript one. */
export function compileRegex(pattern: string, extraFlags = ''): RegExp {
  const key = `${extraFlags}/${pattern}`;
  const known = compiled.get(key);
  if (known) {
    return known;
  }
  const [leading = '', flags = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const body = translate(pattern.slice(leading.length), flags.includes('s'));
  try {
    const regex = new RegExp(body, [...new Set(flags + extraFlags)].join(''));
    compiled.set(key, regex);
    return regex;
  } catch (error) {
    throw new KqlError(`regular expression '${pattern}': ${error instanceof Error ? error.message : String(error)}`);
  }
}
