import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/teams/inert.ts";
import { TEAMS_LIMITS } from "../../adapters/teams/limits.ts";
import type { Card } from "../../src/card.ts";
import { all, button, open, render } from "./rendering.ts";

describe("what others wrote", () => {
  const HOSTILE = [
    "**bold** _it_ [x](https://evil.example) `code`",
    "# heading\n- item\n> quote\n1. one",
    "- item",
    "> quote",
    "1. one",
    "<img src=x onerror=alert(1)><at>All</at></at>",
    "{{DATE(2026-01-01T00:00:00Z,SHORT)}} {{ TIME(2026-01-01T00:00:00Z)}} {{date(x)}}",
    "![pic](https://evil.example/p.png)",
    "\u202Egnp.exe\u2066\u0000\u001B[31m\uFEFF",
    "\uD83D broken",
  ];

  test.each(HOSTILE)("%j stays words", (words) => {
    const everywhere: Card = {
      title: words,
      language: "en",
      blocks: [
        {
          type: "text",
          inlines: [words, { bold: words }, { code: words }, { link: words, url: words }],
        },
        { type: "facts", rows: [{ label: words, value: [words] }] },
        { type: "notice", level: "danger", inlines: [words] },
        { type: "code", text: words },
        {
          type: "fold",
          title: words,
          blocks: [{ type: "list", ordered: true, items: [[words]] }],
          open,
        },
      ],
      buttons: [button(words)],
    };
    const rendered = render(everywhere);
    const json = JSON.stringify(rendered);
    expect(json).not.toMatch(/[\p{Cc}\p{Surrogate}\u202A-\u202E\u2066-\u2069\uFEFF]/u);
    expect(all(rendered, "Action.OpenUrl")).toEqual([]);
    const parsed = all(rendered, "TextBlock").concat(all(rendered, "TextRun"));
    for (const { text } of parsed) {
      expect(text).not.toMatch(/\{\{\s*(date|time)/i);
      expect(text).not.toMatch(/<\/?at[\s>]/i);
    }
    for (const { text } of all(rendered, "TextBlock")) {
      expect((text as string).replace(/\\./g, "")).not.toMatch(/[`*_[\]<]|^[#>+-]|^\d+\./);
    }
  });

  test("any card at all becomes a valid one within the size, and its commands stay whole", () => {
    const words = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...HOSTILE),
      fc.constant("x".repeat(50_000)),
    );
    const inline = fc.oneof(
      words,
      words.map((bold) => ({ bold })),
      words.map((code) => ({ code })),
      fc.record({ link: words, url: fc.oneof(words, fc.webUrl()) }),
    );
    const inlines = fc.array(inline, { maxLength: 4 });
    const leaf = fc.oneof(
      fc.record({ type: fc.constant("text" as const), inlines }),
      fc.record({
        type: fc.constant("facts" as const),
        rows: fc.array(fc.record({ label: words, value: inlines }), { maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant("list" as const),
        ordered: fc.boolean(),
        items: fc.array(inlines, { maxLength: 3 }),
      }),
      fc.record({
        type: fc.constant("code" as const),
        text: words,
        shell: fc.constant("cmd" as const),
      }),
      fc.record({
        type: fc.constant("notice" as const),
        level: fc.constantFrom("info" as const, "caution" as const, "danger" as const),
        inlines,
      }),
      fc.constant({ type: "divider" as const }),
    );
    const fold = fc.record({
      type: fc.constant("fold" as const),
      title: words,
      blocks: fc.array(leaf, { maxLength: 3 }),
      open: fc.constant(open),
    });
    const source = fc.record({
      title: words,
      blocks: fc.array(fc.oneof(leaf, fold), { maxLength: 8 }),
      buttons: fc.array(
        words.map((label) => button(label)),
        { maxLength: 10 },
      ),
      language: fc.constantFrom("en" as const, "es" as const),
    });
    fc.assert(
      fc.property(source, (any) => {
        const rendered = render(any as Card, { hint: "hint", cut: "cut" });
        expect(Buffer.byteLength(JSON.stringify(rendered))).toBeLessThanOrEqual(
          TEAMS_LIMITS.cardBytes,
        );
        const commands = all(any, "code").map(({ text }) => plainText(text as string));
        for (const { codeSnippet } of all(rendered, "CodeBlock")) {
          expect(["…", ...commands]).toContain(codeSnippet);
        }
      }),
      { numRuns: 60 },
    );
  });
});
