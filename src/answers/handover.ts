import type { Block, Card, Inline } from "../card.ts";
import type { Case, Handover } from "../case.ts";
import { opensAt } from "../handover/hours.ts";
import type { Route } from "../handover/routes.ts";
import type { Entry } from "../knowledge/entry.ts";
import { attach, codesRow, heading, noteList, quote, text, tried } from "./case-blocks.ts";
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
  { name, how, about }: { name: string; how: Block[]; about: { entry?: string } },
): Card {
  return {
    title: writer.say("handover.solved", { name }),
    blocks: [...how, text([{ bold: writer.say("verify.question") }])],
    buttons: [
      writer.button("button.gone", "resolved", about, "primary"),
      writer.button("button.still-there", "unresolved", about),
    ],
    language: writer.language,
  };
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

function reason(writer: Writer, entry: Entry): Block[] {
  const when: Inline[] = [{ bold: writer.say("handover.when") }, " ", ...entry.escalate.when];
  return [text(when), ...attach(writer, entry)];
}
