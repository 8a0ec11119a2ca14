import { agentCard } from "../answers/agent.ts";
import { statusCard } from "../answers/handover.ts";
import { createWriter, type Writer } from "../answers/writer.ts";
import type { Card, Delivery } from "../card.ts";
import type { Case, Handover } from "../case.ts";
import { type Address, addressKey } from "../message.ts";
import { entryIn, type Turn } from "../turn.ts";
import type { HandoverEvent, HandoverEventType } from "./handover-event.ts";
import type { Route } from "./routes.ts";

/** A case that was handed over. */
export type HandedOver = Case & { handover: Handover };

/** True for a case that people have, or had. */
export function wasHandedOver(at: Case | undefined): at is HandedOver {
  return at?.handover !== undefined;
}

/** True when a message stands in the thread of an agent's card. Who can write there may act: the channel's members. */
export function isAtDesk(address: Address, at: Case): boolean {
  return wasHandedOver(at) && addressKey(address) !== addressKey(at.address);
}

/** What the asker's cards are written with when somebody else acts. */
export function askerWriter(turn: Turn, at: Case): Writer {
  const { now, knowledge } = turn.env;
  return createWriter({
    language: at.language,
    role: "user",
    surface: "channel",
    now,
    knowledge,
    case: at,
  });
}

/** What an agent's cards are written with: the route's language, every command. */
function deskWriter(turn: Turn, at: Case, route: Route | undefined): Writer {
  const { now, knowledge, defaultLanguage } = turn.env;
  const language = route?.language ?? defaultLanguage;
  return createWriter({ language, role: "admin", surface: "channel", now, knowledge, case: at });
}

/** The writer for the thread in which the agent works. */
export function agentWriter(turn: Turn, at: HandedOver): Writer {
  return deskWriter(turn, at, routeAt(turn, at.handover.desk ?? turn.message.address));
}

/** A card for the asker, as a new post in the asker's thread or in place of an earlier one. */
export function toAsker(
  turn: Turn,
  at: Case,
  card: Card,
  mode: Delivery["mode"] = "post",
): Delivery {
  const to = { kind: "address", address: at.address } as const;
  return { id: turn.env.id(), to, mode, repeat: "safe", card };
}

/** A card for the thread in which the agent works. */
export function toDesk(turn: Turn, desk: Address, card: Card): Delivery {
  return {
    id: turn.env.id(),
    to: { kind: "address", address: desk },
    mode: "post",
    repeat: "safe",
    card,
  };
}

/** The card of a case for one route, posted anew: the one delivery of a hand-over that calls people. */
export function newCard(turn: Turn, at: HandedOver, route: Route, id: string): Delivery {
  return {
    id,
    to: { kind: "route", route: route.name },
    mode: "post",
    repeat: "never",
    links: at.id,
    ...(route.tag ? { tag: route.tag } : {}),
    ...forRoute(turn, at, route, "hexdesk.handover.requested"),
  };
}

/** The cards of a case on all its routes, as they are now. */
export function freshCards(turn: Turn, at: HandedOver, type: HandoverEventType): Delivery[] {
  return at.handover.cards.flatMap(({ route: name, delivery }): Delivery[] => {
    const route = turn.env.routes.find((each) => each.name === name);
    if (!route) return [];
    return [
      {
        id: turn.env.id(),
        to: { kind: "route", route: name },
        mode: { update: delivery },
        repeat: "safe",
        ...forRoute(turn, at, route, type),
      },
    ];
  });
}

/** What the asker's card says about the hand-over now. */
export function statusNow(turn: Turn, at: HandedOver, writer = askerWriter(turn, at)): Card {
  const routes = turn.env.routes.filter(({ name }) =>
    at.handover.cards.some(({ route }) => route === name),
  );
  return statusCard(writer, { at, entry: entryIn(turn, at.entry, writer.language), routes });
}

/** The asker's card brought up to date, where there is one. */
export function freshStatus(turn: Turn, at: HandedOver, card = at.card): Delivery[] {
  return card ? [toAsker(turn, at, statusNow(turn, at), { update: card })] : [];
}

/** A card of one line for the thread in which the agent works. */
export function deskLine(
  turn: Turn,
  at: HandedOver,
  key: string,
  params: Record<string, string> = {},
): Card {
  const writer = agentWriter(turn, at);
  const asker = at.owner.name ?? writer.say("desk.asker");
  const line = writer.say(key, { asker, ...params });
  const title = line.charAt(0).toUpperCase() + line.slice(1);
  return { title, blocks: [], buttons: [], language: writer.language };
}

/** The route whose place holds an address. */
export function routeAt(turn: Turn, { platform, conversation }: Address): Route | undefined {
  return turn.env.routes.find(
    ({ place }) => place.platform === platform && place.conversation === conversation,
  );
}

function forRoute(
  turn: Turn,
  at: HandedOver,
  route: Route,
  type: HandoverEventType,
): Pick<Delivery, "card" | "event"> {
  const writer = deskWriter(turn, at, route);
  const entry = entryIn(turn, at.entry, writer.language);
  const card = agentCard(writer, { at, entry, route });
  if (route.place.platform !== "webhook") return { card };
  return { card, event: eventOf(turn, at, type, writer) };
}

function eventOf(
  turn: Turn,
  at: HandedOver,
  type: HandoverEventType,
  writer: Writer,
): HandoverEvent {
  const { agent, status, notes, resolution } = at.handover;
  const event: HandoverEvent = {
    type,
    at: turn.env.now,
    case: at.id,
    status: at.status === "resolved" ? "closed" : status,
    ...(agent?.name ? { agent: agent.name } : {}),
    ...(resolution ? { resolution } : {}),
    ...(notes?.length ? { notes } : {}),
  };
  if (type !== "hexdesk.handover.requested") return event;
  const entry = entryIn(turn, at.entry, writer.language);
  return {
    ...event,
    codes: at.codes,
    ...(at.owner.name ? { asker: at.owner.name } : {}),
    ...(at.question ? { question: at.question } : {}),
    ...(at.handover.link ? { thread: at.handover.link } : {}),
    ...(entry ? { entry: { id: entry.id, title: entry.title, area: entry.area } } : {}),
    steps: at.tried.map(({ entry: id, step, result, at: when }) => {
      const found = entryIn(turn, id, writer.language)?.steps[step];
      const own = found?.results.find((each) => each.id === result)?.title;
      return {
        title: found?.title ?? step,
        result: own ?? writer.say(`tried.${result}`),
        at: when,
      };
    }),
  };
}
