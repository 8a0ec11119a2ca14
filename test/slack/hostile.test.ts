import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderSlack, renderSlackOlder, slackText } from "../../adapters/slack/render.ts";
import { readAction } from "../../src/action.ts";
import type { Block, Card, Inline } from "../../src/card.ts";
import { blockFaults } from "../fakes/slack-blocks.ts";

const act = (kind: "worked" | "failed" | "useful" | "not-useful" | "more") =>
  ({ v: 1, do: kind, lang: "en" }) as const;

/** Every action that a rendered message can send back. */
function actionsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "value" && typeof inner === "string" ? [readAction(inner)] : actionsOf(inner),
  );
}

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
