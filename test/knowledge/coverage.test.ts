import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCodes } from "../../src/codes/read.ts";
import { knowledge } from "../fixtures/knowledge.ts";

/** How many entries each part of the work must have at least; areas that belong together count together. */
const AIMS: [areas: string, aim: number][] = [
  ["identity, access", 20],
  ["certificates", 10],
  ["update", 25],
  ["setup", 8],
  ["activation", 8],
  ["stop-codes", 15],
  ["apps", 10],
  ["install", 12],
  ["network, shares", 20],
  ["printing", 6],
  ["office", 10],
  ["devices", 10],
  ["system", 12],
];
const page = readFileSync(new URL("../../knowledge/COVERAGE.md", import.meta.url), "utf8");
const entries = knowledge.entryIds.flatMap((id) => knowledge.entry(id, "en") ?? []);
const countOf = (areas: string) =>
  entries.filter(({ area }) => areas.split(", ").includes(area)).length;

test("there are at least 150 entries, each in an area of the list and on the page once", () => {
  expect(entries.length).toBeGreaterThanOrEqual(150);
  expect(AIMS.reduce((sum, [areas]) => sum + countOf(areas), 0)).toBe(entries.length);
  const named = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
  expect(named.toSorted()).toEqual([...knowledge.entryIds].sort());
});

describe("each area has what it should, and the page says so", () => {
  test.each(AIMS)("%s: %i", (areas, aim) => {
    expect(countOf(areas)).toBeGreaterThanOrEqual(aim);
    expect(page).toMatch(
      new RegExp(`^\\| ${areas} \\|.*\\| ${countOf(areas)} \\| ${aim} \\|$`, "m"),
    );
  });
});

/** A stop code is always asked for by its number or name. */
test("every entry is asked for in both languages, by its code where it has one, and by its symptom", () => {
  const thin = entries.filter(({ id, codes, questions }) => {
    const all = [...questions, ...(knowledge.entry(id, "es")?.questions ?? [])];
    const coded = all.filter((text) => readCodes(text, knowledge.catalog).codes.length > 0).length;
    const isStop = codes.some(({ family }) => family === "bugcheck");
    const onlyCoded = coded === all.length && !isStop;
    return all.length < 4 || onlyCoded || (codes.length > 0 && coded === 0);
  });
  expect(thin.map(({ id }) => id)).toEqual([]);
});
