import { noteCard } from "../answers/notes.ts";
import type { Timer } from "../message.ts";
import {
  changed,
  type Decision,
  decided,
  event,
  post,
  silent,
  type Turn,
  writerFor,
} from "../turn.ts";

/** Tells the owner of a case that was attached to an incident that it is over, and asks whether the problem is gone. */
export function incidentOver(
  turn: Turn,
  { incident, sentence }: Extract<Timer, { what: "incident-over" }>,
): Decision {
  const { at } = turn;
  if (!at || at.incident !== incident) return silent(turn);
  const { incident: _, ...free } = at;
  const asks = at.status === "open" && at.position.at === "none";
  const next = changed(turn, free, asks && at.entry ? { position: { at: "verify" } } : {});
  const writer = writerFor(turn, next);
  const about = at.entry ? { entry: at.entry } : {};
  const card = noteCard(
    writer,
    writer.say("incident.over-title"),
    [
      [writer.say("incident.over-text"), " ", sentence],
      ...(asks ? [[{ bold: writer.say("verify.question") }]] : []),
    ],
    asks
      ? [
          writer.button("button.gone", "resolved", about, "primary"),
          ...(at.entry ? [writer.button("button.still-there", "unresolved", about)] : []),
          writer.button("button.person", "person", about, "quiet"),
        ]
      : [],
  );
  const delivery = post(turn, card, { to: { kind: "address", address: at.address } });
  return decided(turn, {
    kind: "case",
    at: asks ? { ...next, card: delivery.id } : next,
    events: [event(turn, "incident.told", at, { incident })],
    deliveries: [delivery],
  });
}
