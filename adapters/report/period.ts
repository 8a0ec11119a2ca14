import { PERIODS, type Period } from "../../src/command.ts";
import { periodOf } from "../../src/report.ts";
import { StartError } from "../start-error.ts";

const DAY_MS = 86_400_000;

/**
 * The period of a report: "day", "week" (when nothing is said) or "month" up to now, or days from `from` to `to`, both
 * included, as YYYY-MM-DD in UTC.
 */
export function readPeriod(
  word: string | undefined,
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now: number,
): { from: number; to: number } {
  const period: Period | undefined = PERIODS.find((each) => each === (word ?? "week"));
  if (!period) throw new StartError(`${word} is no period: say day, week or month.`);
  if (from === undefined && to === undefined) return periodOf(period, now);
  const end = to === undefined ? now : dayOf(to, "--to") + DAY_MS;
  const start = from === undefined ? periodOf(period, end).from : dayOf(from, "--from");
  if (start >= end) throw new StartError("--from is later than --to.");
  return { from: start, to: end };
}

function dayOf(text: string, option: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const isDay = !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
  if (!isDay) throw new StartError(`${option} ${text} is no day: write it as 2026-11-21.`);
  return at;
}
