import { unknown, type Verdict } from '../model/check';
import type { Json } from '../model/json';

/** What a check says when it needs one of a few words and has none of them. @param property as it stands in an ARM body. */
export function unknownWord(property: string, word: string | undefined, observed: Json = null): Verdict {
  return word === undefined
    ? unknown('notVisible', `${property} is missing.`, { observed })
    : unknown('invalid', `${property} is ${word}: not known.`, { observed });
}
