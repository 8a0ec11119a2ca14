import { noteCard } from "../answers/notes.ts";
import type { Inline } from "../card.ts";
import { addressKey, type Timer } from "../message.ts";
import { type CaseTurn, changed, type Decision, decided, event, silent } from "../turn.ts";
import {
  agentWriter,
  askerWriter,
  freshStatus,
  type HandedOver,
  toAsker,
  toDesk,
  wasHandedOver,
} from "./desk.ts";
import type { Route } from "./routes.ts";
import { calling, cardsFor } from "./send-handover.ts";

/**
 * What the clock or the outbox says about a hand-over: nobody took it in time, or a delivery that called a person was
 * given up. What was settled meanwhile is left alone.
 */
export function onTimer(
  turn: CaseTurn,
  timer: Extract<Timer, { what: "reminder" | "undelivered" }>,
): Decision {
  const { at } = turn;
  if (!wasHandedOver(at)) return silent(turn);
  const card = at.handover.cards.find(({ delivery }) => delivery === timer.delivery);
  const isOver = at.status !== "handed-over" || at.handover.status !== "waiting";
  if (timer.what === "reminder") {
    return card && !isOver ? notTaken(turn, at, card.route) : silent(turn);
  }
  if (!card) return lostWords(turn, at);
  return isOver ? silent(turn) : notReached(turn, at, card.route, timer.unknown);
}

/** Nobody took it: the asker hears so once, and the next route gets it. */
function notTaken(turn: CaseTurn, at: HandedOver, name: string): Decision {
  const route = routeNamed(turn, name);
  const next = nextRoute(turn, at, route);
  const sent = cardsFor(turn, next ? [next] : []);
  if (at.handover.reminded && !next) return silent(turn);
  const cards = [...at.handover.cards, ...sent.map(asCard)];
  const reminded: HandedOver = {
    ...changed(turn, at, {}),
    handover: { ...at.handover, cards, reminded: true },
  };
  const writer = askerWriter(turn, reminded);
  const lines: Inline[][] = [
    [writer.say("handover.not-taken", { route: route?.title ?? name })],
    ...wayOut(turn, reminded, next, route),
  ];
  const told = at.handover.reminded
    ? []
    : [toAsker(turn, at, noteCard(writer, writer.say("handover.not-taken-title"), lines))];
  const decision = decided(turn, {
    kind: "handover",
    at: reminded,
    events: [event(turn, "handover.reminded", at, { route: name })],
    deliveries: [...told, ...freshStatus(turn, reminded)],
  });
  return calling(decision, turn, reminded, sent);
}

/** A route could not be reached: the truth, and another way. Nothing is said while another route has the case. */
function notReached(turn: CaseTurn, at: HandedOver, name: string, unknown: boolean): Decision {
  const route = routeNamed(turn, name);
  const others = at.handover.cards.filter((each) => each.route !== name);
  const next = others.length === 0 && !unknown ? nextRoute(turn, at, route) : undefined;
  const sent = cardsFor(turn, next ? [next] : []);
  const cards = [...others, ...sent.map(asCard)];
  const unreached = [...new Set([...(at.handover.unreached ?? []), name])];
  const handover = { ...at.handover, cards, unreached };
  const left: HandedOver = { ...changed(turn, at, {}), handover };
  const writer = askerWriter(turn, left);
  const key = unknown ? "handover.unsure" : "handover.not-reached";
  const lines: Inline[][] = [
    [writer.say(key, { route: route?.title ?? name })],
    ...wayOut(turn, left, next, route),
  ];
  const again = writer.button(
    unknown ? "handover.button.send-anyway" : "handover.button.try-again",
    "send-handover",
    { result: name },
    "primary",
  );
  const card = noteCard(writer, writer.say(`${key}-title`, { case: at.id }), lines, [again]);
  const deliveries = others.length > 0 ? [] : [toAsker(turn, at, card)];
  const decision = decided(turn, {
    kind: "handover",
    at: left,
    events: [event(turn, "handover.undelivered", at, { route: name, unknown: String(unknown) })],
    deliveries: [...deliveries, ...freshStatus(turn, left)],
  });
  return calling(decision, turn, left, sent);
}

/** Words between asker and agent that did not arrive: whoever wrote them is told. */
function lostWords(turn: CaseTurn, at: HandedOver): Decision {
  const { desk } = at.handover;
  const byAsker = addressKey(turn.message.address) === addressKey(at.address);
  const toWhom = byAsker ? askerWriter(turn, at) : agentWriter(turn, at);
  const text = toWhom.say("handover.lost-words");
  if (byAsker) {
    const deliveries = [toAsker(turn, at, noteCard(toWhom, text, []))];
    return decided(turn, { kind: "handover", deliveries });
  }
  if (!desk) return silent(turn);
  const deliveries = [toDesk(turn, desk, noteCard(toWhom, text, []))];
  return decided(turn, { kind: "handover", deliveries });
}

/** What the asker can do meanwhile: the next route has it, or a telephone number. */
function wayOut(
  turn: CaseTurn,
  at: HandedOver,
  next: Route | undefined,
  route: Route | undefined,
): Inline[][] {
  const { say } = askerWriter(turn, at);
  if (next) return [[say("handover.sent-on", { route: next.title })]];
  const telephone = route?.telephone ?? turn.env.knowledge.company.telephone;
  return telephone ? [[say("handover.call", { telephone })]] : [];
}

function nextRoute(turn: CaseTurn, at: HandedOver, route: Route | undefined): Route | undefined {
  const next = routeNamed(turn, route?.next);
  const isThere = at.handover.cards.some((each) => each.route === next?.name);
  return isThere ? undefined : next;
}

function routeNamed({ env }: CaseTurn, name: string | undefined): Route | undefined {
  return env.routes.find((each) => each.name === name);
}

function asCard({ route, id }: { route: Route; id: string }) {
  return { route: route.name, delivery: id };
}
