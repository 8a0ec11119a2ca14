import { callNobodyCard, previewCard } from "../answers/handover.ts";
import { noteCard } from "../answers/notes.ts";
import { stepCard } from "../answers/step.ts";
import type { Case, Position } from "../case.ts";
import { safeText } from "../safe-text.ts";
import { show } from "../show.ts";
import type { CaseEvent } from "../state.ts";
import { type CaseTurn, changed, type Decision, decided, event, post, writerFor } from "../turn.ts";
import { type Route, routesFor } from "./routes.ts";

const LONGEST_NOTE = 500;

/**
 * Leads a case to a person. Where routes are configured the asker first sees what would be sent; elsewhere nobody is
 * called, and the card says what to show to whom.
 */
export function handOver(turn: CaseTurn, happened: CaseEvent[] = []): Decision {
  return routesOf(turn).length > 0 ? preview(turn, happened) : callNobody(turn, happened);
}

/** The routes that get this turn's case. */
export function routesOf({ at, entry, env }: CaseTurn): Route[] {
  return routesFor(env.routes, { area: entry?.area, platform: at.address.platform });
}

/** The preview with what the asker wrote to add to it. */
export function addToPreview(turn: CaseTurn): Decision {
  const note = safeText(turn, LONGEST_NOTE);
  return preview(turn, [], note === "" ? undefined : note);
}

/** The asker does not want a person now: back to the step where the case stood. */
export function notNow(turn: CaseTurn): Decision {
  const { at, entry } = turn;
  const back = at.position.at === "handover" ? at.position.back : undefined;
  const next = changed(turn, at, { position: back ? { at: "step", ...back } : { at: "none" } });
  const writer = writerFor(turn, next);
  if (entry && back) return show(turn, next, stepCard(writer, entry, next), { kind: "step" });
  const card = noteCard(
    writer,
    writer.say("handover.not-now"),
    [],
    [writer.button("button.person", "person", {})],
  );
  return show(turn, next, card, { kind: "case" });
}

function preview(turn: CaseTurn, happened: CaseEvent[], added?: string): Decision {
  const { at, entry } = turn;
  const note = added ?? (at.position.at === "handover" ? at.position.note : undefined);
  const back = backOf(at.position);
  const position: Position = {
    at: "handover",
    ...(back ? { back } : {}),
    ...(note ? { note } : {}),
  };
  const next = changed(turn, at, { position, status: "open" });
  const card = (of: Case) =>
    previewCard(writerFor(turn, of), { entry, at: of, routes: routesOf(turn) });
  if (!isPrivate(turn)) return show(turn, next, card(next), { kind: "handover", events: happened });
  const { thread: _, ...place } = at.address;
  const moved = { ...next, address: { ...place, thread: `pending:${at.id}` } };
  const writer = { ...turn, message: { ...turn.message, surface: "dm" as const } };
  const delivery = post(
    turn,
    previewCard(writerFor(writer, moved), { entry, at: moved, routes: routesOf(turn) }),
    { to: { kind: "dm" }, opens: at.id },
  );
  return decided(turn, {
    kind: "handover",
    at: { ...moved, card: delivery.id },
    events: happened,
    deliveries: [delivery],
  });
}

/** Where a private answer stands no case can be followed: it moves into a conversation with the asker. */
function isPrivate({ message, at }: CaseTurn): boolean {
  return message.surface === "slash" && message.address.thread === undefined && at.version === 0;
}

function backOf(position: Position) {
  if (position.at === "handover") return position.back;
  return position.at === "step" ? { step: position.step, cause: position.cause } : undefined;
}

function callNobody(turn: CaseTurn, happened: CaseEvent[]): Decision {
  const at = changed(turn, turn.at, { status: "handed-over", position: { at: "none" } });
  const card = callNobodyCard(writerFor(turn, at), turn.entry, at);
  const events = [...happened, event(turn, "case.handed-over", turn.at)];
  return show(turn, at, card, { kind: "handover", events });
}
