import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { readConfig, VARIABLES } from "../../adapters/config.ts";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const example = read(".env.example");

describe(".env.example", () => {
  test("holds every setting once, and nothing else", () => {
    const names = [...example.matchAll(/^([A-Za-z_]+)=/gm)].map(([, name]) => name);
    expect(names.toSorted()).toEqual([...VARIABLES].toSorted());
  });

  test("says something about each setting", () => {
    const blocks = example.split(/\n\n+/).filter((block) => /^[A-Za-z_]+=/m.test(block));
    for (const name of VARIABLES.filter((each) => !each.endsWith("_FILE"))) {
      const block = blocks.find((each) => new RegExp(`^${name}=`, "m").test(each)) ?? "";
      const before = block.slice(0, block.search(new RegExp(`^${name}=`, "m"))).trimEnd();
      expect(before.split("\n").at(-1), name).toMatch(/^#|^HELPDESK_MEMBERS=/);
    }
  });

  test("as it stands is the same as nothing set", () => {
    const env = Object.fromEntries(Object.entries(parseEnv(example)));
    expect(readConfig(env)).toEqual(readConfig({}));
  });
});

test("README names every setting", () => {
  const readme = read("README.md");
  const named = (name: string) => new RegExp(`\\b${name}\\b`).test(readme);
  const missing = VARIABLES.filter((name) => !named(name));
  expect(missing.filter((name) => !name.endsWith("_FILE"))).toEqual([]);
});

test("README names no setting that does not exist", () => {
  const names = [...read("README.md").matchAll(/`([A-Z]+(?:_[A-Z]+)+|MicrosoftApp\w+)`/g)];
  expect(names.length).toBeGreaterThan(5);
  const foreign = names.map(([, name]) => name ?? "").filter((name) => !VARIABLES.includes(name));
  expect(foreign.filter((name) => !/^(SEC|STATUS|ERROR|NODE)_|_PROXY$/.test(name))).toEqual([]);
});
