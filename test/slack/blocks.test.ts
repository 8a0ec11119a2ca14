import { describe, expect, it } from "vitest";
import { blockFaults } from "../fakes/slack-blocks.ts";

describe("the check of blocks", () => {
  const header = (n: number, block_id = "a") => ({
    type: "header",
    block_id,
    text: { type: "plain_text", text: "x".repeat(n) },
  });
  const button = (action_id: string) => ({
    type: "actions",
    block_id: `row-${action_id}`,
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
