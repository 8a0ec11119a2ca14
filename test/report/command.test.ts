import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock as clock } from "../../adapters/clock.ts";
import { openSqliteState } from "../../adapters/state/sqlite.ts";
import type { Message } from "../../src/message.ts";
import type { CaseEvent } from "../../src/state.ts";

const MAIN = join(import.meta.dirname, "../../adapters/report/main.ts");
const folder = mkdtempSync(join(tmpdir(), "hexdesk-report-"));
const DATABASE_URL = `sqlite:${join(folder, "hexdesk.db")}`;
const NOW = Date.now();
const HOUR = 3_600_000;

function report(args: string[], env: Record<string, string> = { DATABASE_URL }) {
  const flags = ["--disable-warning=ExperimentalWarning", MAIN, ...args];
  const run = spawnSync(process.execPath, flags, {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...env },
    encoding: "utf8",
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

beforeAll(async () => {
  const state = await openSqliteState({ path: join(folder, "hexdesk.db"), clock });
  const message: Message = {
    id: "m",
    dedupe: [],
    at: NOW,
    from: { id: "ana", role: "user" },
    address: { platform: "slack", tenant: "T1", conversation: "C1" },
    surface: "dm",
    addressed: true,
    text: "x",
    files: [],
  };
  const event = (what: string, detail: Record<string, string>, ago = HOUR): CaseEvent => ({
    at: NOW - ago,
    what,
    detail,
    case: "HD-1",
  });
  await state.receive(message);
  await state.commit(message, {
    deliveries: [],
    events: [
      event("question", { kind: "entry", entry: "0x80090311" }),
      event("question", { kind: "entry", entry: "0x80090311" }, 20 * 24 * HOUR),
      event("step.result", { entry: "0x80090311", step: "s", result: "worked" }),
      event("case.resolved", { entry: "0x80090311" }),
      event("gap.not-found", { text: '=HYPERLINK("x"), and a comma' }),
      event("answer.rejected", { entry: "0x80090311", text: "it blinks", language: "en" }),
    ],
  });
  await state.close();
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the last week is a table", () => {
  const { code, out } = report([]);
  expect(code).toBe(0);
  expect(out).toMatch(/questions\s+1\n/);
  expect(out).toMatch(/median steps\s+1\n/);
  expect(out).toMatch(/0x80090311\s+1\s/);
  expect(out).toContain("not-found  =HYPERLINK");
});

test("a month holds more; days are given as dates", () => {
  expect(report(["month"]).out).toMatch(/questions\s+2\n/);
  const from = new Date(NOW - 21 * 24 * HOUR).toISOString().slice(0, 10);
  const to = new Date(NOW - 19 * 24 * HOUR).toISOString().slice(0, 10);
  expect(report(["--from", from, "--to", to]).out).toMatch(/questions\s+1\n/);
});

test("--json is the figures, --csv a sheet in which nothing can be a formula", () => {
  expect(JSON.parse(report(["--json"]).out)).toMatchObject({ questions: 1, resolved: 1 });
  const rows = report(["--csv"]).out.trim().split("\r\n");
  expect(rows[0]).toBe("section,name,figure,value");
  expect(rows).toContain("entry,0x80090311,asked,1");
  expect(rows.at(-1)).toBe(`gap,"'=HYPERLINK(""x""), and a comma",not-found,1`);
});

test("misses are lines for test/questions", () => {
  const lines = report(["misses"]).out.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { lang: "en", text: "it blinks", expect: [], match: "any" },
  ]);
});

test.each([
  [["fortnight"], "is no period"],
  [["--from", "1.11.2026"], "is no day"],
  [["--from", "2026-02-30"], "is no day"],
  [["--from", "2026-11-05", "--to", "2026-11-01"], "later than --to"],
  [["--sideways"], "Usage"],
])("what cannot be understood is said: %j", (args, wrong) => {
  const { code, err } = report(args);
  expect(code).toBe(78);
  expect(err).toContain(wrong);
  expect(err).not.toContain("    at ");
});

test("where nothing is kept it says so", () => {
  expect(report([], {}).err).toContain("nothing is kept");
});
