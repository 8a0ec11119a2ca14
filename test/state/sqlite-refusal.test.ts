import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { StateError } from "../../adapters/state/state-error.ts";
import { filled, freshPath, open, question } from "./sqlite-fixtures.ts";

async function refusal(path: string): Promise<string> {
  try {
    await (await open(path)).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StateError);
    return (error as Error).message;
  }
  throw new Error("the file was opened");
}

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
