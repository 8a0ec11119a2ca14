import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";
import type { DatabaseChoice } from "../config.ts";
import { type WatchedState, watchState } from "./watch.ts";

/**
 * Opens the store that DATABASE_URL names, or one in memory; the libraries of the others are not loaded. Throws a
 * StateError that says what to do.
 */
export async function openState(
  database: DatabaseChoice | undefined,
  around: { clock: Clock; log: Logger },
): Promise<WatchedState> {
  if (database === undefined) {
    const { createMemoryState } = await import("./memory.ts");
    return { state: createMemoryState(around), trouble: () => undefined };
  }
  if ("postgres" in database) {
    const { openPostgresState } = await import("./postgres.ts");
    const { postgresTrouble: troubleOf } = await import("./postgres-words.ts");
    const store = await openPostgresState({ url: database.postgres, ...around });
    return watchState(store, { ...around, troubleOf });
  }
  const { openSqliteState } = await import("./sqlite.ts");
  const { sqliteTrouble: troubleOf } = await import("./sqlite-open.ts");
  const store = await openSqliteState({ path: database.sqlite, ...around });
  return watchState(store, { ...around, troubleOf });
}
