import { toPlainText } from "../../src/card.ts";
import type { Outgoing } from "../../src/state.ts";
import { CARD } from "./envelope.ts";
import { inert } from "./inert.ts";
import { readRef } from "./reply.ts";
import type { Sender } from "./send.ts";

/** An invoke's answer, and the deliveries that it makes by itself. */
export type Shown = { body: unknown; shown: Outgoing[] };

const LONGEST_NOTE = 500;

/**
 * The answer to a click: the clicked card as it is now (everybody else gets it by an update), else a short private word
 * to whoever clicked, else what a longer private word is about, else a line that says where the answer went.
 */
export function clickedCard(
  outgoing: Outgoing[],
  sender: Pick<Sender, "render">,
  say: (key: string) => string,
): Shown {
  const update = outgoing.find(replacesClicked);
  if (update)
    return { body: { statusCode: 200, type: CARD, value: sender.render(update) }, shown: [] };
  const word = outgoing.find(isShortWord);
  if (word) return { body: cardNote(shortText(word)), shown: [word] };
  const toAsker = outgoing.find(({ delivery }) => delivery.to.kind === "asker");
  if (toAsker) return { body: cardNote(inert(toAsker.delivery.card.title)), shown: [] };
  const inChat = outgoing.some(({ delivery }) => delivery.to.kind === "dm");
  return { body: cardNote(say(inChat ? "in-chat" : "done")), shown: [] };
}

/** Words that Teams shows beside the card, which stays as it is. */
export function cardNote(value: string) {
  return { statusCode: 200, type: "application/vnd.microsoft.activity.message", value };
}

function replacesClicked({ delivery, updates, source }: Outgoing): boolean {
  return delivery.mode !== "post" && readRef(updates)?.id === source.card;
}

function isShortWord(outgoing: Outgoing): boolean {
  const { to, mode, card } = outgoing.delivery;
  const isPlain = card.buttons.length === 0 && card.blocks.every(({ type }) => type === "text");
  return (
    to.kind === "asker" && mode === "post" && isPlain && shortText(outgoing).length <= LONGEST_NOTE
  );
}

function shortText({ delivery }: Outgoing): string {
  return inert(toPlainText(delivery.card));
}
