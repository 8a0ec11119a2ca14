import { describe, expect, test } from "vitest";
import { toPlainText } from "../../src/card.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

const SECRET = `Winter${2026}!`;
const english = `I get 0x80090311, my password is ${SECRET}`;
const spanish = `me sale 0x80090311 y mi contraseña es ${SECRET}`;

describe("somebody who posts a secret where others read it", () => {
  test.each([
    ["channel", english, "a password", "Delete that message"],
    ["group", spanish, "una contraseña", "Borra ese mensaje"],
  ] as const)(
    "in a %s is told in private, once, in their language",
    async (surface, text, kind, next) => {
      const talk = createTalk(knowledge, surface);
      const heard = await talk.say(text);
      expect(heard.targets).toEqual(["post:dm", "post:thread"]);
      const [warning] = heard.cards;
      expect(warning && toPlainText(warning)).toContain(kind);
      expect(warning && toPlainText(warning)).toContain(next);
      expect(heard.text).not.toContain(SECRET);
      expect(heard.kind).toBe("entry");
    },
  );

  test("is told all kinds in one message", async () => {
    const talk = createTalk(knowledge, "channel");
    const heard = await talk.say(`${english} pwd=Other1! xoxb-${"1".repeat(12)}-abcdefghijkl`);
    expect(heard.targets.filter((target) => target === "post:dm")).toHaveLength(1);
    expect(heard.text).toContain("a token");
  });

  test("is told also when Hexdesk has nothing else to say to the case's owner", async () => {
    const talk = createTalk(knowledge, "channel");
    await talk.say("0x80090311");
    const heard = await talk.say(`@ben try my password: ${SECRET}`, { addressed: false });
    expect(heard.targets).toContain("post:dm");
  });

  test("is not told in a private place, nor when they talk to each other", async () => {
    const dm = await createTalk(knowledge, "dm").say(english);
    expect(dm.targets).toEqual(["post:thread"]);
    const talk = createTalk(knowledge, "channel");
    await talk.say("0x80090311");
    const other = await talk.say(`my password is ${SECRET}`, { id: "ben", addressed: false });
    expect(other.targets).toEqual([]);
  });

  test("is not told about a code behind the word", async () => {
    const talk = createTalk(knowledge, "channel");
    const heard = await talk.say("checking the password failed, password: 0x80070056");
    expect(heard.targets).toEqual(["post:thread"]);
  });
});

test("what Hexdesk quotes of a pasted line is masked", async () => {
  const talk = createTalk(knowledge, "dm");
  await talk.say("0x80090311");
  const heard = await talk.say("Joined=False LocalAccount=True Domain=x for anna@contoso.com");
  expect(heard.text).toContain("Joined=False LocalAccount=True Domain=x for [user 1]");
});
