import { createHash } from 'node:crypto';
import {
  type Call,
  type Present,
  type ScalarFunction,
  countArgument,
  eager,
  numberArgument,
  overText,
  strict,
} from './call';
import { castText } from './casts';
import { KqlError } from './error';
import { compileRegex } from './regex';
import { type KqlType, type Row, type Value, textOf } from './values';

function extract(call: Call): (row: Row) => Value {
  const [pattern, group, source] = [call.argument(0), call.argument(1), call.argument(2)];
  const target = call.count > 3 ? call.typeArgument(3) : 'string';
  return (row) => {
    const regex = compileRegex(textOf(pattern.get(row), pattern.type));
    const match = regex.exec(textOf(source.get(row), source.type));
    const captured = match?.[countArgument(group.get(row))] ?? null;
    return castText(captured, target);
  };
}

/** A start below zero counts from the end. */
function substring([text = '', start, length]: Present[], [type = 'string']: KqlType[]): Value {
  const characters = Array.from(textOf(text, type));
  const position = numberArgument(start);
  const from = position < 0 ? countArgument(characters.length + position) : position;
  return characters.slice(from, length === undefined ? undefined : from + countArgument(length)).join('');
}

function split([text = '', delimiter = '', index]: Present[], types: KqlType[]): Value {
  const separator = textOf(delimiter, 'string');
  if (separator === '') {
    throw new KqlError('split() by an empty delimiter is not supported');
  }
  const parts = textOf(text, types[0] ?? 'string').split(separator);
  return index === undefined ? parts : parts.slice(countArgument(index), countArgument(index) + 1);
}

/** Cuts what matches the pattern from the chosen ends of a text, as often as it is there. */
function trim(sides: readonly ('start' | 'end')[], pattern: string, text: string): Value {
  const [flags = ''] = /^\(\?[ims]+\)/.exec(pattern) ?? [];
  const repeated = `(?:${pattern.slice(flags.length)})+`;
  return sides.reduce(
    (rest, side) => rest.replace(compileRegex(flags + (side === 'start' ? `^${repeated}` : `${repeated}$`)), ''),
    text,
  );
}

function indexOf([source = '', lookup = '', start = 0, ...rest]: Present[], types: KqlType[]): Value {
  if (rest.length > 0) {
    throw new KqlError('indexof() with a length or an occurrence is not supported');
  }
  const text = textOf(source, types[0] ?? 'string');
  if (Array.from(text).length < text.length) {
    throw new KqlError('indexof() in a text with characters of two code units is not supported');
  }
  return text.indexOf(textOf(lookup, types[1] ?? 'string'), countArgument(start));
}

/** Plain matches may overlap, matches of a regular expression may not. */
function countOf(text: string, search: string, kind = 'normal'): Value {
  if (search === '') {
    throw new KqlError('countof() of an empty text is not supported');
  }
  if (kind === 'regex') {
    return [...text.matchAll(compileRegex(search, 'g'))].length;
  }
  return [...Array(text.length).keys()].filter((index) => text.startsWith(search, index)).length;
}

function replaceString(text: string, lookup: string, rewrite: string): Value {
  if (lookup === '') {
    throw new KqlError('replace_string() of an empty text is not supported');
  }
  return text.replaceAll(lookup, () => rewrite);
}

/** In the rewriting, `\\0` is the match and `\\1` the first group. */
function replaceRegex(text: string, pattern: string, rewrite: string): Value {
  return text.replace(compileRegex(pattern, 'g'), (...found: unknown[]) =>
    rewrite.replace(/\\(\d)/g, (_, group: string) => {
      const part = found[Number(group)];
      return typeof part === 'string' ? part : '';
    }),
  );
}

/** All matches: of one group a list of its texts, of several groups a list of lists. */
function extractAll(call: Call): (row: Row) => Value {
  if (call.count > 2) {
    throw new KqlError('extract_all() of chosen groups is not supported');
  }
  const [pattern, source] = [call.argument(0), call.argument(1)];
  return (row) => {
    const regex = compileRegex(textOf(pattern.get(row), pattern.type), 'g');
    const matches = [...textOf(source.get(row), source.type).matchAll(regex)].map(([, ...groups]) => groups);
    if (matches.some((groups) => groups.length === 0)) {
      throw new KqlError('extract_all() of a pattern without a group is not supported');
    }
    return matches.length === 0 ? null : matches.map((groups) => (groups.length === 1 ? (groups[0] ?? '') : groups));
  };
}

/** As `application/x-www-form-urlencoded`, with lower-case digits. */
function encodeUrl(text: string): Value {
  return Array.from(Buffer.from(text), (byte) => {
    const char = String.fromCharCode(byte);
    return /[A-Za-z0-9\-_.!*()]/.test(char) ? char : char === ' ' ? '+' : `%${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}

function sha256([text]: Value[], [type]: KqlType[]): Value {
  if (type !== 'string') {
    throw new KqlError('hash_sha256() of what is no string is not supported');
  }
  return createHash('sha256')
    .update(textOf(text ?? '', type))
    .digest('hex');
}

export const TEXT_FUNCTIONS: Readonly<Record<string, ScalarFunction>> = {
  tolower: overText((text) => text.toLowerCase()),
  toupper: overText((text) => text.toUpperCase()),
  strlen: overText((text) => Array.from(text).length),
  strcat: overText((...texts) => texts.join('')),
  strcat_delim: overText((delimiter, ...texts) => texts.join(delimiter)),
  substring: strict(substring),
  split: strict(split),
  trim: overText((pattern = '', text = '') => trim(['start', 'end'], pattern, text)),
  trim_start: overText((pattern = '', text = '') => trim(['start'], pattern, text)),
  trim_end: overText((pattern = '', text = '') => trim(['end'], pattern, text)),
  replace_string: overText((text = '', lookup = '', rewrite = '') => replaceString(text, lookup, rewrite)),
  replace_regex: overText((text = '', pattern = '', rewrite = '') => replaceRegex(text, pattern, rewrite)),
  extract,
  extract_all: extractAll,
  indexof: strict(indexOf),
  countof: overText((text = '', search = '', kind) => countOf(text, search, kind)),
  url_encode: overText((text = '') => encodeUrl(text)),
  hash_sha256: eager(sha256),
};
