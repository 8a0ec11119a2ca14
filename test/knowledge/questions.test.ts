import { describe, expect, test } from "vitest";
import { readCodes } from "../../src/codes/read.ts";
import type { Language } from "../../src/language.ts";
import { knowledge } from "../fixtures/knowledge.ts";

const entries = knowledge.entryIds.flatMap((id) =>
  knowledge.languages.flatMap((language) => {
    const entry = knowledge.entry(id, language);
    return entry ? [{ id, language, entry }] : [];
  }),
);

test("every built-in entry has questions in every language, and its translation is up to date", () => {
  for (const { id, language, entry } of entries) {
    expect(entry.language, `${id} has no translation into ${language}`).toBe(language);
    expect(entry.questions.length, `${id} has no questions in ${language}`).toBeGreaterThan(0);
  }
  expect(knowledge.warnings).toEqual([]);
});

test("every cause of a built-in entry begins with a look", () => {
  for (const { id, entry } of entries) {
    for (const cause of entry.causes) {
      const first = entry.steps[cause.steps[0] ?? ""];
      expect(first?.risk, `${id}: the cause ${cause.id}`).toBe("read-only");
    }
  }
});

describe("each question finds its entry first", () => {
  test.each(
    entries.flatMap(({ id, language, entry }) =>
      entry.questions.map((question) => [language, id, question] as const),
    ),
  )("%s %s: %s", (language, id, question) => {
    expect(firstEntry(question, language)).toBe(id);
  });
});

/** The entry of the first code that the question holds, else of the first hit of the search. */
function firstEntry(question: string, language: Language): string | undefined {
  for (const code of readCodes(question, knowledge.catalog).codes) {
    const reading = code.readings[0];
    const entry = reading && knowledge.entryFor(reading);
    if (entry) return entry;
  }
  const [hit] = knowledge.search(question, language).hits;
  return hit && "entry" in hit ? hit.entry : undefined;
}
