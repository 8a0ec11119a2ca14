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
