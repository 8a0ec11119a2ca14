import { spawn, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { Commit } from "../../src/state.ts";
import { aCase, nothing } from "../contract/state/fixtures.ts";
import { freshPath, open, question } from "./sqlite-fixtures.ts";

describe("a database file", () => {
  test("keeps everything over a restart", async () => {
    const path = freshPath();
    const first = await open(path);
    await first.receive(question("m1"));
    const number = await first.nextCaseNumber();
    await first.close();
    const second = await open(path);
    expect(await second.receive(question("m1"))).toBe("duplicate");
    expect((await second.claim("a", 1000))?.message).toEqual(question("m1"));
    expect(await second.nextCaseNumber()).toBe(number + 1);
    await second.close();
  });

  test("is readable by its owner only", async () => {
    const path = freshPath();
    const state = await open(path);
    await state.receive(question("m1"));
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(statSync(`${path}-wal`).mode & 0o077).toBe(0);
    await state.close();
  });

  test("holds no text of a decided message once it was tidied up", async () => {
    const path = freshPath();
    const state = await open(path);
    for (let i = 0; i < 50; i += 1) await state.receive(question(`m${i}`, "canary-4711"));
    const holds = () =>
      [path, `${path}-wal`].filter((file) => readFileSync(file).includes("canary-4711"));
    expect(holds()).not.toEqual([]);
    for (;;) {
      const { message } = (await state.claim("a", 1000)) ?? {};
      if (!message) break;
      await state.commit(message, { events: [], deliveries: [] });
    }
    await state.purge(0);
    expect(holds()).toEqual([]);
    await state.close();
  });

  test("is not written for a case that is found first already", async () => {
    const path = freshPath();
    const state = await open(path);
    const say = async (id: string, change: Partial<Commit>) => {
      await state.receive(question(id));
      const { message } = (await state.claim("a", 1000)) ?? {};
      if (message) await state.commit(message, { ...nothing(), ...change });
      const file = new DatabaseSync(path, { readOnly: true });
      const row = file.prepare("select placed from last_case").get();
      file.close();
      return row?.placed;
    };
    const placed = await say("m1", { case: aCase("HD-1001"), expectedVersion: 0 });
    expect(await say("m2", { speaks: "HD-1001" })).toBe(placed);
    const newer = await say("m3", { case: aCase("HD-1002"), expectedVersion: 0 });
    expect(newer).not.toBe(placed);
    expect(await say("m4", { speaks: "HD-1002" })).toBe(newer);
    expect(await say("m5", { speaks: "HD-1001" })).not.toBe(newer);
    await state.close();
  });

  test("is opened by two processes at once without losing a write", async () => {
    const path = freshPath();
    const [one, two] = [await open(path), await open(path)];
    for (let i = 0; i < 20; i += 1) {
      await Promise.all([one.receive(question(`a${i}`)), two.receive(question(`b${i}`))]);
    }
    const ids = new Set<string>();
    for (let i = 0; i < 40; i += 1) {
      ids.add((await (i % 2 ? one : two).claim("w", 60_000))?.message.id ?? "none");
    }
    expect(ids.size).toBe(40);
    await one.close();
    await two.close();
  });

  test("waits for another process that holds the lock, without standing still", async () => {
    const path = freshPath();
    const state = await open(path);
    const holder = spawn(process.execPath, [
      "-e",
      `const db = new (require("node:sqlite").DatabaseSync)(${JSON.stringify(path)});
       db.exec("begin immediate"); process.stdout.write("locked");
       setTimeout(() => db.exec("commit"), 900);`,
    ]);
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    let beats = 0;
    const beat = setInterval(() => {
      beats += 1;
    }, 10);
    expect(await state.receive(question("m1"))).toBe("new");
    clearInterval(beat);
    expect(beats).toBeGreaterThanOrEqual(2);
    await state.close();
  });

  test("that cannot grow refuses what it cannot keep, keeps what it took, and goes on later", async () => {
    const path = freshPath();
    const script = `
      const { openSqliteState } = await import(process.argv[1]);
      const clock = { now: () => 0, sleep: async () => {} };
      const state = await openSqliteState({ path: process.argv[2], clock });
      const message = JSON.parse(process.argv[3]);
      let taken = 0;
      for (let i = 0; i < 2000; i += 1) {
        const next = { ...message, id: "m" + i, text: "x".repeat(900) };
        if (await state.receive(next).catch(() => "refused") === "refused") break;
        taken += 1;
      }
      const readable = (await state.findCase("HD-1001")) === undefined;
      process.stdout.write(JSON.stringify({ taken, readable }));
      process.kill(process.pid, "SIGKILL");`;
    const url = new URL("../../adapters/state/sqlite.ts", import.meta.url).href;
    const args = ["--input-type=module", "-e", script, url, path, JSON.stringify(question("m"))];
    const limited = ["-c", 'ulimit -f 4000; exec "$@"', "sh", process.execPath, ...args];
    const { stdout } = spawnSync("sh", limited, { encoding: "utf8" });
    const { taken, readable } = JSON.parse(stdout) as { taken: number; readable: boolean };
    expect(readable).toBe(true);
    expect(taken).toBeGreaterThan(10);
    expect(taken).toBeLessThan(2000);
    const later = await open(path);
    for (let i = 0; i < taken; i += 1) {
      expect(await later.receive(question(`m${i}`))).toBe("duplicate");
    }
    expect(await later.receive(question("afterwards"))).toBe("new");
    await later.close();
  });
});
