import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { htmlToText, readText } from "../../adapters/teams/text.ts";
import { TENANT } from "../fakes/teams.ts";
import { ANA, BEN, BOT, CONVERSATIONS, mentioning } from "../fakes/teams-activities.ts";
import { startTeams } from "./harness.ts";

const at = (conversation: string) => ({ platform: "teams", tenant: TENANT, conversation });

describe("where a message stands", () => {
  test("a personal chat has no threads", async () => {
    const { post, received, teams } = await startTeams();
    await post(teams.says("personal", "0x80090311"));
    expect(received[0]).toMatchObject({
      from: { id: ANA.id, name: "Ana", role: "user", locale: "en-US" },
      surface: "dm",
      addressed: true,
      text: "0x80090311",
    });
    expect(received[0]?.address).toEqual(at(CONVERSATIONS.personal));
  });

  test("a channel's thread is the id of its first message", async () => {
    const { post, received, teams } = await startTeams();
    await post(teams.says("channel", "0x80090311"));
    expect(received[0]?.address).toEqual({ ...at(CONVERSATIONS.channel), thread: "1763700000000" });
    expect(received[0]).toMatchObject({ surface: "channel", addressed: true, text: "0x80090311" });
  });

  test("two people in a group chat have a thread each", async () => {
    const { post, received, teams } = await startTeams();
    await post(teams.says("groupChat", "0x80090311"));
    await post(teams.says("groupChat", "0x80090311", { from: BEN }));
    expect(received.map(({ address }) => address.thread)).toEqual([ANA.id, BEN.id]);
    expect(received.map(({ address }) => address.conversation)).toEqual([
      CONVERSATIONS.groupChat,
      CONVERSATIONS.groupChat,
    ]);
    expect(received.map(({ from }) => from.role)).toEqual(["user", "helpdesk"]);
  });

  test("a slash command is private and stands in no thread", async () => {
    const { post, received, teams } = await startTeams();
    const activity = teams.base("channel");
    await post({
      ...activity,
      text: "explain 0x80090311",
      recipient: { ...BOT, isTargeted: true },
    });
    expect(received[0]).toMatchObject({ surface: "slash", addressed: true, text: "0x80090311" });
    expect(received[0]?.address).toEqual(at(CONVERSATIONS.channel));
  });

  test("what is not addressed to the bot is handed over as such", async () => {
    const { post, received, teams } = await startTeams({ rsc: true });
    await post(teams.overheard("channel", "it failed"));
    expect(received[0]).toMatchObject({ addressed: false, text: "it failed" });
  });

  test("the other people who are mentioned are known, and their names stay in the text", async () => {
    const { post, received, teams } = await startTeams();
    const { text, entities } = mentioning("please help <at>Ben</at>");
    const ben = { type: "mention", text: "<at>Ben</at>", mentioned: BEN };
    const both = [...(entities as object[]), ben, { ...ben }];
    await post(teams.overheard("channel", text as string, { entities: both }));
    expect(received[0]).toMatchObject({ text: "please help Ben", mentions: [BEN.id] });
  });
});

describe("what a message says", () => {
  const read = (text: string) => readText(text, [{ id: BOT.id, text: "<at>Hexdesk</at>" }], BOT.id);

  test.each([
    ["<at>Hexdesk</at> 0x80090311\n", "0x80090311"],
    ["0x80090311 <at>Hexdesk</at> please <at>Hexdesk</at>", "0x80090311 please"],
    ["a &lt;b&gt; &amp;lt; &quot;c&quot; it&#39;s &#x41;", 'a <b> &lt; "c" it\'s A'],
    ["0x80090311&nbsp;failed", "0x80090311 failed"],
    ["line 1\r\nline 2\rline 3", "line 1\nline 2\nline 3"],
    ["a\u0000b\u202Ec", "abc"],
    ["&#0; &#1114112; &#xFFFFFF; &bogus;", "&#0; &#1114112; &#xFFFFFF; &bogus;"],
    ["", ""],
  ])("%j is read as %j", (text, said) => {
    expect(read(text)).toBe(said);
  });

  test.each([
    ["<p>SEC_E &lt;x&gt;</p><p>0x80090311</p>", "SEC_E <x>\n0x80090311"],
    ["a<br/>b<script>c</script>", "a\nbc"],
    ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
    ["open <b", "open"],
    ["&amp;lt;b&amp;gt;", "&lt;b&gt;"],
  ])("the HTML %j says %j", (html, said) => {
    expect(htmlToText(html)).toBe(said);
  });

  test("reading never throws, whatever stands there", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string(), (text, mention) => {
        expect(typeof readText(text, [{ id: BOT.id, text: mention }], BOT.id)).toBe("string");
        expect(typeof htmlToText(text)).toBe("string");
      }),
    );
  });

  test.each([
    ["explain 0x80090311", "0x80090311"],
    ["/explain: 5", "5"],
    ["Explain", ""],
    ["explained 5", "explained 5"],
    ["help", "help"],
  ])("the command %j asks %j", async (typed, asked) => {
    const { post, received, teams } = await startTeams();
    await post(teams.says("personal", typed));
    expect(received[0]?.text).toBe(asked);
  });
});

