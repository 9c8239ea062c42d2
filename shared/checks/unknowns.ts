import { unknown, type Verdict } from '../model/check';

type Said = Partial<Pick<Verdict, 'observed' | 'watched'>>;

/** A property without which nothing can be said, and whose default nobody has named. @param property as in an ARM body. */
export function missing(property: string, said: Said = {}): Verdict {
  return unknown('notVisible', `${property} is missing.`, said);
}

/** What a check says when it needs one of a few words and has none of them: no word, or one that is newer than the check. */
export function unknownWord(property: string, word: string | undefined, said: Said = {}): Verdict {
  return word === undefined ? missing(property, said) : unknown('invalid', `${property} is ${word}: not known.`, said);
}
