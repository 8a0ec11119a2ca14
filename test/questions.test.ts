import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { namesOf } from "../src/knowledge/names.ts";
import { knowledge } from "./fixtures/knowledge.ts";
import { readChatter, readQuestions } from "./questions/question.ts";
import { type Rates, ratesByGroup, type Scored, score, tableOf } from "./questions/score.ts";
import { isSame } from "./questions/verdict.ts";
import { createTalk } from "./talk.ts";

type Floor = { hit1: number; hit3: number; wrong: number };

const questions = readQuestions();
const floors: Record<string, Floor> = JSON.parse(
  readFileSync(new URL("questions/floors.json", import.meta.url), "utf8"),
);
let scored: Scored[] = [];
let rates: Map<string, Rates> = new Map();

beforeAll(async () => {
  scored = await score(knowledge, questions);
  rates = ratesByGroup(scored);
  process.stdout.write(`${tableOf(rates)}\n`);
}, 60_000);

describe("the questions", () => {
  test("are at least 400, in both languages, each asked once", () => {
    expect(questions.length).toBeGreaterThanOrEqual(400);
    expect(questions.filter(({ lang }) => lang === "es").length).toBeGreaterThanOrEqual(150);
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    const asked = questions.map(({ lang, text, surface }) => `${lang} ${surface} ${text}`);
    expect(asked.filter((one, i) => asked.indexOf(one) !== i)).toEqual([]);
  });

  test("expect only codes that the name table has under that name", () => {
    const wrong = questions.flatMap(({ id, expect: all }) =>
      all
        .filter(({ code, symbol }) =>
          namesOf(Number(code), knowledge.catalog).every((name) => name.symbol !== symbol),
        )
        .map(({ code, symbol }) => `${id}: ${code} ${symbol}`),
    );
    expect(wrong).toEqual([]);
  });

  test("have a floor for each group", () => {
    expect(Object.keys(floors).sort()).toEqual([...rates.keys()].sort());
  });
});

describe("each group of questions does as well as it ever did", () => {
  test.each(Object.entries(floors))("%s", (name, floor) => {
    const measured = rates.get(name);
    const missed = scored
      .filter(({ question: { lang, kind } }) => `${lang} ${kind}` === name)
      .filter(({ verdict }) => !verdict.first)
      .map(({ question, heard }) => [question.id, question.text, heard.kind, heard.answers[0]]);
    const why = JSON.stringify(missed, null, 1);
    expect(measured?.hit1, why).toBeGreaterThanOrEqual(floor.hit1);
    expect(measured?.hit3, why).toBeGreaterThanOrEqual(floor.hit3);
    expect(measured?.wrong, why).toBeLessThanOrEqual(floor.wrong);
  });
});

test("a question in sentences is answered in its language", () => {
  const silent = ["bare", "symbol", "log", "several", "mangled"];
  const prose = scored.filter(({ question }) => !silent.includes(question.kind));
  const strayed = prose.filter(({ question, heard }) => heard.language !== question.lang);
  const why = strayed.map(({ question }) => `${question.id} ${question.text}`).join("\n");
  expect(strayed.length / prose.length, why).toBeLessThanOrEqual(0.01);
});

test("a code that no table knows gets no name and no entry", () => {
  const named = scored
    .filter(({ question }) => question.kind === "unknown")
    .filter(({ heard }) => heard.answers.some(({ symbol, entry }) => symbol ?? entry));
  expect(named.map(({ question }) => question.id)).toEqual([]);
});

describe("channel talk", () => {
  const chatter = readChatter();

  test("is at least 500 lines, none twice", () => {
    expect(chatter.length).toBeGreaterThanOrEqual(500);
    expect(chatter.filter((line, i) => chatter.indexOf(line) !== i)).toEqual([]);
  });

  test("stays unanswered in a channel that answers codes", async () => {
    const answered: string[] = [];
    for (const line of chatter) {
      const talk = createTalk(knowledge, "channel", "codes");
      const { kind, cards } = await talk.say(line, { addressed: false, thread: undefined });
      if (kind !== "silent" || cards.length > 0) answered.push(`${kind}: ${line}`);
    }
    expect(answered).toEqual([]);
  });

  test("an unmistakable code among it is answered", async () => {
    const talk = createTalk(knowledge, "channel", "codes");
    const heard = await talk.say("morning all, mine says 0x80070005 again", { addressed: false });
    expect(heard.answers.map(({ code }) => code)).toEqual(["0x80070005"]);
  });
});

test("one code in two forms is the same, one number of two kinds is not", () => {
  const win32 = { code: "0x00000005", symbol: "ERROR_ACCESS_DENIED", family: "win32" } as const;
  const stop = { code: "0x00000005", symbol: "INVALID_PROCESS_ATTACH_ATTEMPT" } as const;
  const got = { code: "0x80070005", symbol: "E_ACCESSDENIED", family: "hresult" } as const;
  expect(isSame(win32, { ...got, entry: null })).toBe(true);
  expect(isSame({ ...stop, family: "bugcheck" }, { ...got, entry: null })).toBe(false);
  expect(isSame({ ...stop, family: "bugcheck" }, { ...win32, entry: null })).toBe(false);
});
