import { noteCard } from "../answers/notes.ts";
import type { Inline } from "../card.ts";
import { readCodes } from "../codes/read.ts";
import type { Command } from "../command.ts";
import { type Message, personOf } from "../message.ts";
import type { Incident } from "../state.ts";
import { timerMessage } from "../timer.ts";
import {
  type Decision,
  decided,
  entryById,
  event,
  post,
  type Turn,
  whisper,
  writerFor,
} from "../turn.ts";
import { incidentFor, incidentsHere } from "./incident.ts";

const NEWEST = 10;

/** Declares a disturbance: its sentence stands above the answers about a code or an entry until it is ended. */
export function declareIncident(
  turn: Turn,
  { about, sentence: said }: Extract<Command, { do: "declare" }>,
): Decision {
  const { env, message } = turn;
  const sentence = withoutSecrets(turn, said);
  const subject = subjectOf(turn, about);
  if (!subject) return say(turn, "incident.unclear-title", [[phrase(turn, "incident.unclear")]]);
  const open = incidentFor(turn, subject);
  const by = { ...personOf(message), ...(message.from.name ? { name: message.from.name } : {}) };
  const id = open?.id ?? env.newIncidentId;
  const incident: Incident = { id, ...subject, sentence, by, at: open?.at ?? env.now };
  const lines: Inline[][] = [
    [{ bold: sentence }],
    [phrase(turn, "incident.open-text", { about: nameOf(turn, incident) })],
    [
      phrase(turn, "incident.how-to-end"),
      " ",
      { code: phrase(turn, "incident.end-command", { id }) },
    ],
  ];
  const { deliveries } = say(turn, "incident.open-title", lines, { id }).commit;
  const happened = event(turn, "incident.declared", undefined, {
    incident: id,
    ...(subject.entry ? { entry: subject.entry } : {}),
  });
  const decision = decided(turn, { kind: "case", answers: [], events: [happened], deliveries });
  return { ...decision, commit: { ...decision.commit, incident } };
}

/** Ends an incident; every case that is attached to it hears so, each by a message of its own. */
export function endIncident(
  turn: Turn,
  { incident: id }: Extract<Command, { do: "end" }>,
): Decision {
  const { env } = turn;
  const open = incidentsHere(turn).find((incident) => incident.id === id);
  if (!open)
    return say(turn, "incident.unknown-title", [[phrase(turn, "incident.unknown", { id })]]);
  const timers = env.attached.map((at): Message => {
    const timer = {
      what: "incident-over",
      case: at.id,
      incident: id,
      sentence: open.sentence,
    } as const;
    const { address } = at;
    return timerMessage(timer, {
      id: `over-${id}-${at.id}`,
      at: env.now,
      address,
      surface: "channel",
    });
  });
  const lines = [[{ bold: open.sentence }], [phrase(turn, "incident.told", { n: timers.length })]];
  const { deliveries } = say(turn, "incident.ended-title", lines, { id }).commit;
  const happened = event(turn, "incident.ended", undefined, { incident: id });
  const decision = decided(turn, { kind: "case", answers: [], events: [happened], deliveries });
  return {
    ...decision,
    commit: { ...decision.commit, timers, incident: { ...open, endedAt: env.now } },
  };
}

/** Lists the incidents that have not ended. */
export function listIncidents(turn: Turn): Decision {
  const lines = incidentsHere(turn)
    .slice(-NEWEST)
    .map((incident): Inline[] => [
      { code: incident.id },
      ` · ${nameOf(turn, incident)}: `,
      { bold: incident.sentence },
      incident.by.name ? ` (${incident.by.name})` : "",
    ]);
  return say(
    turn,
    "incident.list-title",
    lines.length > 0 ? lines : [[phrase(turn, "incident.none")]],
  );
}

/** What a code, a name or an entry's id stands for; undefined when it is none of them. */
function subjectOf(turn: Turn, about: string): Pick<Incident, "entry" | "codes"> | undefined {
  const { knowledge } = turn.env;
  const entry = entryById(turn, about) ?? entryById(turn, about.toLowerCase());
  if (entry) return { entry: entry.id, codes: entry.codes.slice(0, 5).map(({ value }) => value) };
  const [found] = readCodes(about, knowledge.catalog, { bare: true }).codes;
  const [reading] = found?.readings ?? [];
  if (!reading) return undefined;
  const known = knowledge.entryFor(reading);
  return { ...(known ? { entry: known } : {}), codes: [reading.code] };
}

function nameOf(turn: Turn, { entry, codes }: Incident): string {
  return [codes[0], entryById(turn, entry)?.title].filter(Boolean).join(" · ");
}

/** The sentence as it was said, addresses and names too, because it is meant for everybody; but never a secret. */
function withoutSecrets({ env }: Turn, said: string): string {
  const { text, found } = env.redact(said);
  return found.some(({ secret }) => secret) ? text : said;
}

function phrase(turn: Turn, key: string, params?: Record<string, string | number>): string {
  return writerFor(turn).say(key, params);
}

function say(
  turn: Turn,
  title: string,
  lines: Inline[][],
  params?: Record<string, string | number>,
): Decision {
  const writer = writerFor(turn, undefined);
  const card = noteCard(writer, writer.say(title, params), lines);
  const isPrivate = turn.message.surface === "slash";
  const delivery = isPrivate ? whisper(turn, card) : post(turn, card);
  return decided(turn, { kind: "case", answers: [], deliveries: [delivery] });
}
