import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLogger, LOG_FIELDS } from "../../adapters/log.ts";

function lines(write: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const out: string[] = [];
  write(createLogger({ level: "info", write: (line) => out.push(line) }));
  return out.map((line) => JSON.parse(line));
}

test("an event is one JSON line with its allowed fields", () => {
  const [line] = lines((log) => log.info("started", { port: 3978, platforms: "slack" }));
  expect(line).toMatchObject({ level: 30, msg: "started", port: 3978, platforms: "slack" });
  expect(Object.keys(line ?? {}).toSorted()).toEqual(["level", "msg", "platforms", "port", "time"]);
});

test("a field that might hold somebody's words is left out, and its name noted", () => {
  const [line] = lines((log) => log.warn("odd", { text: "canary", incident: "4711" }));
  expect(line).toMatchObject({ incident: "4711", left_out: ["text"] });
  expect(JSON.stringify(line)).not.toContain("canary");
});

test("of an error its class, code and place are logged, never its message", () => {
  const cause = Object.assign(new TypeError("canary xoxb-1-canary"), { code: "ECONNRESET" });
  const [line] = lines((log) => log.error("failed", {}, new Error("canary", { cause })));
  expect(line).toMatchObject({
    error: "Error",
    at: expect.arrayContaining([expect.stringContaining("test/server/log.test.ts")]),
    cause: { error: "TypeError", error_code: "ECONNRESET" },
  });
  expect(JSON.stringify(line)).not.toContain("canary");
});

test("what is thrown without being an error is not logged itself", () => {
  expect(JSON.stringify(lines((log) => log.error("failed", {}, "canary")))).not.toContain("canary");
});

test("tokens in a field are removed, long fields cut, line breaks escaped", () => {
  const jwt = "eyJhbGciOi.eyJzdWIi.c2ln";
  const reason = `xoxb-1-canary xapp-1-canary Bearer canary ${jwt}\n{"level":60} ${"x".repeat(500)}`;
  const [line, ...more] = lines((log) => log.warn("odd", { reason }));
  expect(more).toEqual([]);
  expect(String(line?.reason)).toMatch(/^(\[removed\] ){3}\[removed\]\n\{"level":60\} x+$/);
  expect(String(line?.reason).length).toBe(300);
});

test("the level is kept to", () => {
  const out: string[] = [];
  const log = createLogger({ level: "error", write: (line) => out.push(line) });
  log.info("a");
  log.warn("b");
  log.error("c");
  expect(out).toHaveLength(1);
});

test("every field that the code logs is allowed, and none is allowed without need", () => {
  const root = join(import.meta.dirname, "../..");
  const used = globSync(["src/**/*.ts", "adapters/**/*.ts"], { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), "utf8").matchAll(CALL)].flatMap(([, fields = ""]) =>
      [...fields.matchAll(/(?:^|,)\s*([a-z]\w*)/g)].map(([, name]) => name ?? ""),
    ),
  );
  expect([...new Set(used)].toSorted()).toEqual([...LOG_FIELDS].toSorted());
});

const CALL = /\blog\.(?:info|warn|error)\(\s*"[^"]+",\s*\{([^}]+)\}/g;
