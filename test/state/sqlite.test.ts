import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSqliteState } from "../../adapters/state/sqlite.ts";
import { stateContract } from "../contract/state.ts";

const folder = mkdtempSync(join(tmpdir(), "hexdesk-state-"));
let files = 0;

stateContract("sqlite", async (clock) => {
  files += 1;
  return openSqliteState({
    path: join(folder, `${files}.db`),
    clock: { now: () => clock.now, sleep: async () => {} },
  });
});
