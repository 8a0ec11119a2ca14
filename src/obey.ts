import { noteCard } from "./answers/notes.ts";
import { reportCard } from "./answers/report.ts";
import type { Command } from "./command.ts";
import { declareIncident, endIncident, listIncidents } from "./incident/incident-command.ts";
import { periodOf, reportOf } from "./report.ts";
import { type Decision, decided, post, type Turn, whisper, writerFor } from "./turn.ts";

/** Carries out what somebody of the helpdesk asks for beside errors; others are refused in private. */
export function obey(turn: Turn, command: Command): Decision {
  const writer = writerFor(turn, undefined);
  if (turn.message.from.role === "user") {
    const card = noteCard(writer, writer.say("refused.title"), [[writer.say("refused.text")]]);
    return decided(turn, { kind: "help", answers: [], deliveries: [whisper(turn, card)] });
  }
  switch (command.do) {
    case "declare":
      return declareIncident(turn, command);
    case "end":
      return endIncident(turn, command);
    case "incidents":
      return listIncidents(turn);
    case "report": {
      const { thread: _, ...place } = turn.message.address;
      const own = turn.env.past.filter(
        ({ by }) => !by || by.platform !== place.platform || by.tenant === place.tenant,
      );
      const report = reportOf(own, periodOf(command.period, turn.env.now));
      const isSlash = turn.message.surface === "slash";
      const card = reportCard(writer, report, command.period);
      const delivery = post(turn, card, isSlash ? { to: { kind: "address", address: place } } : {});
      return decided(turn, { kind: "case", answers: [], deliveries: [delivery] });
    }
    default:
      return command satisfies never;
  }
}
