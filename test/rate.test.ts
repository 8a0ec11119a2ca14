import { describe, expect, test } from "vitest";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

/** Asks so often; how many of the messages were answered. */
async function askOften(talk: ReturnType<typeof createTalk>, times: number, as = {}) {
  let answered = 0;
  for (let i = 0; i < times; i++) {
    const heard = await talk.say("0x80090311", { thread: `t${i}`, ...as });
    if (heard.targets.includes("post:thread")) answered += 1;
  }
  return answered;
}

describe("somebody who asks very often", () => {
  test("gets 20 answers, one private line, then nothing until the window moves", async () => {
    const talk = createTalk(knowledge, "channel");
    expect(await askOften(talk, 20)).toBe(20);
    const told = await talk.say("0x80070005", { thread: "x1" });
    expect(told.targets).toEqual(["post:asker"]);
    expect(told.text).toContain("I answer again in a few minutes");
    expect((await talk.say("0x80070005", { thread: "x2" })).targets).toEqual([]);
    const counted = await talk.events({ from: 0, what: ["throttled"] });
    expect(counted).toHaveLength(2);
    talk.later(301_000);
    expect((await talk.say("0x80070005", { thread: "x3" })).kind).toBe("entry");
  });

  test("is told in their language", async () => {
    const talk = createTalk(knowledge, "channel");
    await askOften(talk, 20);
    const told = await talk.say("me sale el error 0x80070005 en el portátil", { thread: "x" });
    expect(told.text).toContain("Ya son 20 respuestas en cinco minutos");
  });

  test("may go on with buttons", async () => {
    const talk = createTalk(knowledge, "channel");
    await askOften(talk, 21);
    const heard = await talk.click(/can't run/, { thread: "t19" });
    expect(heard.kind).toBe("step");
  });

  test("does not take from others, and the helpdesk is not limited", async () => {
    const talk = createTalk(knowledge, "channel");
    await askOften(talk, 21);
    expect((await talk.say("0x80070005", { id: "ben", thread: "b" })).kind).toBe("entry");
    expect(await askOften(talk, 25, { id: "eva", role: "helpdesk", thread: "e" })).toBe(25);
  });
});
