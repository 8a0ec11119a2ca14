import { createRequire } from "node:module";
import type { IAdaptiveCard } from "@microsoft/teams.cards";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AdaptiveCard } from "../../adapters/teams/adaptive.ts";
import { plainText } from "../../adapters/teams/inert.ts";
import { TEAMS_LIMITS } from "../../adapters/teams/limits.ts";
import { type RenderOptions, renderTeams, teamsText } from "../../adapters/teams/render.ts";
import type { Action } from "../../src/action.ts";
import type { Block, Button, Card, Inline } from "../../src/card.ts";
import { adaptiveSubset } from "./schema.ts";

const require = createRequire(import.meta.url);
const vendor = require("adaptivecards/dist/adaptivecards.js");

const action: Action = {
  v: 1,
  do: "worked",
  case: "HD-1001",
  rev: 3,
  entry: "0x80090311",
  lang: "en",
};
const button = (label: string, style: Button["style"] = "default"): Button => ({
  label,
  style,
  action,
});
const open: Action = { v: 1, do: "more", lang: "en" };

function card(blocks: Block[], buttons: Button[] = []): Card {
  return { title: "Title", blocks, buttons, language: "en" };
}

/** Renders, and checks against the strict subset, the vendor's types and the vendor's renderer. */
function render(source: Card, options?: RenderOptions): AdaptiveCard {
  const rendered = renderTeams(source, options);
  expect(adaptiveSubset.safeParse(rendered).error?.issues ?? []).toEqual([]);
  expect(vendorFindings(rendered)).toEqual([]);
  return rendered satisfies IAdaptiveCard as AdaptiveCard;
}

/**
 * What Microsoft's renderer complains about. It does not know code blocks, which Teams added; its pattern for `lang` keeps
 * state between cards and refuses every second "en" (3.0.6).
 */
function vendorFindings(rendered: AdaptiveCard): string[] {
  const context = new vendor.SerializationContext(vendor.Versions.v1_5);
  const parsed = new vendor.AdaptiveCard();
  parsed.parse(structuredClone(rendered), context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i));
  return [...events, ...parsed.validateProperties().validationEvents]
    .map(({ message }: { message: string }) => message)
    .filter((message) => !/CodeBlock|Maximum number of actions|for property "lang"/.test(message));
}

const all = (rendered: unknown, type: string): Record<string, unknown>[] => {
  const found: Record<string, unknown>[] = [];
  JSON.stringify(rendered, (_key, value) => {
    if (value?.type === type) found.push(value);
    return value;
  });
  return found;
};
const texts = (rendered: unknown) => all(rendered, "TextRun").map(({ text }) => text);

