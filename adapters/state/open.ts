import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";
import type { StateStore } from "../../src/state.ts";
import type { DatabaseChoice } from "../config.ts";

/**
 * Opens the store that DATABASE_URL names, or one in memory; the libraries of the others are not loaded. Throws a
 * StateError that says what to do.
 */
export async function openState(
  database: DatabaseChoice | undefined,
  { clock, log }: { clock: Clock; log: Logger },
): Promise<StateStore> {
  if (database === undefined) return (await import("./memory.ts")).createMemoryState({ clock });
  if ("postgres" in database) {
    const { openPostgresState } = await import("./postgres.ts");
    return openPostgresState({ url: database.postgres, clock, log });
  }
  return (await import("./sqlite.ts")).openSqliteState({ path: database.sqlite, clock });
}
