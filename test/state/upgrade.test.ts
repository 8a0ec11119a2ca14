import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openSqliteState } from "../../adapters/state/sqlite.ts";

const RELEASE_1 = readFileSync(new URL("../fixtures/database-1.sql", import.meta.url), "utf8");
const address = { platform: "slack", tenant: "T1", conversation: "C1", thread: "t1" };
const ana = { platform: "slack", tenant: "T1", id: "U1" };

function oldFile(): string {
  const path = join(mkdtempSync(join(tmpdir(), "hexdesk-upgrade-")), "hexdesk.db");
  const db = new DatabaseSync(path);
  db.exec(RELEASE_1);
  db.close();
  return path;
}

test("a file of the first release is brought up to date with everything in it", async () => {
  const state = await openSqliteState({ path: oldFile(), clock });
  const opened = await state.loadCase(address);
  expect(opened).toMatchObject({ id: "HD-1001", owner: { name: "Ana" }, address, version: 1 });
  expect(await state.exportPerson(ana)).toMatchObject({
    cases: [opened],
    events: [{ case: "HD-1001", by: ana, what: "step.result", detail: { step: "find-dc" } }],
    language: "es",
  });
  expect(await state.events({ from: 0, entry: "0x80090311" })).toHaveLength(1);
  expect(await state.nextDelivery("w", 1000)).toMatchObject({ delivery: { id: "d2" } });
  expect(await state.claim("w", 1000)).toMatchObject({ message: { id: "m2", text: "waiting" } });
  expect(await state.nextCaseNumber()).toBe(1002);
  expect(await state.tenantsOf("slack", "U2")).toEqual(["T1"]);
  await state.close();
});

test("processes that start at once on an old file bring it up to date once", {
  timeout: 60_000,
}, async () => {
  const path = oldFile();
  const script = `
    const { openSqliteState } = await import(process.argv[1]);
    const { systemClock: clock } = await import(process.argv[2]);
    const state = await openSqliteState({ path: process.argv[3], clock });
    process.stdout.write(String(await state.nextCaseNumber()));
    await state.close();`;
  const url = (file: string) => new URL(`../../adapters/${file}`, import.meta.url).href;
  const args = [url("state/sqlite.ts"), url("clock.ts"), path];
  const numbers = await Promise.all(
    Array.from({ length: 3 }, async () => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, ...args]);
      let out = "";
      child.stdout.on("data", (part) => {
        out += part;
      });
      await once(child, "close");
      return out;
    }),
  );
  expect(numbers.toSorted()).toEqual(["1002", "1003", "1004"]);
  const state = await openSqliteState({ path, clock });
  expect(await state.findCase("HD-1001")).toBeDefined();
  await state.close();
});
