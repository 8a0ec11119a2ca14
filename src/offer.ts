import { type Asked, respond } from "./answer.ts";
import type { CodeAnswer } from "./answered.ts";
import { type Candidate, choicesCard } from "./answers/choices.ts";
import { type KnownCode, severalCard } from "./answers/several.ts";
import type { Block } from "./card.ts";
import type { FoundCode, Reading } from "./codes/reading.ts";
import type { Entry } from "./knowledge/entry.ts";
import {
  codeAnswer,
  type Decision,
  entryAnswer,
  entryById,
  entryOf,
  openCase,
  type Turn,
  writerFor,
} from "./turn.ts";

/** Offers the problems that a description fits, as buttons. */
export function offerCandidates(turn: Turn, candidates: Candidate[], asked: Asked): Decision {
  return respond(turn, asked, {
    kind: "choices",
    answers: candidates.map(candidateAnswer),
    at: openCase(turn, { position: { at: "choice" } }),
    card: (at) => {
      const writer = writerFor(turn, at);
      return choicesCard(writer, writer.say("choices.symptom"), candidates);
    },
  });
}

/** Offers the readings of one ambiguous number, as buttons. */
export function offerReadings(turn: Turn, code: FoundCode, asked: Asked): Decision {
  const candidates = code.readings.slice(0, 3).map((reading): Candidate => {
    const entry = entryById(turn, turn.env.knowledge.entryFor(reading));
    return entry ? { reading, entry } : { reading };
  });
  return respond(turn, asked, {
    kind: "choices",
    answers: candidates.map(candidateAnswer),
    at: openCase(turn, {
      position: { at: "choice" },
      codes: code.readings.slice(0, 1).map((reading) => reading.code),
    }),
    card: (at) => {
      const writer = writerFor(turn, at);
      const key = candidates.length > 1 ? "choices.reading" : "choices.only";
      const question = writer.say(key, { code: code.text.slice(0, 40) });
      return choicesCard(writer, question, candidates);
    },
  });
}

/** Offers several codes of one message, a line each. */
export function offerSeveral(
  turn: Turn,
  codes: FoundCode[],
  more: number,
  notes: Block[],
  asked: Asked,
): Decision {
  const rows = codes.flatMap((found): KnownCode[] => {
    const reading = found.readings[0];
    if (!reading) return [];
    return [{ reading, found, line: lineOf(turn, reading, entryOf(turn, found)) }];
  });
  return respond(turn, asked, {
    kind: "several",
    answers: rows.map(({ reading, found }) => codeAnswer(reading, entryOf(turn, found)?.id)),
    at: openCase(turn, {
      position: { at: "choice" },
      codes: rows.map((row) => row.reading.code).slice(0, 20),
    }),
    card: (at) => severalCard(writerFor(turn, at), rows, more, notes),
  });
}

function lineOf(turn: Turn, reading: Reading, entry: Entry | undefined): string {
  const { say } = writerFor(turn);
  const { symbol, family, why } = reading;
  const told = entry?.title ?? turn.env.knowledge.meaning(reading, turn.language)?.meaning;
  return told ?? (symbol ? say(`family.${family}`) : say(`why.${why.id}`, why.params));
}

function candidateAnswer(candidate: Candidate): CodeAnswer {
  if (candidate.reading) return codeAnswer(candidate.reading, candidate.entry?.id);
  return entryAnswer(candidate.entry, candidate.told);
}
