import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openSqliteState } from "../../adapters/state/sqlite.ts";
import type { Message } from "../../src/message.ts";

const START = Date.UTC(2026, 10, 21);

/** A name for a database file in a folder of its own. */
export function freshPath(): string {
  return join(mkdtempSync(join(tmpdir(), "hexdesk-file-")), "hexdesk.db");
}

/** Opens the store over a file. */
export function open(path: string) {
  return openSqliteState({ path, clock });
}

/** A message of U1 in a thread of its own. */
export function question(id: string, text = "0x80090311"): Message {
  return {
    id,
    dedupe: [],
    at: START,
    from: { id: "U1", role: "user" },
    address: { platform: "slack", tenant: "T1", conversation: "C1", thread: id },
    surface: "channel",
    addressed: true,
    text,
    files: [],
  };
}

/** Writes so many messages of 500 characters into a file. */
export async function filled(path: string, rows: number): Promise<void> {
  const state = await open(path);
  for (let i = 0; i < rows; i += 1) await state.receive(question(`m${i}`, "x".repeat(500)));
  await state.close();
}
