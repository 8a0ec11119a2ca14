import { decodedCard } from "./answers/decoded.ts";
import { entryCard } from "./answers/entry.ts";
import { misnamedText } from "./answers/writer.ts";
import type { Block, Card, Inline } from "./card.ts";
import { type Case, firstPosition } from "./case.ts";
import type { FoundCode, Reading } from "./codes/reading.ts";
import type { Misnamed } from "./codes/settle.ts";
import { incidentFor } from "./incident/incident.ts";
import { readContext } from "./intent.ts";
import type { Entry, Myth } from "./knowledge/entry.ts";
import {
  codeAnswer,
  type Decision,
  decided,
  entryAnswer,
  entryById,
  openCase,
  post,
  type Said,
  type Turn,
  writerFor,
} from "./turn.ts";

/** How a question is answered beside its codes: lines to put first, a family that the asker chose, and where it goes. */
export type Asked = { preface?: Inline[]; family?: Reading["family"]; deliver?: typeof post };

/**
 * What an answer about one problem is made of. `codes` are forms of the same problem, best first; `told` is the one that
 * the asker described without naming it.
 */
export type About = {
  codes: FoundCode[];
  told?: Reading;
  asked: Asked;
  notes: Block[];
  misnamed?: Misnamed;
};

/** Answers with an entry and, where the surface can hold one, opens or turns the thread's case. */
export function answerEntry(turn: Turn, entry: Entry, about: About): Decision {
  const context = readContext(turn.message.text, entry);
  const found = about.codes[0];
  const reading = found?.readings[0] ?? about.told;
  const readings = about.codes.flatMap((code) => code.readings.slice(0, 1));
  const draft = openCase(turn, {
    codes: readings.map((r) => r.code),
    entry: entry.id,
    ...(context ? { context: context.context.id } : {}),
  });
  const waits = incidentFor(turn, { entry: entry.id, codes: readings.map((r) => r.code) });
  const next = firstPosition(entry, draft);
  const position = waits || next.at === "escalate" ? ({ at: "none" } as const) : next;
  const at: Case = { ...draft, position };
  const answers = readings.map((r) => codeAnswer(r, entry.id));
  return respond(turn, about.asked, {
    kind: "entry",
    answers: answers.length > 0 ? answers : [entryAnswer(entry, about.told)],
    alternatives: otherAnswers(turn, found),
    at,
    card: (kept) => ({
      ...entryCard(writerFor(turn, kept), {
        entry,
        at,
        myths: mythsFor(turn, entry),
        ...(found ? { found } : {}),
        ...(reading ? { reading } : {}),
        ...(context ? { seenIn: context.words } : {}),
        ...(waits ? { waits: true } : {}),
        ...(about.misnamed ? { misnamed: about.misnamed } : {}),
      }),
    }),
    notes: about.notes,
  });
}

/** Answers a code that has a name but no entry; `found` is absent when a description led to it. */
export function answerDecoded(
  turn: Turn,
  reading: Reading,
  about: Omit<About, "codes"> & { found?: FoundCode },
): Decision {
  const { found, misnamed } = about;
  const meaning = turn.env.knowledge.meaning(reading, turn.language);
  const sameEvent = entryById(turn, turn.env.knowledge.sameEvent(reading));
  return respond(turn, about.asked, {
    kind: "decoded",
    answers: [codeAnswer(reading, undefined)],
    alternatives: otherAnswers(turn, found),
    at: openCase(turn, { codes: [reading.code] }),
    card: (at) => {
      const writer = writerFor(turn, at);
      const corrected: Block[] = misnamed
        ? [{ type: "notice", level: "info", inlines: [misnamedText(writer, misnamed, reading)] }]
        : [];
      return decodedCard(writer, found, reading, meaning, corrected, sameEvent);
    },
    notes: about.notes,
  });
}

/**
 * Makes the decision of one card. The card's delivery becomes the case's current card; on a surface that holds no case
 * (slash command) none is kept.
 */
export function respond(
  turn: Turn,
  asked: Asked,
  said: Omit<Said, "deliveries"> & { card(at: Case | undefined): Card; notes?: Block[] },
): Decision {
  const { card, notes = [], at: opened, ...rest } = said;
  const at = turn.message.surface === "slash" ? undefined : opened;
  const body = card(at);
  const first: Block[] = asked.preface ? [{ type: "text", inlines: asked.preface }] : [];
  const delivery = (asked.deliver ?? post)(turn, {
    ...body,
    blocks: [...first, ...body.blocks, ...notes],
  });
  return decided(turn, {
    ...rest,
    deliveries: [delivery],
    ...(at ? { at: { ...at, card: delivery.id } } : {}),
  });
}

function mythsFor(turn: Turn, entry: Entry): Myth[] {
  const hits = turn.env.knowledge.mythsIn(turn.message.text, turn.language);
  return hits
    .filter((hit) => hit.entry === entry.id || hit.myth.danger)
    .map((hit) => entry.myths.find((own) => own.id === hit.myth.id) ?? hit.myth);
}

function otherAnswers(turn: Turn, found: FoundCode | undefined) {
  const others = found?.readings.slice(1) ?? [];
  return others.map((reading) => codeAnswer(reading, turn.env.knowledge.entryFor(reading)));
}
