import { describe, expect, test } from "vitest";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

describe("a number that only an unlikely table knows", () => {
  test.each(["50126", "0x0000C3CE", "0x00000400", "16000", "error 50126"])(
    "%s is never said to be in no table",
    async (text) => {
      const heard = await createTalk(knowledge).say(text);
      expect(heard.kind).toBe("choices");
      expect(heard.text).not.toMatch(/no table knows/);
    },
  );

  test("leads to its name by a button, and keeps it from there on", async () => {
    const talk = createTalk(knowledge);
    await talk.say("16000");
    const chosen = await talk.click("AADSTS16000");
    expect(chosen.kind).toBe("entry");
    expect(chosen.answers.map(({ symbol }) => symbol)).toEqual(["AADSTS16000"]);
  });

  test("is asked about without other things it could be", async () => {
    const heard = await createTalk(knowledge).say("50126");
    expect(heard.text).toContain("I know 50126 only as this");
    expect(heard.text).not.toContain("means different things");
  });

  test("leads to the chosen one where another component has the number too", async () => {
    const talk = createTalk(knowledge);
    await talk.say("AADSTS20012 in the browser and 0x80070005 in the log");
    const chosen = await talk.click(/0x00004E2C/);
    expect(chosen.answers.map(({ symbol }) => symbol)).toEqual(["AADSTS20012"]);
  });

  test("is left unanswered among people", async () => {
    const talk = createTalk(knowledge, "channel", "codes");
    const heard = await talk.say("0x00000400", { addressed: false });
    expect(heard.cards).toEqual([]);
  });
});

describe("a number without a name", () => {
  test.each(["0", "1", "10", "4096", "14336", "0x0", "0x1", "0xA", "0xF000", "error 1", "1 2 3"])(
    "%s is answered",
    async (text) => {
      const heard = await createTalk(knowledge).say(text);
      expect(["decoded", "choices", "several", "entry"]).toContain(heard.kind);
    },
  );

  test.each([
    ["-1", "decoded", /nearly every program returns a small negative number/],
    ["printer 0x11b", "entry", /A shared printer cannot be connected/],
    ["impresora 0x11b", "entry", /No se puede conectar una impresora compartida/],
  ])("%s claims none", async (text, kind, said) => {
    const heard = await createTalk(knowledge).say(text);
    expect(heard.kind).toBe(kind);
    expect(heard.text).toMatch(said);
    expect(heard.text).not.toMatch(/name is certain|know this code's name|El nombre es seguro/);
  });
});

test.each([
  ["ERR_PROXY_CONNECTION_FAILED", /The proxy wants a sign-in/],
  ["chrome: DNS_PROBE_FINISHED_NXDOMAIN", /Names of servers or websites are not found/],
])("a browser's own name, %s, is looked for among the problems", async (text, said) => {
  const heard = await createTalk(knowledge).say(text);
  expect(heard.kind).toBe("entry");
  expect(heard.text).toMatch(said);
});
