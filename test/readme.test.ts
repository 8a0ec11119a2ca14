import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

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

  test("links only to files that exist", () => {
    const links = [...read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to]) => to ?? "");
    const folder = join(ROOT, page, "..");
    expect(links.filter((to) => !existsSync(join(folder, to)))).toEqual([]);
  });
});
