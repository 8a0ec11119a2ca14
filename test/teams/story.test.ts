import { describe, expect, test } from "vitest";
import { ANA, BEN, BOT, CONVERSATIONS, type Json, type Scope } from "../fakes/teams-activities.ts";
import { until } from "./harness.ts";
import { startPerson, wordsOf } from "./person.ts";

const SCOPES: [Scope, boolean][] = [
  ["personal", false],
  ["personal", true],
  ["groupChat", false],
  ["groupChat", true],
  ["channel", false],
  ["channel", true],
];
const HINT = "Use the buttons, or write @Hexdesk it failed";

describe.each(SCOPES)("a case of five turns, %s, consent to read %s", (scope, rsc) => {
  const path = {
    personal: `/teams/v3/conversations/${CONVERSATIONS.personal}/activities`,
    groupChat: `/teams/v3/conversations/${CONVERSATIONS.groupChat}/activities`,
    channel: `/teams/v3/conversations/${CONVERSATIONS.channel};messageid=1763700000000/activities`,
  }[scope];

  test("by words", async () => {
    const { say, teams, cards, failures } = await startPerson(scope, { rsc });
    const reply = (text: string) =>
      say(rsc ? teams.overheard(scope, text) : teams.says(scope, text));
    const entry = await say(teams.says(scope, "what is 0x80090311?"));
    expect(entry.words).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
    expect(entry.words.includes(HINT)).toBe(scope !== "personal" && !rsc);
    const network = await reply("Joined=True LocalAccount=False Domain=corp.example");
    expect(network.words).toContain("See whether you are on the company's network");
    expect((await reply("the vpn is off")).words).toContain("Connect to the company's network");
    expect((await reply("next")).words).toContain("step 4");
    expect((await reply("it is gone now")).words).toMatch(/HD-\d+: resolved/);
    expect(cards()).toHaveLength(5);
    expect(new Set(cards().map((card) => card.path))).toEqual(new Set([path]));
    expect(failures).toEqual([]);
  });

  test("by buttons, on one card", async () => {
    const { say, click, teams, cards, newest, failures } = await startPerson(scope, { rsc });
    const entry = await say(teams.says(scope, "0x80090311"));
    const step = await click(entry, "Joined=True, LocalAccount=False");
    expect(wordsOf(step.value)).toContain("See whether you are on the company's network");
    const turn = async (label: string) => wordsOf((await click(newest(), label)).value);
    expect(await settled(cards, "step 2")).toBe(1);
    expect(await turn("I am outside and the VPN is not connected")).toContain("step 3");
    expect(await settled(cards, "step 3")).toBe(1);
    expect(await turn("It works now")).toContain("Is the original problem gone?");
    expect(await settled(cards, "Is the original problem gone?")).toBe(1);
    expect(await turn("Yes, it is gone")).toMatch(/HD-\d+: resolved/);
    expect(await settled(cards, "resolved")).toBe(1);
    expect(failures).toEqual([]);
  });
});

/** Waits until the only card says this to everybody; the number of cards. */
async function settled(cards: () => { words: string }[], words: string): Promise<number> {
  await until(() => cards().at(-1)?.words.includes(words) === true, `a card that says ${words}`);
  return cards().length;
}

describe("more than one person", () => {
  const OTHER = { from: BEN };

  test.each(["groupChat", "channel"] as const)(
    "somebody else's click in a %s changes nothing",
    async (scope) => {
      const { say, click, teams, cards, newest } = await startPerson(scope);
      const entry = await say(teams.says(scope, "0x80090311"));
      const before = entry.words;
      const answer = await click(entry, "Joined=True, LocalAccount=False", OTHER);
      expect(answer.value).toContain("belongs to somebody else");
      await settled(cards, "Ana");
      expect(cards()[0]?.words).toBe(before);
      expect(newest()).toMatchObject({ hidden: true });
    },
  );

  test("two people in a group chat have a case each", async () => {
    const { say, teams } = await startPerson("groupChat");
    await say(teams.says("groupChat", "0x80090311"));
    await say(teams.says("groupChat", "0x80090311", OTHER));
    const ana = await say(teams.says("groupChat", "Joined=True LocalAccount=False"));
    expect(ana.words).toContain("step 2");
    const ben = await say(teams.says("groupChat", "Joined=False", OTHER));
    expect(ben.words).toContain("Try again with the full account name");
  });
});

