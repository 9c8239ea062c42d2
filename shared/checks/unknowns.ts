import { unknown, type Verdict } from '../model/check';

type Said = Partial<Pick<Verdict, 'observed' | 'watched'>>;

/** A property without which nothing can be said, and whose default nobody has named. @param property as in an ARM body. */
export function missing(property: string, said: Said = {}): Verdict {
  return unknown('notVisible', `${property} is missing.`, said);
}

/** A word that the API did not have when the check was written. @param property as in an ARM body. */
export function unknownWord(property: string, value: string, said: Said = {}): Verdict {
  return unknown('invalid', `${property} is ${value}: not known.`, said);
}
