import { describe, expect, it } from "vitest";
import { plainText } from "../../adapters/slack/plain.ts";

const read = (text: string) => plainText({ text }, "UBOT");
const rich = (...elements: object[]) =>
  plainText({ text: "never read", blocks: [{ type: "rich_text", elements }] }, "UBOT");
const section = (...elements: object[]) => ({ type: "rich_text_section", elements });

describe("a post's words", () => {
  it.each([
    ["the bot's mention", "<@UBOT> 0x80090311", "0x80090311"],
    ["a mention with a name", "<@UBOT|hexdesk>: 0x80090311", ": 0x80090311"],
    ["a mention in the middle", "hey <@UBOT> what is 5", "hey  what is 5"],
    ["a broadcast", "<!channel> printers are down", "printers are down"],
    ["a group", "<!subteam^S1|@helpdesk> help", "help"],
    ["a channel", "see <#C1|general>", "see #general"],
    ["a date", "since <!date^1392734382^{date}|Feb 18>", "since Feb 18"],
    ["a bare link", "<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"],
    [
      "a link that Slack made of a word",
      "<http://contoso.com|contoso.com> fails",
      "contoso.com fails",
    ],
    [
      "a link with a label of its own",
      "<https://example.com|0x80090311>",
      "0x80090311 (https://example.com)",
    ],
    ["a telephone number that is a code", "<tel:2148074257|2148074257>", "2148074257"],
    ["a mail address", "<mailto:a@b.example|a@b.example>", "a@b.example"],
    ["entities, once", "&lt;0x80090311&gt; &amp;amp;", "<0x80090311> &amp;"],
    ["angle brackets typed in a command", "a < b > c <YOUR-DOMAIN>", "a < b > c <YOUR-DOMAIN>"],
  ])("reads %s", (_, text, expected) => {
    expect(read(text).text).toBe(expected);
  });

  it("tells the bot's mention from other people's", () => {
    expect(read("<@UBOT> <@U2> <@U3|eva> <@U2>")).toMatchObject({
      mentionsBot: true,
      mentions: ["U2", "U3"],
    });
    expect(read("nobody")).toMatchObject({ mentionsBot: false, mentions: [] });
  });

  it("prefers the rich text of the client: no marks are guessed", () => {
    const plain = rich(
      section(
        { type: "user", user_id: "UBOT" },
        { type: "text", text: " it says *0x80090311* in " },
        { type: "text", text: "nltest", style: { code: true } },
        { type: "emoji", name: "wave", unicode: "1f44b" },
        { type: "link", url: "https://example.com", text: "here" },
      ),
      {
        type: "rich_text_preformatted",
        elements: [{ type: "text", text: "DC: \\\\DC1\nThe command completed" }],
      },
      { type: "rich_text_quote", elements: [{ type: "text", text: "one\ntwo" }] },
      {
        type: "rich_text_list",
        style: "ordered",
        elements: [section({ type: "text", text: "a" }), section({ type: "text", text: "b" })],
      },
    );
    expect(plain).toEqual({
      text: [
        "it says *0x80090311* in `nltest`👋here (https://example.com)",
        "```\nDC: \\\\DC1\nThe command completed\n```",
        "> one\n> two",
        "1. a\n2. b",
      ].join("\n"),
      mentions: [],
      mentionsBot: true,
    });
  });

  it("reads the text when the blocks are not rich text alone", () => {
    expect(plainText({ text: "0x5", blocks: [{ type: "section" }] }, "UBOT").text).toBe("0x5");
  });

  it("adds a forwarded post, but not a preview of a link", () => {
    const attachments = [
      { text: "The server said &lt;0x80090311&gt;", is_share: true },
      { text: "preview of a page", from_url: "https://example.com" },
    ];
    expect(plainText({ text: "any idea?", attachments }, "UBOT").text).toBe(
      "any idea?\nThe server said <0x80090311>",
    );
  });

  it.each([[null], [undefined], ["text"], [{ text: 5 }], [{ blocks: "x" }]])(
    "makes nothing of %j",
    (raw) => {
      expect(plainText(raw, "UBOT")).toEqual({ text: "", mentions: [], mentionsBot: false });
    },
  );

  it("reads twenty thousand brackets without a pause", () => {
    const text = `${"<".repeat(20_000)}${"<@".repeat(10_000)} 0x80090311`;
    expect(read(text).text.endsWith("0x80090311")).toBe(true);
  });
});
