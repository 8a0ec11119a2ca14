import { describe, expect, test } from "vitest";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk } from "./talk.ts";

const FEEDBACK = { from: 0, what: ["feedback.useful", "feedback.not-useful", "feedback.reason"] };

async function kept(talk: ReturnType<typeof createTalk>) {
  const events = await talk.events(FEEDBACK);
  return events.map(({ what, detail }) => [what, detail.entry ?? detail.code, detail.reason]);
}

describe("a click on useful or not useful", () => {
  test("is thanked for in private and kept once", async () => {
    const talk = createTalk(knowledge, "channel");
    const answer = (await talk.say("0x80090311")).cards[0];
    if (!answer) throw new Error("no answer");
    const heard = await talk.clickOn(answer, "Useful");
    expect(heard.targets).toEqual(["post:asker"]);
    await talk.clickOn(answer, "Useful");
    await talk.clickOn(answer, "Useful", { id: "ben" });
    expect(await kept(talk)).toEqual([
      ["feedback.useful", "0x80090311", undefined],
      ["feedback.useful", "0x80090311", undefined],
    ]);
  });

  test.each([
    ["en", "0x80090311", "Not useful", /Wrong cause/, "Thank you"],
    [
      "es",
      "me sale el error 0x80090311 en el portátil",
      "No es útil",
      /Causa equivocada/,
      "Gracias",
    ],
  ])(
    "not useful asks once for the reason (%s)",
    async (_language, question, label, reason, thanks) => {
      const talk = createTalk(knowledge, "channel");
      const answer = (await talk.say(question)).cards[0];
      if (!answer) throw new Error("no answer");
      const asked = await talk.clickOn(answer, label);
      expect(asked.targets).toEqual(["post:asker"]);
      expect(asked.cards[0]?.buttons).toHaveLength(4);
      const why = asked.cards[0];
      if (!why) throw new Error("no question");
      const thanked = await talk.clickOn(why, reason);
      expect(thanked.text).toContain(thanks);
      expect(thanked.targets).toEqual(["post:asker"]);
      await talk.clickOn(why, reason);
      expect((await talk.clickOn(answer, label)).cards[0]?.buttons).toEqual([]);
      expect(await kept(talk)).toEqual([
        ["feedback.not-useful", "0x80090311", undefined],
        ["feedback.reason", "0x80090311", "wrong-cause"],
      ]);
    },
  );

  test("about a code without an entry names the code", async () => {
    const talk = createTalk(knowledge, "dm");
    await talk.say("0x8000FFFF0");
    const heard = await talk.say("SPAPI_E_NO_ASSOCIATED_CLASS");
    if (heard.kind !== "decoded") throw new Error(`the code has an entry now: ${heard.kind}`);
    await talk.click("Useful");
    expect(await kept(talk)).toEqual([["feedback.useful", "0x800F0200", undefined]]);
  });

  test("does not change what the next person is answered", async () => {
    const talk = createTalk(knowledge, "channel");
    const first = await talk.say("no domain controller when I work from home", { thread: "a" });
    for (let i = 0; i < 12; i++) {
      await talk.clickOn(first.cards[0] as never, "Not useful", { id: `p${i}`, thread: "a" });
    }
    const second = await talk.say("no domain controller when I work from home", { thread: "b" });
    expect(second.answers).toEqual(first.answers);
  });
});

describe("the same in words", () => {
  test.each([
    ["useful", "feedback.useful"],
    ["that was very helpful, thanks", "feedback.useful"],
    ["not useful", "feedback.not-useful"],
    ["that wasn't helpful", "feedback.not-useful"],
    ["no es útil", "feedback.not-useful"],
    ["muy útil, gracias", "feedback.useful"],
    ["no me sirvió la respuesta", "feedback.not-useful"],
  ])("%s", async (words, what) => {
    const talk = createTalk(knowledge, "channel");
    await talk.say("0x80090311");
    await talk.say(words, { addressed: false });
    expect(await kept(talk)).toEqual([[what, "0x80090311", undefined]]);
  });

  test.each([
    ["me sirvió", "feedback.useful"],
    ["no me sirvió", "feedback.not-useful"],
  ])("%s counts where no step is open", async (words, what) => {
    const talk = createTalk(knowledge, "dm");
    await talk.say("SPAPI_E_NO_ASSOCIATED_CLASS");
    await talk.say(words);
    expect(await kept(talk)).toEqual([[what, "0x800F0200", undefined]]);
  });

  test("no me sirvió after a remedy is the remedy's result", async () => {
    const talk = createTalk(knowledge, "dm");
    await talk.say("0x80090311");
    await talk.say("no me sirvió");
    expect(await kept(talk)).toEqual([]);
  });
});
