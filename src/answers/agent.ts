import type { Block, Button, Card, Inline } from "../card.ts";
import type { Case, Handover } from "../case.ts";
import type { Route } from "../handover/routes.ts";
import type { Entry } from "../knowledge/entry.ts";
import { LANGUAGE_NAMES } from "../knowledge/languages.ts";
import { attach, heading, noteList, quote, text, tried } from "./case-blocks.ts";
import { stepBlocks } from "./step.ts";
import type { Writer } from "./writer.ts";

type Held = Case & { handover: Handover };

/** A case for the people who take it: everything they need to start where the asker stopped. */
export function agentCard(
  writer: Writer,
  { at, entry, route }: { at: Held; entry: Entry | undefined; route: Route },
): Card {
  const { say } = writer;
  const { handover } = at;
  const step = handover.step ? entry?.steps[handover.step] : undefined;
  const title = [at.id, at.codes[0], entry?.title].filter(Boolean).join(" · ");
  return {
    title,
    blocks: [
      text([{ bold: stateOf(writer, at) }]),
      ...quote(writer, at.question),
      ...noteList(writer, handover.notes),
      { type: "facts", rows: facts(writer, at, entry) },
      ...(handover.resolution
        ? [text([{ bold: say("desk.resolution") }, " ", handover.resolution])]
        : []),
      ...tried(writer, entry, at),
      ...(step
        ? [
            heading(writer, "desk.open-step"),
            ...stepBlocks(writer, step, at.tried.length + 1, true),
          ]
        : []),
      ...(entry && handover.status === "waiting" ? attach(writer, entry, "desk.attach") : []),
      ...footer(writer, at, route),
    ],
    buttons: agentButtons(writer, at),
    language: writer.language,
  };
}

function agentButtons(writer: Writer, at: Held): Button[] {
  const { status, saved } = at.handover;
  if (at.status === "resolved" || status === "done") {
    return saved || !at.handover.agent ? [] : [writer.button("desk.button.save", "save-entry", {})];
  }
  return [
    ...(status === "waiting" ? [writer.button("desk.button.take", "take", {}, "primary")] : []),
    writer.button("desk.button.ask-back", "ask-back", {}),
    writer.button("desk.button.resolve", "agent-resolve", {}),
  ];
}

function stateOf({ say }: Writer, at: Held): string {
  const { agent, status, saved } = at.handover;
  const name = agent?.name ?? say("desk.somebody");
  if (saved) return say("desk.state.saved", { path: saved });
  if (at.status === "resolved")
    return say(agent ? "desk.state.closed" : "desk.state.closed-alone", { name });
  return say(`desk.state.${status}`, { name });
}

function facts(writer: Writer, at: Held, entry: Entry | undefined) {
  const { say } = writer;
  const context = entry?.contexts.find(({ id }) => id === at.context)?.title;
  const row = (key: string, value: Inline[]) => ({ label: say(key), value });
  return [
    row("desk.from", [at.owner.name ?? say("desk.asker")]),
    ...(at.codes.length > 0 ? [row("handover.codes", [{ code: at.codes.join(", ") }])] : []),
    ...(entry ? [row("desk.problem", [entry.title])] : []),
    ...(context ? [row("desk.context", [context])] : []),
    ...(at.language === writer.language
      ? []
      : [row("desk.language", [LANGUAGE_NAMES[at.language]])]),
    ...(at.handover.link
      ? [row("desk.thread", [{ link: say("desk.open-thread"), url: at.handover.link }])]
      : []),
  ];
}

function footer(writer: Writer, at: Held, route: Route): Block[] {
  if (at.status === "resolved" || route.place.platform === "webhook") return [];
  const asker = at.owner.name ?? writer.say("desk.asker");
  const { platform } = route.place;
  const named =
    platform === "teams" || platform === "slack" ? `desk.write-${platform}` : "desk.write";
  return [{ type: "text", quiet: true, inlines: [writer.say(named, { asker })] }];
}
