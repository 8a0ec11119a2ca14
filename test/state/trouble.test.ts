import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import { sqliteTrouble } from "../../adapters/state/sqlite-open.ts";

const fresh = () => join(mkdtempSync(join(tmpdir(), "hexdesk-trouble-")), "a.db");

/** The error with which SQLite answers when a file with some rows is spoilt by `spoil`. */
function errorAfter(spoil: (db: DatabaseSync, path: string) => void): unknown {
  const path = fresh();
  const first = new DatabaseSync(path);
  first.exec("create table t (x)");
  for (let i = 0; i < 100; i += 1) first.prepare("insert into t values (?)").run("x".repeat(500));
  first.close();
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    spoil(db, path);
    db.prepare("select count(*) from t where x > 'a'").get();
    for (let i = 0; i < 100; i += 1) db.prepare("insert into t values (?)").run("x".repeat(500));
  } catch (error) {
    return error;
  } finally {
    db.close();
  }
  throw new Error("nothing failed");
}

describe("what SQLite's errors mean", () => {
  test.each([
    ["database-full", (db: DatabaseSync) => db.exec("pragma max_page_count = 20")],
    ["database-read-only", (db: DatabaseSync) => db.exec("pragma query_only = 1")],
    [
      "database-locked",
      (_db: DatabaseSync, path: string) => new DatabaseSync(path).exec("begin exclusive"),
    ],
    [
      "database-damaged",
      (_db: DatabaseSync, path: string) =>
        writeFileSync(path, readFileSync(path).fill(0xa5, 4096, 40_000)),
    ],
  ])("%s", (trouble, spoil) => {
    expect(sqliteTrouble(errorAfter(spoil))).toBe(trouble);
  });

  test("a mistake of ours is none of them", () => {
    expect(sqliteTrouble(errorAfter((db) => db.exec("select nonsense")))).toBeUndefined();
    expect(sqliteTrouble(new Error("plain"))).toBeUndefined();
  });
});

describe("the real process on a disk that takes nothing more", () => {
  const running: ChildProcess[] = [];
  afterEach(() => {
    for (const child of running.splice(0)) child.kill("SIGKILL");
  });

  test("answers on, says so in /readyz, and recovers by itself", { timeout: 120_000 }, async () => {
    const path = fresh();
    const main = join(import.meta.dirname, "../../adapters/main.ts");
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", main], {
      cwd: mkdtempSync(join(tmpdir(), "hexdesk-trouble-")),
      env: { PATH: process.env.PATH, PORT: "0", DATABASE_URL: `sqlite:${path}` },
      stdio: ["ignore", "pipe", "ignore"],
    });
    running.push(child);
    let out = "";
    child.stdout.on("data", (part) => {
      out += part;
    });
    await until(async () => /http:\S+/.test(out));
    const url = out.match(/http:\/\/[\d.:]+/)?.[0] ?? "";
    let n = 0;
    const ask = async () => {
      n += 1;
      const answer = await fetch(`${url}/playground/questions`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url },
        body: JSON.stringify({ id: `question-${n}`, session: `session-${n}`, text: "0x80090311" }),
      });
      return answer.text();
    };
    const readiness = async () =>
      (await (await fetch(`${url}/readyz`)).json()) as { ready: boolean };
    const allow = (bytes: string) =>
      execFileSync("/usr/bin/prlimit", [`--pid=${child.pid}`, `--fsize=${bytes}:unlimited`]);

    expect(await ask()).not.toContain("save anything");
    expect(await readiness()).toEqual({ ready: true });
    allow(String(statSync(`${path}-wal`).size));
    const unsaved = await ask();
    expect(unsaved).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(unsaved).toContain("I can't save anything right now");
    expect(await readiness()).toEqual({
      ready: false,
      reasons: [expect.stringMatching(/^database-/)],
    });
    allow("unlimited");
    await until(async () => (await readiness()).ready);
    expect(await ask()).not.toContain("save anything");
    child.kill("SIGTERM");
    await once(child, "exit");
    const db = new DatabaseSync(path);
    expect(Object.values(db.prepare("pragma integrity_check").get() ?? {})).toEqual(["ok"]);
    expect(db.prepare("select count(*) as n from cases").get()?.n).toBe(2);
    db.close();
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1_600 && !(await holds()); i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  expect(await holds()).toBe(true);
}
