import { describe, expect, test } from "vitest";
import type { Block, Inline } from "../../src/card.ts";
import { all, button, card, open, render, texts } from "./rendering.ts";

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
