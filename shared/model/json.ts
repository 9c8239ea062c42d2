/** A value as JSON holds it: what is observed, watched and remembered must survive being stored. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