describe("a slash command", () => {
  const slash = (activity: Json): Json => ({
    ...activity,
    recipient: { ...BOT, isTargeted: true },
  });

  test.each(["groupChat", "channel"] as const)(
    "is answered privately in a %s, and can be solved in the personal chat",
    async (scope) => {
      const { say, click, cards, teams, fake } = await startPerson(scope);
      const entry = await say(slash({ ...teams.base(scope), text: "explain 0x80090311" }));
      expect(entry.hidden).toBe(true);
      expect(fake.calls[0]?.body.recipient).toEqual({ id: ANA.id, isTargeted: true });
      expect([...entry.buttons.keys()]).toContain("Solve it with me");
      expect([...entry.buttons.keys()]).not.toContain("Joined=True, LocalAccount=False");
      const answer = await click(entry, "Solve it with me", {
        recipient: { ...BOT, isTargeted: true },
      });
      expect(answer.value).toBe("I wrote to you in our chat.");
      await until(() => cards().at(-1)?.path.includes("a:chat") === true, "a card in the chat");
      expect(cards().at(-1)?.path).toMatch(/a:chat-\d+\/activities$/);
      const chat = cards().at(-1)?.path.split("/")[4] ?? "";
      const there = {
        ...teams.says("personal", "Joined=True LocalAccount=False"),
        conversation: { ...(teams.base("personal").conversation as Json), id: chat },
      };
      expect((await say(there)).words).toContain("step 2");
    },
  );

  test("posted to the channel it becomes a thread with a case", async () => {
    const { say, click, cards, teams } = await startPerson("channel");
    const entry = await say(slash({ ...teams.base("channel"), text: "explain 0x80090311" }));
    await click(entry, "Post to channel", { recipient: { ...BOT, isTargeted: true } });
    await until(() => cards().length === 2, "a thread in the channel");
    expect(cards().at(-1)?.path).toBe("/teams/v3/conversations");
    const conversation = {
      ...(teams.base("channel").conversation as Json),
      id: `${CONVERSATIONS.channel};messageid=1763700000002`,
    };
    const reply = { ...teams.says("channel", "Joined=True LocalAccount=False"), conversation };
    expect((await say(reply)).words).toContain("step 2");
  });
});

test("an old button says so, and nothing changes", async () => {
  const { say, click, teams, cards } = await startPerson("personal");
  const entry = await say(teams.says("personal", "0x80090311"));
  await say(teams.says("personal", "Joined=True LocalAccount=False"));
  const count = cards().length;
  const answer = await click(entry, "Joined=True, LocalAccount=False");
  expect(JSON.stringify(answer)).toContain("too old");
  await settled(cards, "step 2");
  expect(cards().length).toBeGreaterThanOrEqual(count);
});

test("a forged button is told to be too old", async () => {
  const { post, teams } = await startPerson("personal");
  const { json } = await post(
    teams.clicks("personal", { hexdesk: { v: 1, do: "format" } }, "card-9"),
  );
  expect(JSON.stringify(json)).toContain("too old");
});

test("Spanish is answered in Spanish, hint included", async () => {
  const { say, teams } = await startPerson("channel");
  const text = "¿qué significa el error 0x80090311 en mi equipo?";
  const entry = await say(teams.says("channel", text, { locale: "es-ES" }));
  expect(entry.words).toContain("controlador de dominio");
});

test("the message extension finds the entry and claims no case", async () => {
  const { post, teams } = await startPerson("groupChat");
  const value = { commandId: "lookup", parameters: [{ name: "text", value: "0x80090311" }] };
  const { json } = await post(teams.invokes("groupChat", "composeExtension/query", value));
  const [first] = json.composeExtension.attachments;
  expect(first.preview.content.title).toContain("0x80090311");
  expect(wordsOf(first.content)).toContain("SEC_E_NO_AUTHENTICATING_AUTHORITY");
  expect(JSON.stringify(first.content)).not.toContain("HD-1");
});

test("an installation is welcomed with what can be asked", async () => {
  const { say, teams } = await startPerson("personal");
  const added = { type: "conversationUpdate", membersAdded: [ANA, BOT] };
  expect((await say({ ...teams.base("personal"), ...added })).words).toContain("0x80090311");
});
