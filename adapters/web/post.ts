import type { Card } from "../../src/card.ts";
import type { Language, Phrases } from "../../src/language.ts";
import type { Address } from "../../src/message.ts";
import type { Outgoing } from "../../src/state.ts";
import { renderCard } from "./render.ts";
import { cardWords } from "./words.ts";

/** What Slack and Teams would show for a card; the composition root hands the renderers in. */
export type Previews = {
  slack: (card: Card) => { text: string; blocks: unknown[] };
  teams: (card: Card) => unknown;
};

/**
 * One delivery as the page shows it: in its thread, as a note for the asker alone, as a new private thread, or as what the
 * helpdesk receives. A post whose `ref` the page has already takes that one's place.
 */
export type Post = {
  ref: string;
  place: "thread" | "note" | "private" | "route";
  thread: string;
  title: string;
  language: Language;
  html: string;
  slack: unknown;
  teams: unknown;
};

/** The conversation of the playground's helpdesk, which every page shows. */
export const DESK = "desk";

/**
 * Renders a delivery for the page. `fresh` is the id of the thread that a private delivery or a helpdesk's card opens,
 * which is then its new `address`; `session` says whose page it is for.
 */
export function toPost(
  outgoing: Outgoing,
  fresh: string,
  phrases: Phrases,
  previews: Previews,
): { post: Post; session: string; address?: Address } {
  const { delivery, source, updates } = outgoing;
  const { to, card } = delivery;
  const at = to.kind === "address" ? to.address : source.address;
  const opens = to.kind === "dm" || at.thread === undefined;
  const thread = to.kind === "dm" ? fresh : (at.thread ?? fresh);
  const post: Post = {
    ref: updates ?? delivery.id,
    place: at.conversation === DESK && to.kind !== "asker" ? "route" : places[to.kind],
    thread,
    title: card.title,
    language: card.language,
    html: renderCard(card, cardWords(phrases, card.language)),
    slack: previews.slack(card),
    teams: previews.teams(card),
  };
  const session = at.conversation;
  return opens ? { post, session, address: { ...at, thread } } : { post, session };
}

const places = {
  thread: "thread",
  address: "thread",
  asker: "note",
  dm: "private",
  route: "route",
} as const;
