import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderSlack, renderSlackOlder, slackText } from "../../adapters/slack/render.ts";
import { readAction } from "../../src/action.ts";
import type { Block, Button, Card, Inline } from "../../src/card.ts";
import { blockFaults, textsOf } from "../fakes/slack-blocks.ts";

const act = (kind: "worked" | "failed" | "useful" | "not-useful" | "more") =>
  ({ v: 1, do: kind, lang: "en" }) as const;

const step: Card = {
  title: "0x80090311 · step 1",
  blocks: [
    {
      type: "text",
      inlines: [
        "Windows found ",
        { bold: "no" },
        " controller. See ",
        { link: "the docs", url: "https://example.com/a" },
      ],
    },
    { type: "text", quiet: true, inlines: ["Read-only · anyone"] },
    {
      type: "facts",
      rows: [
        { label: "Name", value: [{ code: "SEC_E_NO_AUTHENTICATING_AUTHORITY" }] },
        { label: "Family", value: ["HRESULT"] },
      ],
    },
    { type: "notice", level: "danger", inlines: ["Do not stop lsass."] },
    { type: "list", ordered: true, items: [["Open a prompt"], ["Run this"]] },
    { type: "code", shell: "cmd", text: "nltest /dsgetdc:YOUR-DOMAIN" },
    { type: "divider" },
    {
      type: "fold",
      title: "Details",
      blocks: [{ type: "text", inlines: ["hidden detail"] }],
      open: act("more"),
    },
  ],
  buttons: [
    { label: "It worked", style: "primary", action: act("worked") },
    { label: "It failed", style: "default", action: act("failed") },
    { label: "Portal", style: "default", url: "https://example.com/portal" },
    { label: "Useful", style: "quiet", action: act("useful") },
    { label: "Not useful", style: "quiet", action: act("not-useful") },
  ],
  language: "en",
};

/** Every action that a rendered message can send back. */
function actionsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "value" && typeof inner === "string" ? [readAction(inner)] : actionsOf(inner),
  );
}

function cardOf(blocks: Block[], buttons: Button[] = []): Card {
  return { title: "T", blocks, buttons, language: "en" };
}

