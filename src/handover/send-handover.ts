import type { Handover } from "../case.ts";
import type { Message } from "../message.ts";
import { show } from "../show.ts";
import { timerMessage } from "../timer.ts";
import { type CaseTurn, changed, type Decision, event, type Turn, writerFor } from "../turn.ts";
import { type HandedOver, newCard, statusNow } from "./desk.ts";
import { handOver, routesOf } from "./handover.ts";
import { opensAt } from "./hours.ts";
import type { Route } from "./routes.ts";

/** The asker agreed to the preview: the case goes to every route of its area, and the asker is told to whom and when. */
export function sendHandover(turn: CaseTurn): Decision {
  const { at, env } = turn;
  const routes = routesOf(turn);
  if (routes.length === 0) return handOver(turn);
  const sent = cardsFor(turn, routes);
  const { position } = at;
  const link = env.linkTo(at.address);
  const handover: Handover = {
    at: env.now,
    status: "waiting",
    cards: sent.map(({ route, id }) => ({ route: route.name, delivery: id })),
    notes: position.at === "handover" && position.note ? [position.note] : [],
    ...(position.at === "handover" && position.back ? { step: position.back.step } : {}),
    ...(link ? { link } : {}),
  };
  const next: HandedOver = {
    ...changed(turn, at, { status: "handed-over", position: { at: "none" } }),
    handover,
  };
  const card = statusNow(turn, next, writerFor(turn, next));
  const names = routes.map(({ name }) => name).join(",");
  const events = [event(turn, "case.handed-over", at, { routes: names })];
  return calling(show(turn, next, card, { kind: "handover", events }), turn, next, sent);
}

/** A new card for each route, under a fresh delivery id. */
export function cardsFor(turn: Turn, routes: readonly Route[]): { route: Route; id: string }[] {
  return routes.map((route) => ({ route, id: turn.env.id() }));
}

/** A decision that also posts cards on routes, each with its reminder. */
export function calling(
  decision: Decision,
  turn: Turn,
  at: HandedOver,
  sent: readonly { route: Route; id: string }[],
): Decision {
  const { commit } = decision;
  return {
    ...decision,
    commit: {
      ...commit,
      deliveries: [
        ...commit.deliveries,
        ...sent.map(({ route, id }) => newCard(turn, at, route, id)),
      ],
      timers: sent.flatMap(({ route, id }) => reminder(turn, at, route, id)),
    },
  };
}

/** Comes when nobody took the case in time; the time a route is closed does not count. */
function reminder({ env, message }: Turn, at: HandedOver, route: Route, id: string): Message[] {
  if (route.remindAfter === undefined) return [];
  const opens = opensAt(route.hours, env.now) ?? env.now;
  const timer = { what: "reminder", case: at.id, delivery: id } as const;
  const { address } = at;
  const { surface } = message;
  return [
    timerMessage(timer, { id: `reminder-${id}`, at: opens + route.remindAfter, address, surface }),
  ];
}
