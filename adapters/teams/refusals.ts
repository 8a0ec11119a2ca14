import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";

const WINDOW_MS = 60_000;

/** Logs refused requests once a minute for each reason, with how many there were: a flood must not fill the log. */
export function createRefusals(log: Logger, clock: Pick<Clock, "now">): (reason: string) => void {
  const seen = new Map<string, { since: number; count: number }>();
  return (reason) => {
    const entry = seen.get(reason);
    if (entry && clock.now() - entry.since < WINDOW_MS) {
      entry.count += 1;
      return;
    }
    log.warn("teams-request-refused", { reason, before: entry?.count ?? 0 });
    seen.set(reason, { since: clock.now(), count: 0 });
  };
}
