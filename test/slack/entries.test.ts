import { describe, expect, it } from "vitest";
import { renderSlack } from "../../adapters/slack/render.ts";
import { readAction } from "../../src/action.ts";
import type { Card } from "../../src/card.ts";
import { blockFaults } from "../fakes/slack-blocks.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

/** Asks for an entry and clicks every button of its card once, and of the card that opens each fold. */
async function cardsOf(code: string, prefix: string): Promise<Card[]> {
  const first = await createTalk(knowledge).say(`${prefix} ${code}`);
  const cards = [...first.cards];
  for (const { label } of first.cards[0]?.buttons ?? []) {
    const talk = createTalk(knowledge);
    await talk.say(`${prefix} ${code}`);
    cards.push(...(await talk.click(label)).cards);
  }
  for (const block of first.cards[0]?.blocks ?? []) {
    if (block.type === "fold")
      cards.push({ title: block.title, blocks: block.blocks, buttons: [], language: "en" });
  }
  return cards;
}

const codes = knowledge.entryIds.flatMap((id) => {
  const code = knowledge.entry(id, "en")?.codes[0]?.value;
  return code ? [[code]] : [];
});

describe.each([
  ["en", "what is the error"],
  ["es", "qué significa el error que sale en mi equipo"],
])("every entry's cards in %s", (_, prefix) => {
  it.each(codes)("%s: Slack takes each as it is, nothing cut", async (code) => {
    const cards = await cardsOf(code, prefix);
    expect(cards.length).toBeGreaterThan(5);
    for (const card of cards) {
      const message = renderSlack(card);
      expect(blockFaults(message)).toEqual([]);
      const shown = message.blocks.filter((block) => block.type !== "actions");
      expect(JSON.stringify(shown)).not.toContain('…"');
      for (const [, value] of JSON.stringify(message.blocks).matchAll(
        /"value":"((?:[^"\\]|\\.)*)"/g,
      )) {
        expect(readAction(JSON.parse(`"${value}"`))).toBeDefined();
      }
    }
  });
});