describe("a card in Slack", () => {
  it("shows each kind of block in Slack's own form", () => {
    const { blocks } = renderSlack(step);
    expect(blockFaults(renderSlack(step))).toEqual([]);
    expect(blocks.map((block) => block.type)).toEqual([
      "header",
      "rich_text",
      "context",
      "rich_text",
      "rich_text",
      "rich_text",
      "rich_text",
      "divider",
      "actions",
      "actions",
      "context_actions",
    ]);
    expect(blocks[1]).toMatchObject({
      elements: [
        {
          elements: [
            { type: "text", text: "Windows found " },
            { type: "text", text: "no", style: { bold: true } },
            { type: "text", text: " controller. See " },
            { type: "link", text: "the docs", url: "https://example.com/a" },
          ],
        },
      ],
    });
    expect(blocks[4]).toMatchObject({
      elements: [
        { type: "rich_text_quote", elements: [{ type: "emoji", name: "no_entry" }, {}, {}] },
      ],
    });
    expect(blocks[6]).toMatchObject({
      elements: [
        { type: "rich_text_preformatted", elements: [{ text: "nltest /dsgetdc:YOUR-DOMAIN" }] },
      ],
    });
  });

  it("turns a fold into a button and keeps its content out of the message", () => {
    const message = renderSlack(step);
    expect(JSON.stringify(message)).not.toContain("hidden detail");
    expect(message.blocks.at(-2)).toMatchObject({
      elements: [{ text: { text: "Details" }, value: JSON.stringify(act("more")) }],
    });
  });

  it.each([
    ["with thumbs", renderSlack],
    ["with plain buttons", renderSlackOlder],
  ])("can send back every action of the card: %s", (_, render) => {
    expect(actionsOf(render(step).blocks)).toHaveLength(5);
    expect(actionsOf(render(step).blocks)).toEqual(
      expect.arrayContaining(
        ["worked", "failed", "more", "useful", "not-useful"].map((kind) => act(kind as "worked")),
      ),
    );
  });

  it("names the buttons in the text that stands alone, but not in the notification", () => {
    expect(slackText(step)).toContain("[1 It worked] [2 It failed]");
    expect(renderSlack(step).text).not.toContain("[1 It worked]");
  });

  it("writes small print with links and code as small print, unless a mark could style it", () => {
    const quiet = (inlines: Inline[]) =>
      renderSlack(cardOf([{ type: "text", quiet: true, inlines }])).blocks[1];
    expect(
      quiet([
        { code: "YOUR-DOMAIN" },
        " = your <domain> & ",
        { link: "how", url: "https://e.com/?a=1&b=2" },
      ]),
    ).toEqual({
      type: "context",
      block_id: "b0",
      elements: [
        {
          type: "mrkdwn",
          text: "`YOUR-DOMAIN` = your &lt;domain&gt; &amp; <https://e.com/?a=1&amp;b=2|how>",
          verbatim: true,
        },
      ],
    });
    expect(quiet([{ bold: "a" }, " *not bold* _x_"])).toMatchObject({ type: "rich_text" });
  });

  it("makes no link of an address that is not of the web", () => {
    const url = "javascript:alert(1)";
    const message = renderSlack(
      cardOf(
        [{ type: "text", inlines: [{ link: "click", url }] }],
        [{ label: "Go", style: "default", url }],
      ),
    );
    expect(JSON.stringify(message.blocks)).not.toContain('"url"');
    expect(message.blocks).toHaveLength(2);
  });

  it("shows a command whole or not at all", () => {
    const long = `powershell -Command ${"x".repeat(4_000)}`;
    const shown = (block: Block) => textsOf(renderSlack(cardOf([block])).blocks[1]).join("");
    expect(shown({ type: "code", shell: "powershell", text: long })).toBe("…");
    expect(shown({ type: "code", text: long })).toMatch(/^powershell -Command x{2000,}…$/);
  });

  it("cuts a text at a whole character before escaping it", () => {
    const face = "😀";
    const text = `${face.repeat(1_499)}&${face}&&&`;
    const { blocks } = renderSlack(cardOf([{ type: "text", inlines: [text] }]));
    expect(textsOf(blocks[1]).join("")).toBe(`${face.repeat(1_499)}…`);
  });

  it("keeps all its buttons when the text is far too long", () => {
    const blocks: Block[] = Array.from({ length: 120 }, () => ({
      type: "text",
      inlines: ["word ".repeat(500)],
    }));
    const message = renderSlack({ ...step, blocks });
    expect(blockFaults(message)).toEqual([]);
    expect(actionsOf(message.blocks)).toHaveLength(4);
    expect(message.blocks).toHaveLength(1 + 5 + 2);
  });

  it("stays within 50 blocks", () => {
    const blocks: Block[] = Array.from({ length: 90 }, (_, i) => ({
      type: "text",
      inlines: [`line ${i}`],
    }));
    const message = renderSlack({ ...step, blocks });
    expect(message.blocks).toHaveLength(50);
    expect(blockFaults(message)).toEqual([]);
    expect(JSON.stringify(message.blocks)).toContain("…");
  });
});

