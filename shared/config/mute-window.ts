/** From Monday, so that the day before is the one on the left. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When alerts are muted: once between two moments, or every week between two times of the day of a time zone. */
export interface MuteWindow {
  readonly once?: { readonly from: string; readonly until: string } | undefined;
  readonly weekly?: WeeklyWindow | undefined;
}

interface WeeklyWindow {
  /** The days on which it opens. */
  readonly days: readonly Weekday[];
  /** `HH:MM`; it ends on the next day when `until` is not later than `from`. */
  readonly from: string;
  readonly until: string;
  /** IANA name: Europe/Zurich. */
  readonly timeZone: string;
}

/** The end is not part of the window. */
export function isOpen({ once, weekly }: MuteWindow, now: Date): boolean {
  if (once !== undefined) {
    return Date.parse(once.from) <= now.getTime() && now.getTime() < Date.parse(once.until);
  }
  return weekly !== undefined && isOpenThisWeek(weekly, now);
}

function isOpenThisWeek({ days, from, until, timeZone }: WeeklyWindow, now: Date): boolean {
  const { weekday, time } = localTime(now, timeZone);
  const index = WEEKDAYS.indexOf(weekday);
  const yesterday = WEEKDAYS.at(index - 1) ?? weekday;
  if (from < until) {
    return days.includes(weekday) && from <= time && time < until;
  }
  return (days.includes(weekday) && from <= time) || (days.includes(yesterday) && time < until);
}

/** What the clocks show in a time zone, daylight saving included. */
function localTime(now: Date, timeZone: string): { weekday: Weekday; time: string } {
  const format = { timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const parts = new Intl.DateTimeFormat('en-US', format).formatToParts(now);
  const partOf = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { weekday: partOf('weekday') as Weekday, time: `${partOf('hour')}:${partOf('minute')}` };
}

/** Whether this machine knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
