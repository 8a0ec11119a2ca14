import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { pageWords } from "../../adapters/web/words.ts";
import { playgroundPhrases, trees } from "./rig.ts";

const folder = new URL("../../adapters/web/page/", import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => /\.(html|js)$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), "utf8"))
  .join("\n");

describe("the words of the playground", () => {
  test.each(["en", "es"] as const)("exist in %s, every one and no other", (language) => {
    const page = Reflect.get(Object(Reflect.get(Object(trees[language]), "playground")), "page");
    expect(Object.keys(page).sort()).toEqual([...pageWords].sort());
    for (const key of pageWords) {
      expect(playgroundPhrases(language, `playground.page.${key}`)).not.toBe("");
    }
  });

  test("are all used by the page", () => {
    const unused = pageWords.filter((key) => !new RegExp(`["']${key}["']`).test(sources));
    expect(unused).toEqual([]);
  });

  test("are all that the page asks for", () => {
    const asked = [
      ...sources.matchAll(/data-word(?:-[a-z-]+)?="([\w-]+)"/g),
      ...sources.matchAll(/\bword\("([\w-]+)"\)/g),
    ].map(([, key]) => key);
    expect(asked.length).toBeGreaterThan(40);
    expect(asked.filter((key) => !pageWords.some((known) => known === key))).toEqual([]);
  });
});
