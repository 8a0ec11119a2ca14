import { describe, expect, test } from "vitest";
import { teamsText } from "../../adapters/teams/render.ts";
import type { Block, Button, Inline } from "../../src/card.ts";
import { action, all, button, card, open, render, texts } from "./rendering.ts";

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