describe("each kind of block", () => {
  test("text: bold, code and links are runs of their own, and small print is small", () => {
    const inlines: Inline[] = [
      "Run ",
      { code: "nltest" },
      " as ",
      { bold: "admin" },
      ", see ",
      { link: "here", url: "https://example.com/" },
    ];
    const rendered = render(
      card([
        { type: "text", inlines },
        { type: "text", quiet: true, inlines: ["small"] },
      ]),
    );
    expect(all(rendered, "TextRun")).toEqual([
      { type: "TextRun", text: "Run " },
      { type: "TextRun", text: "nltest", fontType: "Monospace" },
      { type: "TextRun", text: " as " },
      { type: "TextRun", text: "admin", weight: "Bolder" },
      { type: "TextRun", text: ", see " },
      {
        type: "TextRun",
        text: "here",
        selectAction: { type: "Action.OpenUrl", url: "https://example.com/" },
      },
      { type: "TextRun", text: "small", isSubtle: true, size: "Small" },
    ]);
  });

  test("a list numbers or marks its items", () => {
    const items: Inline[][] = [["one"], [""], ["two"]];
    expect(texts(render(card([{ type: "list", ordered: true, items }])))).toEqual([
      "1. one",
      "3. two",
    ]);
    expect(texts(render(card([{ type: "list", ordered: false, items }])))).toEqual([
      "• one",
      "• two",
    ]);
  });

  test("a command is a code block, with a readable stand-in for phones", () => {
    const text = "nltest /dsgetdc:YOUR-DOMAIN\nklist";
    const rendered = render(card([{ type: "code", shell: "cmd", text }]));
    const [block] = all(rendered, "CodeBlock");
    expect(block).toMatchObject({ codeSnippet: text, language: "Dos" });
    expect(texts(block?.fallback)).toEqual(["nltest /dsgetdc:YOUR-DOMAIN", "klist"]);
  });

  test("a command that is too long is not shown in part; a log is", () => {
    const text = "x".repeat(5_000);
    const shown = (shell?: "cmd") =>
      all(render(card([{ type: "code", text, ...(shell ? { shell } : {}) }])), "CodeBlock")[0]
        ?.codeSnippet;
    expect(shown("cmd")).toBe("…");
    expect(shown()).toBe(`${"x".repeat(3_999)}…`);
  });

  test("each level of notice has a colour and a sign", () => {
    const blocks = (["info", "caution", "danger"] as const).map(
      (level): Block => ({ type: "notice", level, inlines: ["careful"] }),
    );
    const rendered = render(card(blocks));
    expect(all(rendered, "Container").map(({ style }) => style)).toEqual([
      "accent",
      "warning",
      "attention",
    ]);
    expect(new Set(texts(rendered)).size).toBe(3);
  });

  test("neighbouring folds share a row of toggles, each with its own part", () => {
    const fold = (title: string): Block => ({
      type: "fold",
      title,
      blocks: [{ type: "text", inlines: [`in ${title}`] }],
      open,
    });
    const rendered = render(
      card([...["a", "b", "c", "d", "e"].map(fold), { type: "divider" }, fold("f")]),
    );
    expect(all(rendered, "ActionSet").map(({ actions }) => (actions as unknown[]).length)).toEqual([
      4, 2,
    ]);
    const hidden = all(rendered, "Container").filter(({ isVisible }) => isVisible === false);
    expect(hidden.map((part) => texts(part)[0])).toEqual(
      ["a", "b", "c", "d", "e", "f"].map((t) => `in ${t}`),
    );
  });

  test("folds inside folds open one by one", () => {
    const inner: Block = {
      type: "fold",
      title: "inner",
      blocks: [{ type: "text", inlines: ["deep"] }],
      open,
    };
    const rendered = render(card([{ type: "fold", title: "outer", blocks: [inner, inner], open }]));
    expect(all(rendered, "Action.ToggleVisibility")).toHaveLength(3);
  });

  test("a divider is a line above what follows", () => {
    const rendered = render(
      card([{ type: "divider" }, { type: "text", inlines: ["below"] }, { type: "divider" }]),
    );
    expect(rendered.body.filter(({ separator }) => separator)).toHaveLength(1);
  });

  test("facts stand behind their labels, a line each", () => {
    const rows = [
      { label: "Name", value: [{ code: "SEC_E_OK" }] },
      { label: "Severity", value: ["success"] },
    ];
    const rendered = render(card([{ type: "facts", rows }]));
    expect(all(rendered, "RichTextBlock").map((line) => texts(line))).toEqual([
      ["Name: ", "SEC_E_OK"],
      ["Severity: ", "success"],
    ]);
  });

  test("empty parts leave nothing behind", () => {
    const blocks: Block[] = [
      { type: "text", inlines: [""] },
      { type: "text", inlines: ["  \n "] },
      {
        type: "facts",
        rows: [
          { label: "", value: ["x"] },
          { label: "x", value: [] },
        ],
      },
      { type: "list", ordered: false, items: [[]] },
      { type: "code", text: " \n" },
      { type: "notice", level: "info", inlines: [] },
      { type: "fold", title: "empty", blocks: [], open },
    ];
    expect(render({ ...card(blocks), title: " " }).body).toEqual([]);
  });
});

