import { describe, expect, test } from "vitest";
import { knowledge } from "./fixtures/knowledge.ts";
import { createTalk, type Heard } from "./talk.ts";

const CHECK = "winrm from home over vpn fails: 0x80090311";

/** The line of a card that is nothing else. */
function lineOf({ cards }: Heard): string {
  const [card, more] = cards;
  return card && !more && card.blocks.length === 0 ? card.title : "more than a line";
}

function labelsOf({ cards }: Heard): string[] {
  return cards.at(-1)?.buttons.map(({ label }) => label) ?? [];
}

/** Led to a step that changes something and has no results of its own. */
async function atRemedy() {
  const talk = createTalk(knowledge);
  await talk.say("0x80240034");
  await talk.say("next");
  return talk;
}

describe("ok, done, listo, hecho at a step", () => {
  test.each(["ok", "done", "Done!", "ok, done", "ready", "okay thank you, done", "I did it"])(
    "a check asks what it showed, in one line with its buttons: %s",
    async (said) => {
      const talk = createTalk(knowledge);
      const first = await talk.say(CHECK);
      const asked = await talk.say(said);
      expect(lineOf(asked)).toBe("And what did it show?");
      expect(asked.targets).toEqual(["post:thread"]);
      expect(labelsOf(asked)).toContain("I can't run this");
      expect(labelsOf(first)).toEqual(expect.arrayContaining(labelsOf(asked)));
    },
  );

  test.each(["ok", "vale", "listo", "hecho", "Hecho.", "ya lo hice", "perfecto", "listo, gracias"])(
    "in Spanish as well: %s",
    async (said) => {
      const talk = createTalk(knowledge);
      await talk.say("winrm desde casa por la vpn no funciona: 0x80090311");
      expect(lineOf(await talk.say(said))).toBe("¿Y qué mostró?");
    },
  );

  test("a remedy asks whether it helped", async () => {
    const talk = await atRemedy();
    const asked = await talk.say("done");
    expect(lineOf(asked)).toBe("And did it help?");
    expect(labelsOf(asked)).toEqual(["It worked", "It did not help", "I can't run this"]);
    expect((await talk.click("It worked")).text).toContain("Is the original problem gone?");
  });

  test("the buttons of both cards act, and a number names one of the line's", async () => {
    for (const answer of ["line", "step", "number"]) {
      const talk = createTalk(knowledge);
      const step = (await talk.say(CHECK)).cards[0];
      const line = (await talk.say("done")).cards[0];
      if (!step || !line) throw new Error("no card");
      const label = line.buttons[0]?.label ?? "";
      const next =
        answer === "number"
          ? await talk.say("1")
          : await talk.clickOn(answer === "line" ? line : step, label);
      expect(next.text, answer).toContain("step 2");
    }
  });

  test("it is asked once: after that the step is shown again", async () => {
    const talk = createTalk(knowledge);
    await talk.say(CHECK);
    await talk.say("done");
    const again = await talk.say("ok");
    expect(again.text).toContain("Step 1");
  });

  test("in a channel nothing is said the second time", async () => {
    const talk = createTalk(knowledge, "channel");
    await talk.say(CHECK);
    expect(lineOf(await talk.say("done", { addressed: false }))).toBe("And what did it show?");
    expect((await talk.say("ok", { addressed: false })).cards).toEqual([]);
  });

  test("a warning that was not confirmed is asked about, not its result", async () => {
    const talk = createTalk(knowledge);
    await talk.say("win32 3010");
    await talk.say("next");
    expect(labelsOf2(talk)).toContain("I understand, show it");
    const asked = await talk.say("ok");
    expect(asked.text).toContain("Read the warning first");
    expect(labelsOf(asked)).toEqual(["I understand, show it", "Skip this step"]);
  });

  test("after a remedy the question is whether the problem is gone", async () => {
    const talk = await atRemedy();
    await talk.click("It worked");
    const asked = await talk.say("ok");
    expect(lineOf(asked)).toBe("Is the original problem gone?");
    expect(labelsOf(asked)).toEqual(["Yes, it is gone", "No, it is still there"]);
    expect((await talk.say("yes")).text).toContain("resolved");
  });
});

test.each(["ok?", "okay?", "ok ?", "¿vale?", "¿ok?"])(
  "%s asks back like ok, and finds no problem in it",
  async (said) => {
    const talk = createTalk(knowledge);
    await talk.say(CHECK);
    expect(lineOf(await talk.say(said))).toBe("And what did it show?");
  },
);

test.each(["it worked", "nothing changed", "done"])(
  "a step for the helpdesk asks its reader for no result after %s",
  async (said) => {
    const talk = createTalk(knowledge);
    await talk.say("windows update 0x80073712");
    const { text } = await talk.say(said);
    expect(text).toContain("This one is for the helpdesk.");
    expect(text).not.toMatch(/what did it show|did it help/);
  },
);

describe("where nothing was asked", () => {
  test.each(["ok", "vale", "great", "one moment", "un momento", "let me try that"])(
    "%s is not answered",
    async (said) => {
      const talk = createTalk(knowledge);
      await talk.say(CHECK);
      await talk.say("resolved");
      expect((await talk.say(said)).cards).toEqual([]);
    },
  );

  test.each(["one moment", "hold on", "let me try that", "espera", "voy a probar"])(
    "whoever asks for time gets it: %s",
    async (said) => {
      const talk = createTalk(knowledge);
      await talk.say(CHECK);
      expect((await talk.say(said)).cards).toEqual([]);
      expect(lineOf(await talk.say("done"))).toBe("And what did it show?");
    },
  );

  test("ok to being quiet keeps quiet", async () => {
    const talk = createTalk(knowledge);
    await talk.say(CHECK);
    await talk.say("stop");
    expect((await talk.say("ok")).cards).toEqual([]);
    expect((await talk.say("show me the step again")).text).toContain("Step 1");
  });
});

function labelsOf2(talk: ReturnType<typeof createTalk>): string[] {
  return talk.newest().buttons.map(({ label }) => label);
}

test.each(["ok", "one moment"])("says what to send when somebody begins with %j", async (said) => {
  const { text } = await createTalk(knowledge).say(said);
  expect(text).toContain("Send me any of these");
});
