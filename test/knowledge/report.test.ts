import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readLocales } from "../../src/knowledge/locales.ts";
import { saidIn } from "../../src/knowledge/said.ts";
import { termsOf } from "../../src/knowledge/terms.ts";

const folder = fileURLToPath(new URL("../../knowledge", import.meta.url));
const { words } = readLocales(folder, new Set(), []);

describe("what a program says", () => {
  test.each([
    ["en", "veeam stops, it says the disk is full, but it is not", "the disk is full"],
    ["en", "The client complains that the share is gone. What now?", "that the share is gone"],
    ["en", 'I get "no more files" and "access is denied" here', "no more files\naccess is denied"],
    ["en", "the printer is slow today", ""],
    ["es", "al imprimir me dice que no hay espacio, pero sí hay", "que no hay espacio"],
  ] as const)("%s: %s", (language, text, said) => {
    expect(saidIn(text, words[language]).trim().split(/\n\s*/).join("\n")).toBe(said);
  });

  test("a text of 100,000 characters that says again and again is not made much longer", () => {
    expect(saidIn("it says x ".repeat(10_000), words.en).length).toBeLessThan(600_000);
  });
});

test.each(["en", "es"] as const)(
  "each related word of report.yaml leaves one term: %s",
  (language) => {
    const own = words[language];
    const lost = own.related.flat().filter((member) => termsOf(member, own).length !== 1);
    expect(lost).toEqual([]);
  },
);
