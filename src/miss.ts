import { type Asked, respond } from "./answer.ts";
import { placeNote } from "./answers/files.ts";
import { helpCard, notFoundCard, warningCard } from "./answers/notes.ts";
import { unknownCodeCard } from "./answers/unknown-code.ts";
import { hasSubject } from "./case.ts";
import type { FoundCode } from "./codes/reading.ts";
import type { Myth } from "./knowledge/entry.ts";
import { safeText } from "./safe-text.ts";
import { type Decision, entryById, event, openCase, silent, type Turn, writerFor } from "./turn.ts";

const GAP_TEXT = 300;

/** Answers a well-formed code that no table knows: no cause claimed; counted as a knowledge gap. */
export function missCode(turn: Turn, code: FoundCode, more: number, asked: Asked): Decision {
  const hex =
    code.value === null ? null : `0x${code.value.toString(16).toUpperCase().padStart(8, "0")}`;
  const shown = hex ?? turn.env.redact(code.text.slice(0, 60)).text;
  return respond(turn, asked, {
    kind: "unknown-code",
    answers: [{ code: hex, symbol: null, family: null, entry: null }],
    at: openCase(turn, { codes: [shown] }),
    events: [event(turn, "gap.unknown-code", undefined, gap(turn, { code: shown }))],
    card: (at) => unknownCodeCard(writerFor(turn, at), code, more, turn.env.knowledge.catalog),
    notes: placeNote(writerFor(turn), code),
  });
}

/**
 * Says that nothing fits a description; counted as a knowledge gap. The words are kept as a case without a subject, for the
 * person who may be asked next. `reason` is the phrase key of why nothing was looked for. Silent when nobody asked.
 */
export function missSymptom(turn: Turn, asked: Asked, reason?: string): Decision {
  if (!turn.message.addressed) return silent(turn);
  return respond(turn, asked, {
    kind: "not-found",
    ...(turn.at ? {} : { answers: [] }),
    ...(hasSubject(turn.at) ? {} : { at: openCase(turn, {}) }),
    events: [event(turn, "gap.not-found", undefined, gap(turn, {}))],
    card: (at) => notFoundCard(writerFor(turn, at), reason),
  });
}

/** Warns somebody who pasted advice that does harm. Silent when nobody asked. */
export function warn(turn: Turn, dangers: { entry: string; myth: Myth }[], asked: Asked): Decision {
  if (!turn.message.addressed) return silent(turn);
  const entry = entryById(turn, dangers[0]?.entry);
  return respond(turn, asked, {
    kind: "warning",
    answers: [],
    card: (at) =>
      warningCard(
        writerFor(turn, at),
        dangers.map(({ myth }) => myth),
        entry,
      ),
  });
}

/** Says what to send so that the bot can help; `reason` is a phrase key of why it could not. */
export function help(turn: Turn, reason?: string): Decision {
  return respond(
    turn,
    {},
    {
      kind: "help",
      answers: [],
      card: (at) => {
        const writer = writerFor(turn, at);
        return helpCard(writer, reason ? writer.say(reason) : undefined);
      },
    },
  );
}

/** What is kept of a question that could not be answered. */
function gap(turn: Turn, detail: Record<string, string>): Record<string, string> {
  return { ...detail, language: turn.language, text: safeText(turn, GAP_TEXT) };
}
