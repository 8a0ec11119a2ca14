import { existsSync } from "node:fs";
import type { StateStore } from "../../src/state.ts";
import { systemClock as clock } from "../clock.ts";
import type { DatabaseChoice } from "../config.ts";
import { createLogger } from "../log.ts";
import { StartError } from "../start-error.ts";
import { openState } from "./open.ts";

/** Opens the database of the settings for a command beside the server; a StartError where there is none to look into. */
export async function openExisting(database: DatabaseChoice | undefined): Promise<StateStore> {
  if (database === undefined) {
    throw new StartError(
      "nothing is kept: DATABASE_URL is not set, and neither Slack nor Teams is. Run this where Hexdesk runs, with its settings.",
    );
  }
  if ("sqlite" in database && !existsSync(database.sqlite)) {
    throw new StartError(
      `there is no database ${database.sqlite}. Run this in the folder where Hexdesk was started, or set DATABASE_URL.`,
    );
  }
  return (await openState(database, { clock, log: createLogger({ level: "error" }) })).state;
}
