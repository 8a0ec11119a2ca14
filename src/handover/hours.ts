/** When a route is staffed. `days` 0 (Sunday) to 6; `from` and `to` in minutes of the day, `to` <= `from` ends on the next day; `zone` an IANA name. */
export type Hours = { days: readonly number[]; from: number; to: number; zone: string };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

type Local = { year: number; month: number; day: number; weekday: number; minutes: number };

/** When a route opens next, in milliseconds since 1970; undefined when it is open at `now`. No hours at all is always open. */
export function opensAt(hours: Hours | undefined, now: number): number | undefined {
  if (!hours || isOpen(hours, now)) return undefined;
  const today = localTime(now, hours.zone);
  for (let ahead = 0; ahead <= 7; ahead++) {
    const weekday = (today.weekday + ahead) % 7;
    if (!hours.days.includes(weekday)) continue;
    const opening = instantOf(
      { ...today, day: today.day + ahead, minutes: hours.from },
      hours.zone,
    );
    if (opening > now) return opening;
  }
  return undefined;
}

function isOpen({ days, from, to, zone }: Hours, now: number): boolean {
  const { weekday, minutes } = localTime(now, zone);
  if (to > from) return days.includes(weekday) && minutes >= from && minutes < to;
  const sinceYesterday = days.includes((weekday + 6) % 7) && minutes < to;
  return sinceYesterday || (days.includes(weekday) && minutes >= from);
}

/** The instant of a wall-clock time; one that a change of the clocks leaves out becomes the time after it. */
function instantOf({ year, month, day, minutes }: Omit<Local, "weekday">, zone: string): number {
  const wall = Date.UTC(year, month - 1, day) + minutes * MINUTE_MS;
  const first = wall - offsetAt(wall, zone);
  return wall - offsetAt(first, zone);
}

function offsetAt(instant: number, zone: string): number {
  const { year, month, day, minutes } = localTime(instant, zone);
  const wall = Date.UTC(year, month - 1, day) + minutes * MINUTE_MS;
  return wall - Math.floor(instant / MINUTE_MS) * MINUTE_MS;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(instant: number, zone: string): Local {
  const format = formats.get(zone) ?? formatOf(zone);
  formats.set(zone, format);
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
  const weekday = new Date(Date.UTC(year, month - 1, day) + DAY_MS / 2).getUTCDay();
  return { year, month, day, weekday, minutes: hour * 60 + minute };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US-u-hc-h23", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
}