describe("buttons", () => {
  test("each comes in the newer form, with the older one for clients that lack it", () => {
    const [execute] = all(render(card([], [button("It worked", "primary")])), "Action.Execute");
    const data = { hexdesk: action };
    expect(execute).toEqual({
      type: "Action.Execute",
      title: "It worked",
      verb: "worked",
      style: "positive",
      data,
      fallback: { type: "Action.Submit", title: "It worked", style: "positive", data },
    });
  });

  test("quiet ones are in the overflow menu, unless there are no others", () => {
    const quiet = button("Not useful", "quiet");
    const modes = (buttons: Button[]) =>
      all(render(card([], buttons)), "Action.Execute").map(({ title, mode }) => [title, mode]);
    expect(modes([quiet, button("A")])).toEqual([
      ["A", undefined],
      ["Not useful", "secondary"],
    ]);
    expect(modes([quiet])).toEqual([["Not useful", undefined]]);
  });

  test("more than six are spread over rows, none is dropped", () => {
    const labels = Array.from({ length: 15 }, (_, i) => `B${i}`);
    const rendered = render(
      card(
        [],
        labels.map((label) => button(label)),
      ),
    );
    expect(all(rendered, "ActionSet").map(({ actions }) => (actions as unknown[]).length)).toEqual([
      6, 6, 3,
    ]);
    expect(all(rendered, "Action.Execute").map(({ title }) => title)).toEqual(labels);
  });

  test("a long label can be read whole", () => {
    const label = "Joined=True, LocalAccount=True: I use a local account";
    const [execute] = all(render(card([], [button(label)])), "Action.Execute");
    expect(execute).toMatchObject({ title: label, tooltip: label });
  });

  test("links open https addresses only", () => {
    const link = (url: string): Button => ({ label: "Open", style: "default", url });
    const rendered = render(
      card([], [link("https://example.com"), link("javascript:alert(1)"), link("http://x/")]),
    );
    expect(all(rendered, "Action.OpenUrl").map(({ url }) => url)).toEqual(["https://example.com"]);
  });

  test("the line that says how to answer stands last, below a card that asks", () => {
    const hint = "Use the buttons, or write @Hexdesk it failed";
    const last = (buttons: Button[]) =>
      texts(render(card([], buttons), { hint }).body.at(-1)).at(-1);
    expect(last([button("It worked")])).toBe(hint);
    const useful: Button = { label: "Useful", style: "quiet", action: { ...action, do: "useful" } };
    expect(last([useful])).toBeUndefined();
  });
});

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

describe("what does not fit", () => {
  const long = (word: string): Block => ({ type: "text", inlines: [`${word} `.repeat(600)] });
  const fold = (title: string): Block => ({ type: "fold", title, blocks: [long(title)], open });

  test("folds become buttons that fetch them, the last one first, and nothing is lost", () => {
    const blocks = [long("first"), ..."abcdefgh".split("").map((t) => fold(t.repeat(6)))];
    const rendered = render(card(blocks), { cut: "Shortened" });
    const inPlace = all(rendered, "Action.ToggleVisibility").map(({ title }) => title);
    const fetched = all(rendered, "Action.Execute").map(({ title, data }) => [title, data]);
    expect(inPlace.length).toBeGreaterThan(1);
    expect(fetched.length).toBeGreaterThan(1);
    expect([...inPlace, ...fetched.map(([title]) => title)]).toEqual(
      "abcdefgh".split("").map((t) => t.repeat(6)),
    );
    expect(fetched[0]?.[1]).toEqual({ hexdesk: open });
    expect(texts(rendered)).not.toContain("Shortened");
  });

  test("where even that is too much, the end goes, and the card says so", () => {
    const rendered = render(card([...Array.from({ length: 12 }, () => long("word")), fold("x")]), {
      cut: "Shortened",
    });
    expect(texts(rendered)).toContain("Shortened");
  });

  test("a long list loses its end, not all of itself", () => {
    const items = Array.from({ length: 60 }, (_, i): Inline[] => [`${i} ${"source ".repeat(80)}`]);
    const rendered = render(card([{ type: "list", ordered: false, items }]), { cut: "Shortened" });
    const shown = texts(rendered).filter((text) => (text as string).includes("source"));
    expect(shown.length).toBeGreaterThan(25);
    expect(shown[0]).toContain("• 0 ");
    expect(texts(rendered)).toContain("Shortened");
  });

  test("the buttons stay", () => {
    const source = card(
      Array.from({ length: 30 }, () => long("word")),
      [button("It worked", "primary")],
    );
    expect(all(render(source), "Action.Execute")).toHaveLength(1);
  });

  test("what fits is not called shortened", () => {
    expect(texts(render(card([long("short")]), { cut: "Shortened" }))).not.toContain("Shortened");
  });
});

test("the card's language and its words for a screen reader are given", () => {
  const rendered = render({ ...card([{ type: "text", inlines: ["Hola"] }]), language: "es" });
  expect(rendered).toMatchObject({ lang: "es", speak: "Title\n\nHola" });
});

test("words alone name the buttons and leave folds out", () => {
  const fold: Block = {
    type: "fold",
    title: "more",
    blocks: [{ type: "text", inlines: ["hidden"] }],
    open,
  };
  const text = teamsText(card([{ type: "text", inlines: ["Hello"] }, fold], [button("It worked")]));
  expect(text).toBe("Title\n\nHello\n\n[1 It worked]");
});