describe("what else arrives", () => {
  test("the same activity twice is one message", async () => {
    const { post, received, script, teams } = await startTeams();
    const activity = teams.says("personal", "0x80090311");
    expect((await post(activity)).status).toBe(200);
    expect((await post(activity)).status).toBe(200);
    expect(received).toHaveLength(1);
    expect(script.wakes).toBe(1);
  });

  test("a button of the older kind is a click on its card", async () => {
    const { post, received, teams } = await startTeams();
    const action = { v: 1, do: "worked", case: "HD-1001", rev: 2, lang: "en" };
    await post(teams.submits("channel", { hexdesk: action }, "card-1"));
    expect(received[0]).toMatchObject({ action, card: "card-1", addressed: true, text: "" });
  });

  test("a click on somebody's card in a group chat belongs to that person's thread", async () => {
    const { post, received, teams } = await startTeams();
    const action = { v: 1, do: "worked", case: "HD-1001", rev: 2, lang: "en" };
    const data = { hexdesk: action, thread: ANA.id };
    await post(teams.submits("groupChat", data, "card-1", { from: BEN }));
    expect(received[0]?.address.thread).toBe(ANA.id);
    expect(received[0]?.from.id).toBe(BEN.id);
  });

  test("a thread cannot be forged into a channel or a personal chat", async () => {
    const { post, received, teams } = await startTeams();
    const data = { hexdesk: { v: 1, do: "help", lang: "en" }, thread: "29:mallory" };
    await post(teams.submits("channel", data, "card-1"));
    await post(teams.submits("personal", data, "card-1"));
    expect(received.map(({ address }) => address.thread)).toEqual(["1763700000000", undefined]);
  });

  test.each([
    ["another version", { hexdesk: { v: 9, do: "worked", lang: "en" } }],
    ["an unknown act", { hexdesk: { v: 1, do: "format-c", lang: "en" } }],
    ["foreign data", { anything: 1 }],
    ["a word", "worked"],
  ])("a forged button (%s) has no action but keeps its card", async (_name, data) => {
    const { post, received, teams } = await startTeams();
    await post(teams.submits("personal", data, "card-1"));
    expect(received[0]).toMatchObject({ text: "", card: "card-1", addressed: true });
    expect(received[0]).not.toHaveProperty("action");
  });

  test.each([
    ["a reaction", { type: "messageReaction", reactionsAdded: [{ type: "like" }] }],
    ["an edited message", { type: "messageUpdate" }],
    ["a deleted message", { type: "messageDelete" }],
    ["typing", { type: "typing" }],
    ["the bot's own message", { from: BOT }],
    [
      "the bot's own message under an id of another form",
      { from: { id: "bot-1", name: "Hexdesk" }, recipient: { id: "bot-1", name: "Hexdesk" } },
    ],
    ["another bot's message", { from: { id: "28:other", name: "Other" } }],
    ["a person who was added", { type: "conversationUpdate", membersAdded: [{ id: BEN.id }] }],
    ["an uninstallation", { type: "installationUpdate", action: "remove" }],
    [
      "a card of the message extension",
      { text: '<span class="inline-compose-card" id="x"></span>' },
    ],
  ])("%s is ignored", async (_name, rest) => {
    const { post, received, teams } = await startTeams();
    expect((await post({ ...teams.says("personal", "hello"), ...rest })).status).toBe(200);
    expect(received).toEqual([]);
  });

  test("an installation is greeted once, although Teams reports it twice", async () => {
    const { post, received, teams } = await startTeams();
    const added = { type: "conversationUpdate", text: undefined, membersAdded: [ANA, BOT] };
    await post({ ...teams.base("personal"), ...added });
    await post({ ...teams.base("personal"), type: "installationUpdate", action: "add" });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      action: { v: 1, do: "help", lang: "es" },
      addressed: true,
    });
  });

  test("files are announced, pictures and the HTML twin of the text are not", async () => {
    const { post, received, teams } = await startTeams();
    const attachments = [
      { contentType: "text/html", content: "<p>x</p>" },
      {
        contentType: "application/vnd.microsoft.teams.file.download.info",
        name: "cbs.log",
        content: { downloadUrl: "https://files.example/1" },
      },
      { contentType: "image/png", contentUrl: "https://files.example/2" },
    ];
    await post(teams.says("personal", "see the log", { attachments }));
    expect(received[0]?.files.map(({ name, url }) => [name, url])).toEqual([
      ["cbs.log", "https://files.example/1"],
    ]);
  });

  test("a message that cannot be stored is not acknowledged, and the asker is told its number", async () => {
    const { post, script, fake, logged, teams } = await startTeams();
    script.store = "fails";
    expect((await post(teams.says("personal", "0x80090311"))).status).toBe(500);
    for (let i = 0; i < 100 && fake.calls.length === 0; i++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(JSON.stringify(fake.calls[0]?.body)).toContain("incident");
    expect(logged.find(({ event }) => event === "teams-message-lost")?.fields).toHaveProperty(
      "incident",
    );
  });
});
