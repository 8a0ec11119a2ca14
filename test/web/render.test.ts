import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CardWords, renderCard } from "../../adapters/web/render.ts";
import { readAction } from "../../src/action.ts";
import type { Block, Card, Inline } from "../../src/card.ts";
import { fullCard } from "./script.ts";

const words: CardWords = {
  copy: "Copy",
  cut: "The rest is left out.",
  notice: { info: "Note", caution: "Careful", danger: "Warning" },
};

const hostile = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  "&lt;b&gt; & <b>",
  "<!channel> <@U1> [x](javascript:alert(1))",
  "</code></pre></details><h1>",
  "]]><!-- -->",
  "\u202Egnp.exe\u202C \u0000\u001B[31m \u2066x\u2069",
  "\uD800 lone",
  "javascript:alert(1)",
  "data:text/html,<script>1</script>",
];

function card(inlines: Inline[]): Card {
  return { title: "t", blocks: [{ type: "text", inlines }], buttons: [], language: "en" };
}

/** Everything that the renderer itself may write between `<` and `>`. */
const markup = new RegExp(
  [
    "</?(?:h2|p|dl|div|dt|dd|ol|ul|li|figure|figcaption|span|pre|code|strong|details|summary|button|a)>",
    "<hr>",
    "<wbr>",
    '<(?:h2|p|dl|div|figure|strong) class="[a-z -]+"(?: role="note")?>',
    '<button type="button" class="copy">',
    '<button type="button" class="button [a-z]+" data-action="[^"<>]*">',
    '<a(?: class="button [a-z]+")? href="(?:https?://|mailto:|tel:)[^"<>\\s]*" target="_blank" rel="noopener noreferrer">',
  ].join("|"),
  "gi",
);

function expectInert(html: string): void {
  const text = html.replace(markup, "");
  expect(text).not.toMatch(/[<>"]/);
  expect(text.replace(/&(?:amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
  expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|[^\P{Cc}\n\t]/u);
  expect(text.isWellFormed()).toBe(true);
}

describe("a card as HTML", () => {
  test("has every kind of block and button, as in the golden file", async () => {
    const html = renderCard(fullCard(), words);
    expectInert(html);
    await expect(
      `${html.replaceAll(/(?=<(?!\/|wbr|strong|code))/g, "\n").trim()}\n`,
    ).toMatchFileSnapshot("golden/full-card.html");
  });

  test("gives every action back as it was", () => {
    const html = renderCard(fullCard(), words);
    const actions = [...html.matchAll(/data-action="([^"]*)"/g)].map(([, value = ""]) =>
      readAction(value.replaceAll("&quot;", '"').replaceAll("&amp;", "&")),
    );
    const expected = fullCard().buttons.flatMap((button) =>
      "action" in button ? [button.action] : [],
    );
    expect(new Set(actions.map((action) => action?.do))).toEqual(
      new Set(expected.map((action) => action.do)),
    );
  });

  test.each(hostile)("shows %j as text wherever it stands", (text) => {
    const everywhere: Card = {
      title: text,
      language: "en",
      blocks: [
        {
          type: "text",
          inlines: [text, { bold: text }, { code: text }, { link: text, url: text }],
        },
        { type: "facts", rows: [{ label: text, value: [text] }] },
        { type: "list", ordered: false, items: [[text]] },
        { type: "code", text },
        { type: "notice", level: "danger", inlines: [text] },
        {
          type: "fold",
          title: text,
          blocks: [{ type: "code", text }],
          open: { v: 1, do: "more", result: text.slice(0, 60), lang: "en" },
        },
      ],
      buttons: [
        { label: text, style: "primary", action: { v: 1, do: "choose", code: text, lang: "en" } },
        { label: text, style: "default", url: text },
      ],
    };
    expectInert(renderCard(everywhere, words));
  });

  test("is inert for any text", () => {
    const fragment = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: "binary", maxLength: 40 }),
    );
    const anything = fc.array(fragment, { maxLength: 6 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(anything, anything, (text, url) => {
        expectInert(
          renderCard(card([text, { code: text }, { bold: url }, { link: text, url }]), words),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["https://example.com/a?b=1&c=2", true],
    ["http://portal.example/", true],
    ["mailto:desk@example.com", true],
    ["tel:+34900000000", true],
    ["javascript:alert(1)", false],
    ["JaVaScRiPt:alert(1)", false],
    [" javascript:alert(1)", false],
    ["https://exa mple.com", false],
    ["//example.com", false],
    ["file:///c:/windows", false],
    ["vbscript:x", false],
  ])("links %s: %s", (url, linked) => {
    expect(renderCard(card([{ link: "label", url }]), words).includes("<a ")).toBe(linked);
  });

  test("shows an unsafe address beside its label instead of linking it", () => {
    expect(renderCard(card([{ link: "label", url: "file:///c:/x" }]), words)).toContain(
      "label (file:///c:/x)",
    );
  });

  test("clips a very long text before escaping it", () => {
    const html = renderCard(card(["&".repeat(50_000)]), words);
    expect(html.length).toBeLessThan(25_000);
    expect(html).toMatch(/&amp;…<\/p>$/);
  });

  test("says that the rest is left out when a card has no end", () => {
    const blocks = Array.from({ length: 2_000 }, () => ({
      type: "text" as const,
      inlines: ["x".repeat(4_000)],
    }));
    const html = renderCard({ title: "t", blocks, buttons: [], language: "en" }, words);
    expect(html.length).toBeLessThan(210_000);
    expect(html).toContain("The rest is left out.");
  });

  test("names a command by the quiet line above it", () => {
    const blocks: Block[] = [
      { type: "text", quiet: true, inlines: ["Windows ", { bold: "PowerShell" }] },
      { type: "code", text: "klist", shell: "windows-powershell" },
      { type: "text", quiet: true, inlines: ["Not a caption"] },
      { type: "code", text: "output" },
    ];
    const html = renderCard({ title: "t", blocks, buttons: [], language: "en" }, words);
    expect(html).toContain("<figcaption><span>Windows <strong>PowerShell</strong></span>");
    expect(html.match(/PowerShell/g)).toHaveLength(1);
    expect(html).toContain('<p class="quiet">Not a caption</p>');
  });

  test("lets a long symbol break after an underscore and copies a command unbroken", () => {
    const blocks = [
      { type: "text" as const, inlines: ["SEC_E_NO"] },
      { type: "code" as const, text: "set A_B" },
    ];
    const html = renderCard({ title: "t", blocks, buttons: [], language: "en" }, words);
    expect(html).toContain("SEC_<wbr>E_<wbr>NO");
    expect(html).toContain("<code>set A_B</code>");
  });
});
