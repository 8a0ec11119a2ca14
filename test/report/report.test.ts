import { describe, expect, test } from "vitest";
import { missesOf, reportOf } from "../../src/report.ts";
import type { CaseEvent } from "../../src/state.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

const PERIOD = { from: 0, to: 1_000_000 };
let at = 0;

function event(
  what: string,
  detail: Record<string, string> = {},
  id?: string,
  by = "ana",
): CaseEvent {
  at += 1;
  const person = { platform: "p", tenant: "t", id: by };
  return { at, what, detail, by: person, ...(id ? { case: id } : {}) };
}

/** A case of one entry: so many steps tried, and how it ended. */
function aCase(id: string, entry: string, steps: number, ended: string): CaseEvent[] {
  const tried = Array.from({ length: steps }, () =>
    event(
      "step.result",
      { entry, step: "s", result: ended === "case.resolved" ? "worked" : "failed" },
      id,
    ),
  );
  return [event("question", { kind: "entry", entry }, id), ...tried, event(ended, { entry }, id)];
}

describe("the figures of a period", () => {
  test("count questions, answers, ends of cases and steps", () => {
    const report = reportOf(
      [
        ...aCase("HD-1", "a", 2, "case.resolved"),
        ...aCase("HD-2", "a", 4, "case.resolved"),
        ...aCase("HD-3", "b", 3, "case.handed-over"),
        event("question", { kind: "not-found" }),
        event("question", { kind: "help" }),
        event("question", { kind: "step", entry: "a" }, "HD-1"),
        event("throttled"),
      ],
      PERIOD,
    );
    expect(report).toMatchObject({
      questions: 4,
      answered: 3,
      resolved: 2,
      handedOver: 1,
      medianSteps: 3,
      throttled: 1,
    });
  });

  test("of nothing are zero", () => {
    expect(reportOf([], PERIOD)).toEqual({
      ...PERIOD,
      questions: 0,
      answered: 0,
      resolved: 0,
      handedOver: 0,
      medianSteps: null,
      useful: 0,
      notUseful: 0,
      throttled: 0,
      entries: [],
      gaps: [],
    });
  });

  test("take what a person said last about an answer", () => {
    const about = { entry: "a" };
    const report = reportOf(
      [
        event("feedback.useful", about, "HD-1"),
        event("feedback.not-useful", about, "HD-1"),
        event("feedback.useful", about, "HD-1", "ben"),
        event("feedback.useful", about, "HD-2"),
      ],
      PERIOD,
    );
    expect(report).toMatchObject({ useful: 2, notUseful: 1 });
    expect(report.entries).toMatchObject([{ entry: "a", useful: 2, notUseful: 1 }]);
  });

  test("flag an entry whose steps fail in most of ten cases or more, and put it first", () => {
    const cases = (entry: string, failing: number, all: number) =>
      Array.from({ length: all }, (_, i) =>
        aCase(`${entry}-${i}`, entry, 1, i < failing ? "case.handed-over" : "case.resolved"),
      ).flat();
    const report = reportOf(
      [...cases("fine", 5, 10), ...cases("few", 9, 9), ...cases("bad", 6, 10)],
      PERIOD,
    );
    expect(report.entries.map(({ entry, flagged }) => [entry, flagged])).toEqual([
      ["bad", true],
      ["few", false],
      ["fine", false],
    ]);
  });

  test("count a case that was resolved after all as solved", () => {
    const report = reportOf(
      [
        ...aCase("HD-1", "a", 1, "case.handed-over"),
        event("case.resolved", { entry: "a" }, "HD-1"),
      ],
      PERIOD,
    );
    expect(report.entries).toMatchObject([{ cases: 1, failing: 0 }]);
  });

  test("name the gaps that were met most", () => {
    const report = reportOf(
      [
        event("gap.not-found", { text: "The badge reader beeps" }),
        event("gap.not-found", { text: "the badge  reader beeps" }),
        event("gap.unknown-code", { code: "0x8ABC0DEF" }),
        event("gap.not-found", {}),
      ],
      PERIOD,
    );
    expect(report.gaps).toEqual([
      { what: "not-found", text: "The badge reader beeps", times: 2 },
      { what: "unknown-code", text: "0x8ABC0DEF", times: 1 },
    ]);
  });
});