const HOSTILE = [
  "<!channel>",
  "<!here|x>",
  "<@U1>",
  "<#C1|general>",
  "<!subteam^S1|@all>",
  "<https://evil.example|https://bank.example>",
  "[x](javascript:alert(1))",
  "*bold* _it_ ~no~ `code`",
  "```\nblock\n```",
  "&lt;!channel&gt;",
  "\u202Egnp.exe\u202C",
  "\u0000\u0007\u001b[31m",
  "😀".repeat(3_000),
  "a".repeat(50_000),
  "&".repeat(20_000),
  "\ud800",
  "\n\n\n",
  "",
  ":x: :tada:",
  "|",
];
const words = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc
    .tuple(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 20 }))
    .map((parts) => parts.join("")),
);
const inline: fc.Arbitrary<Inline> = fc.oneof(
  words,
  words.map((bold) => ({ bold })),
  words.map((code) => ({ code })),
  fc.record({ link: words, url: fc.oneof(words, fc.webUrl({ withQueryParameters: true })) }),
);
const inlines = fc.array(inline, { maxLength: 5 });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ type: fc.constant("text" as const), inlines, quiet: fc.boolean() }),
  fc.record({
    type: fc.constant("facts" as const),
    rows: fc.array(fc.record({ label: words, value: inlines }), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("list" as const),
    ordered: fc.boolean(),
    items: fc.array(inlines, { maxLength: 4 }),
  }),
  fc.record({ type: fc.constant("code" as const), text: words }),
  fc.record({
    type: fc.constant("notice" as const),
    level: fc.constantFrom("info" as const, "caution" as const, "danger" as const),
    inlines,
  }),
  fc.record({
    type: fc.constant("fold" as const),
    title: words,
    blocks: fc.constant<Block[]>([]),
    open: fc.constant(act("more")),
  }),
);
const hostileCard: fc.Arbitrary<Card> = fc.record({
  title: words,
  blocks: fc.array(block, { maxLength: 60 }),
  buttons: fc.array(
    fc.record({
      label: words,
      style: fc.constantFrom(
        "primary" as const,
        "default" as const,
        "danger" as const,
        "quiet" as const,
      ),
      action: fc.constantFrom(act("worked"), act("useful"), act("not-useful")),
    }),
    { maxLength: 30 },
  ),
  language: fc.constant("en" as const),
});

describe("hostile text", () => {
  it("is inert and within Slack's limits in every card", () => {
    fc.assert(
      fc.property(hostileCard, (card) => {
        for (const message of [
          renderSlack(card),
          renderSlackOlder(card),
          { text: slackText(card) },
        ]) {
          expect(blockFaults(message)).toEqual([]);
          expect(JSON.stringify(message)).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\\u00[01]/);
        }
        const folds = card.blocks.filter((b) => b.type === "fold").length;
        expect(actionsOf(renderSlackOlder(card).blocks)).toHaveLength(card.buttons.length + folds);
      }),
      { numRuns: 120, endOnFailure: true },
    );
  });

  it("would be caught by the check if it were not", () => {
    const say = (text: string) => blockFaults({ text });
    expect(say("<!channel>")).not.toEqual([]);
    expect(say("hi <@U1>")).not.toEqual([]);
    const context = (text: string) => ({
      text: "x",
      blocks: [{ type: "context", block_id: "a", elements: [{ type: "mrkdwn", text }] }],
    });
    expect(blockFaults(context("<@U1>"))).not.toEqual([]);
    expect(blockFaults(context("&lt;@U1&gt;"))).toEqual([]);
  });
});

describe("the check of blocks", () => {
  const header = (n: number, block_id = "a") => ({
    type: "header",
    block_id,
    text: { type: "plain_text", text: "x".repeat(n) },
  });
  const button = (action_id: string) => ({
    type: "actions",
    block_id: action_id + Math.floor(action_id.length),
    elements: [{ type: "button", action_id, text: { type: "plain_text", text: "Go" }, value: "1" }],
  });
  const text = (n: number, block_id: string) => ({
    type: "rich_text",
    block_id,
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "x".repeat(n) }] }],
  });
  it.each<[string, unknown[]]>([
    ["a header of 151 characters", [header(151)]],
    ["no blocks", []],
    ["51 blocks", Array.from({ length: 51 }, (_, i) => header(1, `h${i}`))],
    ["a block_id twice", [header(1), header(1)]],
    ["an action_id twice", [button("a"), { ...button("a"), block_id: "z" }]],
    ["an unknown block", [{ type: "hologram", block_id: "a" }]],
    ["an unknown field", [{ ...header(1), colour: "red" }]],
    ["an empty text", [text(0, "a")]],
    ["12,001 characters in all", [1, 2, 3, 4, 5].map((i) => text(i < 5 ? 3_000 : 1, `t${i}`))],
  ])("refuses %s", (_, blocks) => {
    expect(blockFaults({ text: "x", blocks })).not.toEqual([]);
  });

  it("takes what is just within the limits", () => {
    const blocks = [header(150), ...[1, 2, 3].map((i) => text(3_000, `t${i}`)), button("b")];
    expect(blockFaults({ text: "x", blocks })).toEqual([]);
  });
});
