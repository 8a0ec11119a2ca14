import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";
import type { StateStore } from "../../src/state.ts";
import { StateUnavailable } from "../../src/state-unavailable.ts";

/** Why a store is not available; "away" and "damaged" stop every call, the others those that write. */
export type Trouble =
  | "database-away"
  | "database-damaged"
  | "database-full"
  | "database-locked"
  | "database-read-only"
  | "database-refused";

/** A store and what is wrong with it now, if anything. */
export type WatchedState = { state: StateStore; trouble(): Trouble | undefined };

const PROBE_MS = 1_000;

/**
 * Watches a store: what its errors mean is said once in the log and kept for /readyz, calls fail at once while the
 * database is away, and a small write every second finds out when it is back. A damaged one is not touched any more.
 */
export function watchState(
  store: StateStore,
  options: { troubleOf(error: unknown): Trouble | undefined; clock: Clock; log: Logger },
): WatchedState {
  const { clock, log } = options;
  const closing = new AbortController();
  let trouble: Trouble | undefined;

  function note(found: Trouble, cause: unknown): void {
    if (trouble === found) return;
    const known = trouble !== undefined;
    trouble = found;
    log.error("database.trouble", { reason: found }, cause);
    if (!known) void probe(clock.now());
  }

  async function probe(since: number): Promise<void> {
    while (!closing.signal.aborted && trouble !== "database-damaged") {
      await clock.sleep(PROBE_MS, closing.signal);
      if (closing.signal.aborted) return;
      try {
        await store.nextCaseNumber();
        trouble = undefined;
        log.info("database.back", { seconds: Math.round((clock.now() - since) / 1000) });
        return;
      } catch (error) {
        note(options.troubleOf(error) ?? "database-away", error);
      }
    }
  }

  function guarded(method: (...args: never[]) => Promise<unknown>) {
    return async (...args: never[]): Promise<unknown> => {
      if (trouble === "database-away" || trouble === "database-damaged") {
        throw new StateUnavailable(trouble);
      }
      try {
        return await method(...args);
      } catch (cause) {
        const found = options.troubleOf(cause);
        if (!found) throw cause;
        note(found, cause);
        throw new StateUnavailable(found, { cause });
      }
    };
  }

  const methods = Object.entries(store).map(([name, method]) => [name, guarded(method)]);
  const state: StateStore = {
    ...(Object.fromEntries(methods) as StateStore),
    async close() {
      closing.abort();
      await store.close();
    },
  };
  return { state, trouble: () => trouble };
}