test("misses are the refused answers with their words", () => {
  const misses = missesOf([
    event("answer.rejected", { entry: "a", text: "it blinks", language: "en" }),
    event("answer.rejected", { entry: "a", text: "it blinks", language: "en" }),
    event("feedback.reason", {
      entry: "b",
      reason: "wrong-cause",
      text: "parpadea",
      language: "es",
    }),
    event("feedback.reason", { entry: "b", reason: "unclear", text: "x", language: "es" }),
    event("answer.rejected", { code: "0x1" }),
  ]);
  expect(misses).toEqual([
    { lang: "en", text: "it blinks", refused: "a", reason: "not-mine" },
    { lang: "es", text: "parpadea", refused: "b", reason: "wrong-cause" },
  ]);
});

describe("the report in the channel", () => {
  async function busy(surface: "channel" | "slash") {
    const talk = createTalk(knowledge, surface);
    await talk.say("0x80090311", { thread: "a" });
    await talk.say("my bicycle makes a strange noise when it rains", { thread: "b" });
    return talk;
  }

  test("is shown to the helpdesk: figures, and what could not be answered", async () => {
    const talk = await busy("channel");
    const heard = await talk.say("report week", { id: "eva", role: "helpdesk", thread: "c" });
    expect(heard.targets).toEqual(["post:thread"]);
    expect(heard.text).toContain("The last 7 days");
    expect(heard.text).toContain("Questions: 2");
    expect(heard.text).toContain("Answered: 1 (50 %)");
    expect(heard.text).toContain("my bicycle makes a strange noise");
  });

  test("goes to the whole channel also when it was asked for by a slash command", async () => {
    const talk = await busy("slash");
    const heard = await talk.say("report month", { id: "eva", role: "admin", thread: undefined });
    expect(heard.targets).toEqual(["post:address"]);
  });

  test("is understood in Spanish", async () => {
    const talk = await busy("channel");
    const as = { id: "eva", role: "helpdesk", thread: "c", locale: "es" } as const;
    const heard = await talk.say("informe de la semana", as);
    expect(heard.text).toContain("Los últimos 7 días");
    expect(heard.text).toContain("Sin respuesta");
  });

  test("is refused to others, politely and in private", async () => {
    const talk = await busy("channel");
    const heard = await talk.say("report week", { thread: "c" });
    expect(heard.targets).toEqual(["post:asker"]);
    expect(heard.text).toContain("for people of the helpdesk");
    expect(heard.text).not.toContain("Questions");
  });

  test("holds nothing of another tenant of the platform", async () => {
    const talk = await busy("channel");
    const as = { id: "eva", role: "helpdesk", tenant: "other", thread: "c" } as const;
    const heard = await talk.say("report week", as);
    expect(heard.text).toContain("Questions: 0");
    expect(heard.text).not.toContain("bicycle");
  });

  test("leaves out what is older", async () => {
    const talk = await busy("channel");
    talk.later(8 * 86_400_000);
    const heard = await talk.say("report", { id: "eva", role: "helpdesk", thread: "c" });
    expect(heard.text).toContain("Questions: 0");
  });

  test.each([
    "report weekly numbers of 0x80090311",
    "the report week is broken",
    "informe 0x80070005",
  ])("is not meant by: %s", async (text) => {
    const heard = await createTalk(knowledge, "dm").say(text, { role: "helpdesk" });
    expect(heard.text).not.toContain("The last 7 days");
  });
});

test("a rejected answer is in the report with its question", async () => {
  const talk = createTalk(knowledge, "dm");
  await talk.say("0x80090311 at anna@contoso.com");
  await talk.click("Not my problem");
  const misses = missesOf(await talk.events({ from: 0 }));
  expect(misses).toEqual([
    { lang: "en", text: "0x80090311 at [user 1]", refused: "0x80090311", reason: "not-mine" },
  ]);
});
