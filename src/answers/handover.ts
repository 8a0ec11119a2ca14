import type { Block, Button, Card, Inline } from "../card.ts";
import type { Case, Handover } from "../case.ts";
import { opensAt } from "../hours.ts";
import type { Entry } from "../knowledge/entry.ts";
import { LANGUAGE_NAMES } from "../knowledge/languages.ts";
import type { Route } from "../routes.ts";
import { progress, stepBlocks } from "./step.ts";
import type { Writer } from "./writer.ts";

type About = { at: Case; entry: Entry | undefined; routes: readonly Route[] };
type Held = Case & { handover: Handover };

/** Nobody is called: what to show to the helpdesk, and how to reach it where the company says so. */
export function callNobodyCard(writer: Writer, entry: Entry | undefined, at: Case): Card {
  const { say } = writer;
  const isBare = !entry && at.codes.length === 0;
  const { portal, telephone } = writer.knowledge.company;
  return {
    title: say("handover.title", { case: at.id }),
    blocks: [
      text([say(isBare ? "handover.bare" : "handover.text")]),
      ...(telephone ? [text([say("handover.call", { telephone })])] : []),
      ...codesRow(writer, at),
      ...tried(writer, entry, at),
      ...(entry ? reason(writer, entry) : []),
    ],
    buttons: [
      ...(portal
        ? [{ label: say("handover.button.portal"), style: "primary" as const, url: portal }]
        : []),
      writer.button("button.resolved", "resolved", entry ? { entry: entry.id } : {}, "quiet"),
    ],
    language: writer.language,
  };
}

/** What would be sent to whom, before it is: the asker decides. */
export function previewCard(writer: Writer, { at, entry, routes }: About): Card {
  const { say } = writer;
  const note = at.position.at === "handover" ? at.position.note : undefined;
  return {
    title: say("handover.preview"),
    blocks: [
      { type: "facts", rows: routes.map((route) => routeRow(writer, route)) },
      heading(writer, "handover.sent-is"),
      ...quote(writer, at.question),
      ...(note ? [text([{ bold: say("handover.added-is") }, " ", note])] : []),
      ...codesRow(writer, at),
      ...tried(writer, entry, at),
      ...(at.question || note ? [] : [text([say("handover.no-words")])]),
      ...(entry ? attach(writer, entry) : []),
      { type: "text", quiet: true, inlines: [say("handover.add")] },
    ],
    buttons: [
      writer.button("handover.button.send", "send-handover", {}, "primary"),
      writer.button("handover.button.not-now", "not-now", {}),
    ],
    language: writer.language,
  };
}

/** Where a case that was handed over stands, for its asker. */
export function statusCard(writer: Writer, { at, entry, routes }: About & { at: Held }): Card {
  const { say } = writer;
  const { agent, status, notes } = at.handover;
  const name = agent?.name ?? say("handover.agent");
  const key = { waiting: "handover.waiting", taken: "handover.has-it", done: "handover.done" }[
    status
  ];
  return {
    title: say("handover.status", { case: at.id }),
    blocks: [
      text([{ bold: say(key, { name }) }]),
      ...(status === "waiting"
        ? [{ type: "facts" as const, rows: routes.map((route) => routeRow(writer, route)) }]
        : []),
      ...quote(writer, at.question),
      ...noteList(writer, notes),
      ...tried(writer, entry, at),
      ...(status === "waiting" && entry ? attach(writer, entry) : []),
      { type: "text", quiet: true, inlines: [say("handover.write-here")] },
    ],
    buttons: [
      writer.button("button.resolved", "resolved", entry ? { entry: entry.id } : {}, "quiet"),
    ],
    language: writer.language,
  };
}

/** The agent says that it is solved: what was done, and whether the asker sees the same. */
export function verdictCard(
  writer: Writer,
  { name, line, about }: { name: string; line: string | undefined; about: { entry?: string } },
): Card {
  return {
    title: writer.say("handover.solved", { name }),
    blocks: [...(line ? [text([line])] : []), text([{ bold: writer.say("verify.question") }])],
    buttons: [
      writer.button("button.gone", "resolved", about, "primary"),
      writer.button("button.still-there", "unresolved", about),
    ],
    language: writer.language,
  };
}

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

/** Who gets it, and whether somebody is there now. */
function routeRow(writer: Writer, { title, hours, telephone }: Route) {
  const { say, now } = writer;
  const opens = opensAt(hours, now);
  const open = hours ? say("handover.open") : say("handover.sent-there");
  const when =
    opens === undefined || !hours
      ? open
      : say("handover.closed", { when: timeText(writer, opens, hours.zone) });
  const call = telephone && opens !== undefined ? ` ${say("handover.call", { telephone })}` : "";
  return { label: title, value: [`${when}${call}`] };
}

function timeText({ language }: Writer, at: number, zone: string): string {
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  });
  return `${format.format(at)} (${zone})`;
}

function quote({ say }: Writer, question: string | undefined): Block[] {
  if (!question) return [];
  if (question.includes("\n"))
    return [heading({ say }, "handover.question"), { type: "code", text: question }];
  return [text([{ bold: say("handover.question") }, ` “${question}”`])];
}

function noteList(writer: Writer, notes: readonly string[] = []): Block[] {
  if (notes.length === 0) return [];
  return [
    heading(writer, "handover.added-is"),
    { type: "list", ordered: false, items: notes.map((note) => [note]) },
  ];
}

function codesRow(writer: Writer, at: Case): Block[] {
  if (at.codes.length === 0) return [];
  const label = writer.say("handover.codes");
  return [{ type: "facts", rows: [{ label, value: [{ code: at.codes.join(", ") }] }] }];
}

function tried(writer: Writer, entry: Entry | undefined, at: Case): Block[] {
  if (!entry || at.tried.length === 0) return [];
  return [heading(writer, "handover.tried"), ...progress(writer, entry, at)];
}

function reason(writer: Writer, entry: Entry): Block[] {
  const when: Inline[] = [{ bold: writer.say("handover.when") }, " ", ...entry.escalate.when];
  return [text(when), ...attach(writer, entry)];
}

function attach(writer: Writer, entry: Entry, key = "handover.attach"): Block[] {
  if (entry.escalate.attach.length === 0) return [];
  return [heading(writer, key), { type: "list", ordered: false, items: entry.escalate.attach }];
}

function heading({ say }: Pick<Writer, "say">, key: string): Block {
  return text([{ bold: say(key) }]);
}

function text(inlines: Inline[]): Block {
  return { type: "text", inlines };
}
