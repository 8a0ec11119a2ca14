import { expect, test } from "vitest";
import { lostQuestions } from "../../knowledge/lost-questions.ts";
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

test("each question finds its entry first", { timeout: 120_000 }, () => {
  const asked = entries.reduce((sum, { entry }) => sum + entry.questions.length, 0);
  expect(asked).toBeGreaterThan(entries.length);
  expect(lostQuestions(knowledge)).toEqual([]);
});

test.each([
  ["access denied", "en", "0x80070005"],
  ["acceso denegado", "es", "0x80070005"],
] as const)("a short everyday text finds its entry: %s", (text, language, id) => {
  expect(knowledge.search(text, language)).toMatchObject({ outcome: "one", hits: [{ entry: id }] });
});
