import type { Json } from '../model/json';

/** When this very state, in any letter case, was first seen: remembered (`{ state, since }`), or just now. */
export function sinceWhen(state: string, history: Json, now: Date): Date {
  const remembered = history as { readonly state?: Json; readonly since?: Json } | null;
  const since = new Date(typeof remembered?.since === 'string' ? remembered.since : NaN);
  const isSame = typeof remembered?.state === 'string' && remembered.state.toLowerCase() === state.toLowerCase();
  return isSame && !Number.isNaN(since.getTime()) ? since : now;
}
