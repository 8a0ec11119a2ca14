import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inlineText } from "../../src/card.ts";
import { LANGUAGES } from "../../src/knowledge/languages.ts";
import type { Language } from "../../src/language.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { load, problems } from "./fixture.ts";

/** What people write, and the danger that they must be warned of; "-" for ordinary talk. */
type Row = { warning: string; language: Language; text: string };

const rows = readRows();
const dangerous = rows.filter((row) => row.warning !== "-");
const harmless = rows.filter((row) => row.warning === "-");

const FACTS = `references:
  - id: doc
    title: "A page"
    url: https://learn.microsoft.com/windows
dangers:
  - id: end-it
    entry: "0x80090311"
    acts: [stop]
    commands: ["taskkill|tskill lsass"]
    sources: [doc]
`;
const ENGLISH = `grammar:
  verbs:
    stop: [kill]
  negations: [not]
dangers:
  end-it:
    targets: [lsass]
    claim: "End it."
    warning: "Do not end it."
`;
const SPANISH = `grammar:
  verbs:
    stop: [matar]
dangers:
  end-it:
    targets: [lsass]
    claim: "Termínalo."
    warning: "No lo termines."
`;
const FILES = {
  "dangers.yaml": FACTS,
  "locales/en/dangers.yaml": ENGLISH,
  "locales/es/dangers.yaml": SPANISH,
};

describe("dangerous advice", () => {
  it("is tried in enough wordings of both languages", () => {
    for (const language of LANGUAGES) {
      expect(dangerous.filter((row) => row.language === language).length).toBeGreaterThan(70);
      expect(harmless.filter((row) => row.language === language).length).toBeGreaterThan(60);
    }
  });

  it.each(dangerous)("$warning: $text", ({ warning, text }) => {
    expect(warned(text)).toContain(warning);
    expect(warned(`0x80090311 ${text}`)).toContain(warning);
    expect(warned(text.toUpperCase())).toContain(warning);
  });

  it.each(harmless)("is not seen in: $text", ({ text }) => {
    expect(warned(text)).toEqual([]);
    expect(warned(`${text}\n0x80090311`)).toEqual([]);
  });

  it("is found late in a long text, and only near its words", () => {
    const filler = "the printer is out of paper today. ".repeat(300);
    expect(warned(`${filler} Should I kill lsass?`)).toContain("stop-lsass");
    expect(warned(`kill the print job. ${filler} lsass is fine`)).toEqual([]);
  });
});

describe("a warning", () => {
  it.each(LANGUAGES)("begins with what not to do, in %s", (language) => {
    const start = language === "es" ? /^(?:No|Nunca) / : /^(?:Do not|Never) /;
    const hits = dangerous.flatMap(({ text }) => knowledge.mythsIn(text, language));
    const own = knowledge.entryIds.flatMap((id) => knowledge.entry(id, language)?.myths ?? []);
    const all = [...hits.map((hit) => hit.myth), ...own].filter((myth) => myth.danger);
    expect(all.map((myth) => inlineText(myth.correction)).filter((t) => !start.test(t))).toEqual(
      [],
    );
  });

  it("leads to the entry that says more, which has a warning of the same name", () => {
    const hits = dangerous.flatMap(({ text }) => knowledge.mythsIn(text, "en"));
    const owned = hits.filter(({ entry, myth }) => entry !== "" && myth.danger);
    const owners = new Set(owned.map(({ entry, myth }) => `${entry} ${myth.id}`));
    expect(owners.size).toBeGreaterThanOrEqual(8);
    for (const owner of owners) {
      const [entry = "", id] = owner.split(" ");
      expect(knowledge.entry(entry, "en")?.myths.find((myth) => myth.id === id)?.danger).toBe(true);
    }
  });

  it("is given once for two reasons", () => {
    const ids = warned("netsh int ip reset, then netsh int ip reset again, taskkill /im lsass.exe");
    expect(ids.toSorted()).toEqual(["int-ip-reset", "stop-lsass"]);
  });
});

describe("dangers.yaml", () => {
  it("is read with the words of both languages", () => {
    const text = (said: string, language: Language) =>
      load(FILES)
        .mythsIn(said, language)
        .filter(({ myth }) => myth.id === "end-it")
        .map(({ entry, myth }) => `${entry}: ${inlineText(myth.correction)}`);
    expect(text("kill lsass", "en")).toEqual(["0x80090311: Do not end it."]);
    expect(text("matar lsass", "en")).toEqual(["0x80090311: Do not end it."]);
    expect(text("TSKILL /f lsass", "es")).toEqual(["0x80090311: No lo termines."]);
    expect(text("do not kill lsass", "en")).toEqual([]);
  });

  it.each([
    ["an unknown entry", "dangers.yaml", FACTS.replace("0x80090311", "0x80090399"), /no entry/],
    ["an unknown source", "dangers.yaml", FACTS.replace("[doc]", "[book]"), /no reference book/],
    ["verbs that no language has", "dangers.yaml", FACTS.replace("[stop]", "[stop, eat]"), /eat/],
    ["an unknown field", "dangers.yaml", FACTS.replace("acts:", "verbs:"), /no field/],
    [
      "a warning that begins otherwise",
      "locales/en/dangers.yaml",
      ENGLISH.replace("Do not end it.", "Then Windows restarts."),
      /begins with what not to do/,
    ],
    [
      "a text without a danger",
      "locales/es/dangers.yaml",
      SPANISH.replace("  end-it:", "  end-them:"),
      /end-it has no text/,
    ],
  ])("tells %s with file and line", (_name, file, text, says) => {
    const found = problems({ ...FILES, [file]: text });
    expect(found.join("\n")).toMatch(says);
    expect(found[0]).toMatch(/dangers\.yaml:\d+: /);
  });
});

function warned(text: string): string[] {
  return knowledge
    .mythsIn(text, "en")
    .filter((hit) => hit.myth.danger)
    .map((hit) => hit.myth.id);
}

function readRows(): Row[] {
  const text = readFileSync(new URL("dangers.tsv", import.meta.url), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [warning = "", language, said = ""] = line.split("\t");
      return { warning, language: language === "es" ? "es" : "en", text: said };
    });
}
