import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openSqliteState } from "../../adapters/state/sqlite.ts";
import { StateError } from "../../adapters/state/state-error.ts";
import type { Message } from "../../src/message.ts";

const START = Date.UTC(2026, 10, 21);

function freshPath(): string {
  return join(mkdtempSync(join(tmpdir(), "hexdesk-file-")), "hexdesk.db");
}

function open(path: string) {
  return openSqliteState({ path, clock });
}

async function refusal(path: string): Promise<string> {
  try {
    await (await open(path)).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StateError);
    return (error as Error).message;
  }
  throw new Error("the file was opened");
}

function question(id: string, text = "0x80090311"): Message {
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

async function filled(path: string, rows: number): Promise<void> {
  const state = await open(path);
  for (let i = 0; i < rows; i += 1) await state.receive(question(`m${i}`, "x".repeat(500)));
  await state.close();
}

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

describe("a start is refused in plain words", () => {
  test("when the file is something else, which stays as it was", async () => {
    const path = freshPath();
    writeFileSync(path, "Dear diary, this is a long text and no database. ".repeat(40));
    const before = readFileSync(path);
    expect(await refusal(path)).toMatch(/hexdesk\.db is not a database\. It was left as it is/);
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  test("when the database is another program's", async () => {
    const path = freshPath();
    const db = new DatabaseSync(path);
    db.exec("create table theirs (a)");
    db.close();
    const before = readFileSync(path);
    expect(await refusal(path)).toMatch(/a database of another program/);
    expect(readFileSync(path)).toEqual(before);
  });

  test("when a newer Hexdesk wrote it", async () => {
    const path = freshPath();
    await filled(path, 1);
    const db = new DatabaseSync(path);
    db.exec("pragma user_version = 99");
    db.close();
    expect(await refusal(path)).toMatch(
      /written by a newer Hexdesk \(schema 99; this one knows 2\)/,
    );
  });

  test("when pages are overwritten or the file was cut", async () => {
    const path = freshPath();
    await filled(path, 200);
    const whole = readFileSync(path);
    const overwritten = Buffer.from(whole).fill(0xa5, 4096, 40_000);
    writeFileSync(path, overwritten);
    expect(await refusal(path)).toMatch(/is damaged/);
    expect(readFileSync(path)).toEqual(overwritten);
    writeFileSync(path, whole);
    truncateSync(path, Math.floor(whole.length / 2));
    expect(await refusal(path)).toMatch(/is damaged/);
  });

  test("when the file was emptied under its log", async () => {
    const path = freshPath();
    const state = await open(path);
    await state.receive(question("m1"));
    const wal = readFileSync(`${path}-wal`);
    await state.close();
    writeFileSync(path, "");
    writeFileSync(`${path}-wal`, wal);
    expect(await refusal(path)).toMatch(/is empty, but its log .* is not: data was lost/);
  });

  test("when the folder is missing", async () => {
    const path = join(freshPath(), "deeper", "hexdesk.db");
    expect(await refusal(path)).toMatch(/the folder .*deeper of the database does not exist/);
  });

  test("when the folder takes no files", async () => {
    expect(await refusal("/proc/x.db")).toMatch(/^no file can be made in \/proc for the database/);
  });

  test("when the name is a folder's", async () => {
    const path = freshPath();
    mkdirSync(path);
    expect(await refusal(path)).toMatch(/is a folder/);
  });

  test("when another process keeps it locked", async () => {
    const path = freshPath();
    await filled(path, 1);
    const db = new DatabaseSync(path);
    db.exec("begin exclusive");
    expect(await refusal(path)).toMatch(/another process keeps the database .* locked/);
    db.close();
  });

  test("when the user may not write there", async () => {
    const path = freshPath();
    await filled(path, 1);
    chmodSync(path, 0o444);
    chmodSync(join(path, ".."), 0o555);
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const script = `
      const { openSqliteState } = await import(process.argv[1]);
      const clock = { now: () => 0, sleep: async () => {} };
      try { await openSqliteState({ path: process.argv[2], clock }); process.stdout.write("opened"); }
      catch (error) { process.stdout.write(error.name + ": " + error.message); }`;
    const url = new URL("../../adapters/state/sqlite.ts", import.meta.url).href;
    const args = ["--input-type=module", "-e", script, url, path];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8", ...nobody });
    expect(stdout).toMatch(/^StateError: no permission to write the database .*hexdesk\.db\./);
  });
});
