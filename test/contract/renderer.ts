import { describe, expect, test } from "vitest";
import { type Action, encodeAction, readAction } from "../../src/action.ts";
import type { Block, Card, Inline } from "../../src/card.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

/** A renderer to test: how to read back what it made. `faults` are breaches of the platform's limits and schema. */
export type RendererUnderTest = {
  name: string;
  render(card: Card): unknown;
  faults(rendered: unknown): string[];
  /** Every piece of text a person reads, as the platform would show it. */
  shown(rendered: unknown): string;
  /** Every action that a person can trigger, as it comes back to the adapter. */
  actions(rendered: unknown): Action[];
};

const HOSTILE = [
  "<!channel> <@U1> <https://evil.example|click>",
  "[x](javascript:alert(1)) **b** _i_ `c` # h",
  "<img src=x onerror=alert(1)><script>1</script>",
  "\u202Egnp.exe \u0000\u001b[31m &amp; &lt;at&gt;All&lt;/at&gt;",
  `${"a".repeat(50_000)} ${"🧯".repeat(5_000)}`,
  "{{DATE(2026-01-01T00:00:00Z,SHORT)}} %s",
];

/** What every renderer of cards must do, whatever the platform. */
export function rendererContract({
  name,
  render,
  faults,
  shown,
  actions,
}: RendererUnderTest): void {
  describe(`the renderer contract: ${name}`, () => {
    test("every answer of every entry is valid, and shows each command to the letter", async () => {
      for (const id of knowledge.entryIds) {
        const talk = createTalk(knowledge);
        await talk.say(knowledge.entry(id, "en")?.codes[0]?.value ?? id, { role: "admin" });
        for (let i = 0; i < 8; i++) {
          const card = talk.newest();
          const rendered = render(card);
          expect(faults(rendered)).toEqual([]);
          for (const command of commandsOf(card.blocks))
            expect(squeeze(shown(rendered))).toContain(squeeze(command));
          const on = card.buttons.find(
            (b) => "action" in b && ["failed", "skip", "result", "confirm"].includes(b.action.do),
          );
          if (!on) break;
          await talk.click(on.label, { role: "admin" });
        }
      }
    });

    test("every button and fold comes back as the action it stands for", async () => {
      const { cards } = await createTalk(knowledge).say("0x80090311");
      const card = cards[0] as Card;
      const back = actions(render(card)).map(encodeAction);
      for (const button of card.buttons) {
        if ("action" in button) expect(back).toContain(encodeAction(button.action));
      }
      for (const action of actions(render(card)))
        expect(readAction(encodeAction(action))).toEqual(action);
    });

    test.each(HOSTILE.map((text, i) => ({ text, i })))(
      "hostile text $i is inert and within the limits",
      ({ text }) => {
        const rendered = render(hostile(text));
        expect(faults(rendered)).toEqual([]);
        expect(JSON.stringify(rendered)).not.toMatch(/"url":"javascript:|href="javascript:/);
      },
    );

    test("a card of a hundred blocks and buttons stays within the limits", () => {
      const block: Block = { type: "text", inlines: ["one of many"] };
      const card = { ...hostile("x"), blocks: Array.from({ length: 100 }, () => block) };
      expect(faults(render(card))).toEqual([]);
    });
  });
}

function hostile(text: string): Card {
  const inlines: Inline[] = [
    text,
    { bold: text },
    { code: text },
    { link: text, url: "https://learn.microsoft.com/" },
  ];
  const action: Action = { v: 1, do: "help", lang: "en" };
  return {
    title: text,
    language: "en",
    blocks: [
      { type: "text", inlines },
      { type: "text", inlines, quiet: true },
      { type: "facts", rows: [{ label: text, value: inlines }] },
      { type: "list", ordered: true, items: [inlines, inlines] },
      { type: "code", text, shell: "cmd" },
      { type: "notice", level: "danger", inlines },
      { type: "fold", title: text, blocks: [{ type: "text", inlines }], open: action },
    ],
    buttons: [{ label: text, style: "primary", action }],
  };
}

function commandsOf(blocks: Block[]): string[] {
  return blocks.flatMap((block) => (block.type === "code" ? [block.text] : []));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ");
}
