import { describe, expect, it } from "vitest";
import { renderSlack } from "../../adapters/slack/render.ts";
import { readAction } from "../../src/action.ts";
import type { Card } from "../../src/card.ts";
import type { Language } from "../../src/language.ts";
import { blockFaults } from "../fakes/slack-blocks.ts";
import { knowledge } from "../fixtures/knowledge.ts";
import { createTalk } from "../talk.ts";

/** Asks for an entry and clicks every button of its card once, and of the card that opens each fold. */
async function cardsOf(question: string): Promise<Card[]> {
  const first = await createTalk(knowledge).say(question);
  const cards = [...first.cards];
  for (const { label } of first.cards[0]?.buttons ?? []) {
    const talk = createTalk(knowledge);
    await talk.say(question);
    cards.push(...(await talk.click(label)).cards);
  }
  for (const block of first.cards[0]?.blocks ?? []) {
    if (block.type === "fold")
      cards.push({ title: block.title, blocks: block.blocks, buttons: [], language: "en" });
  }
  return cards;
}

/** Asks for the entry by its first code; in its own words if it has none, or one that stands for other things too. */
async function questionFor(id: string, language: Language, prefix: string): Promise<string> {
  const entry = knowledge.entry(id, language);
  const code = entry?.codes[0];
  if (code && ["hresult", "win32", "ntstatus", "stop"].includes(code.family))
    return `${prefix} ${code.value}`;
  for (const question of entry?.questions ?? [])
    if ((await createTalk(knowledge).say(question)).kind === "entry") return question;
  return id;
}

describe.each([
  ["en", "what is the error"],
  ["es", "qué significa el error que sale en mi equipo"],
] as const)("every entry's cards in %s", (language, prefix) => {
  it.each(knowledge.entryIds)("%s: Slack takes each as it is, nothing cut", async (id) => {
    const cards = await cardsOf(await questionFor(id, language, prefix));
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
