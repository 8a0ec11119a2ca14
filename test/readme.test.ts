import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { entryTemplate } from "../knowledge/entry-template.ts";
import { loadKnowledge } from "../src/knowledge/load.ts";

const ROOT = join(import.meta.dirname, "..");
const PAGES = ["README.md", "CONTRIBUTING.md", "knowledge/README.md"];

const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

test("the conversation on README's first screen is what Hexdesk says", () => {
  const shown = read("README.md").match(
    /```console\n\$ npm run -s ask -- "([^"]+)"\n([\s\S]+?)\n…\n```/,
  );
  const [, question = "", answer = ""] = shown ?? [];
  expect(answer).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
  const { stdout } = spawnSync(
    process.execPath,
    [join(ROOT, "adapters/terminal/main.ts"), question],
    {
      cwd: import.meta.dirname,
      encoding: "utf8",
    },
  );
  expect(stdout.slice(0, answer.length)).toBe(answer);
});

describe.each(PAGES)("%s", (page) => {
  test("names only scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...read(page).matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(
      ([, name]) => name ?? "",
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  test("writes new entries only where there is none yet", () => {
    const ids = [...read(page).matchAll(/npm run new -- (\S+?)`/g)].map(([, id]) => id);
    expect(ids).not.toEqual([]);
    const taken = ids.filter((id) => existsSync(join(ROOT, `knowledge/entries/${id}.yaml`)));
    expect(taken).toEqual([]);
  });

  test("links only to files that exist", () => {
    const links = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to]) => to ?? "");
    const folder = join(ROOT, page, "..");
    expect(links.filter((to) => !existsSync(join(folder, to)))).toEqual([]);
  });
});

test("the company's folder in knowledge/README.md works as it is written", () => {
  const extra = mkdtempSync(join(tmpdir(), "hexdesk-company-"));
  onTestFinished(() => rmSync(extra, { recursive: true }));
  mkdirSync(join(extra, "entries"));
  const blocks = [...read("knowledge/README.md").matchAll(/^```yaml\n([\s\S]+?)^```/gm)];
  const block = (start: string) =>
    blocks.find(([, text]) => text?.startsWith(start))?.[1] ?? `no example begins with ${start}`;
  writeFileSync(join(extra, "entries/0x80090311.yaml"), block("extends:"));
  writeFileSync(join(extra, "company.yaml"), block("telephone:"));
  const knowledge = loadKnowledge({ folder: join(ROOT, "knowledge"), extra });
  const causes = knowledge.entry("0x80090311", "en")?.causes.map(({ title }) => title);
  expect(causes?.[0]).toBe("The Blue VPN is not connected");
  expect(knowledge.company.telephone).toBe("+34 900 100 200");
});

test("authors find every field of an entry in knowledge/README.md or in a new entry", () => {
  const code = { value: "0x80070005", family: "hresult", symbol: "E_ACCESSDENIED" };
  const told = read("knowledge/README.md") + entryTemplate("0x80070005", code, "2026-11-21");
  const fields = fieldsOf(JSON.parse(read("knowledge/entry.schema.json")));
  expect(fields.length).toBeGreaterThan(40);
  expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(told))).toEqual([]);
});

test("THIRD-PARTY-NOTICES.md names every source of the name table", () => {
  const folder = join(ROOT, "knowledge/codes");
  const tables = readdirSync(folder).filter(
    (name) => name.endsWith(".tsv") && name !== "local.tsv",
  );
  const rows = tables.flatMap((name) =>
    read(`knowledge/codes/${name}`).trim().split("\n").slice(1),
  );
  const sources = rows.flatMap((row) => row.split("\t")[4]?.split(",") ?? []);
  const names = [...new Set(sources.map((source) => source.split(":")[0] ?? ""))];
  const notices = read("THIRD-PARTY-NOTICES.md");
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !new RegExp(`^\\| \`${name}:?\``, "m").test(notices))).toEqual([]);
});

test("DESIGN.md names every package", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json"));
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const design = read("DESIGN.md");
  const missing = names.filter((name) => !design.includes(`\`${name}\``));
  expect(missing.filter((name) => !name.startsWith("@types/"))).toEqual([]);
});

/** The names of a JSON Schema's properties, at any depth. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema ? Object.keys(schema.properties ?? {}) : [];
  return [...new Set([...own, ...Object.values(schema).flatMap(fieldsOf)])];
}
