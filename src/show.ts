import { noteCard } from "./answers/notes.ts";
import type { Card, Delivery } from "./card.ts";
import type { Case } from "./case.ts";
import {
  type CaseTurn,
  type Decision,
  decided,
  entryAnswer,
  post,
  type Said,
  writerFor,
} from "./turn.ts";

/** Posts or updates the case's card: a click edits it in place, typed words freeze the old card and post a new one. */
export function show(
  turn: CaseTurn,
  at: Case,
  card: Card,
  said: Omit<Said, "deliveries" | "at">,
): Decision {
  const clicked = turn.message.action !== undefined;
  if (clicked && turn.at.card) {
    const delivery = post(turn, card, { mode: { update: turn.at.card } });
    return decided(turn, {
      ...answersOf(turn),
      ...said,
      at: { ...at, card: turn.at.card },
      deliveries: [delivery],
    });
  }
  const delivery = post(turn, card);
  const deliveries: Delivery[] = turn.at.card
    ? [post(turn, frozen(turn, at), { mode: { update: turn.at.card } }), delivery]
    : [delivery];
  return decided(turn, {
    ...answersOf(turn),
    ...said,
    at: { ...at, card: delivery.id },
    deliveries,
  });
}

/** What a card becomes when its question was answered in words: one line, no buttons. */
function frozen(turn: CaseTurn, at: Case): Card {
  const writer = writerFor(turn);
  const { position } = turn.at;
  const asked = position.at === "step" ? position.step : undefined;
  const last = at.tried.findLast((tried) => tried.step === asked);
  const step = last && turn.entry?.steps[last.step];
  const result = step?.results.find((r) => r.id === last?.result)?.title;
  const title = turn.entry?.title ?? at.id;
  const line = step
    ? `${step.title}: ${result ?? writer.say(`tried.${last?.result}`)}`
    : writer.say("frozen.text");
  return noteCard(writer, [at.codes[0], title].filter(Boolean).join(" · "), [[line]]);
}

function answersOf({ entry }: CaseTurn): Pick<Said, "answers"> {
  return entry ? { answers: [entryAnswer(entry)] } : {};
}
