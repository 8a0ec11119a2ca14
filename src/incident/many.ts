import { noteCard } from "../answers/notes.ts";
import { createWriter } from "../answers/writer.ts";
import { type Route, routesFor } from "../handover/routes.ts";
import type { Message, Timer } from "../message.ts";
import { addressKey, personOf } from "../message.ts";
import { ASKED } from "../record.ts";
import type { CaseEvent, StateStore } from "../state.ts";
import { timerMessage } from "../timer.ts";
import { type Decision, decided, entryIn, event, silent, type Turn } from "../turn.ts";

const WINDOW_MS = 900_000;
const ENOUGH_PEOPLE = 5;
const QUESTIONS = ["question", "answer.chosen"];
const NOTED = "many.noted";

/** Adds a message of the clock to a decision that makes it five people with the same entry within a quarter of an hour. */
export async function withMany(
  state: Pick<StateStore, "events">,
  message: Message,
  decision: Decision,
  now: number,
): Promise<Decision> {
  const asked = decision.commit.events.find(isAsked);
  const entry = asked?.detail.entry;
  if (!entry) return decision;
  const what = [...QUESTIONS, NOTED];
  const events = await state.events({ from: now - WINDOW_MS, what, entry });
  const people = peopleIn([...events.filter(isAsked), { ...asked, by: personOf(message) }]);
  if (people < ENOUGH_PEOPLE || events.some((each) => each.what === NOTED)) return decision;
  const { address, surface } = message;
  const id = `many-${entry}-${Math.floor(now / WINDOW_MS)}`;
  const timer = timerMessage({ what: "many", entry, people }, { id, at: now, address, surface });
  const { commit } = decision;
  return { ...decision, commit: { ...commit, timers: [...(commit.timers ?? []), timer] } };
}

/** Tells the helpdesk's channel for the entry's area that many ask about it, and how to declare an incident. */
export function noteMany(
  turn: Turn,
  { entry: id, people }: Extract<Timer, { what: "many" }>,
): Decision {
  const { env, message } = turn;
  const { area } = entryIn(turn, id, env.defaultLanguage) ?? {};
  const { platform } = message.address;
  const route = routesFor(env.routes, { area, platform }).find(isChannel);
  const noted = event(turn, NOTED, undefined, { entry: id, people: String(people) });
  if (!route) return { ...silent(turn), commit: { events: [noted], deliveries: [] } };
  const language = route.language ?? env.defaultLanguage;
  const { now, knowledge } = env;
  const writer = createWriter({ language, role: "helpdesk", surface: "channel", now, knowledge });
  const entry = entryIn(turn, id, language);
  const code = entry?.codes[0]?.value ?? id;
  const card = noteCard(writer, writer.say("many.title", { code }), [
    [writer.say("many.text", { n: people }), " ", { bold: entry?.title ?? id }],
    [writer.say("many.declare"), " ", { code: writer.say("many.words", { code }) }],
  ]);
  const to = { kind: "route", route: route.name } as const;
  return decided(
    { ...turn, language },
    {
      kind: "case",
      answers: [],
      events: [noted],
      deliveries: [{ id: env.id(), to, mode: "post", repeat: "safe", card }],
    },
  );
}

/** A new question that led to an entry; words in a running case are none. */
function isAsked({ what, detail }: CaseEvent): boolean {
  return QUESTIONS.includes(what) && ASKED.has(detail.kind ?? "") && detail.entry !== undefined;
}

/** A webhook gets cases only. */
function isChannel({ place }: Route): boolean {
  return place.platform !== "webhook";
}

function peopleIn(events: readonly CaseEvent[]): number {
  const keys = events.flatMap(({ by }) =>
    by ? [addressKey({ platform: by.platform, tenant: by.tenant, conversation: by.id })] : [],
  );
  return new Set(keys).size;
}
