import { readCodes } from "../src/codes/read.ts";
import type { Knowledge } from "../src/knowledge/knowledge.ts";
import type { Language } from "../src/language.ts";

/** A question of an entry that finds something else first, or nothing. */
export type LostQuestion = { id: string; language: Language; question: string; found?: string };

/** The questions of all entries that do not find their own entry first. */
export function lostQuestions(knowledge: Knowledge): LostQuestion[] {
  return knowledge.entryIds.flatMap((id) =>
    knowledge.languages.flatMap((language) =>
      (knowledge.entry(id, language)?.questions ?? []).flatMap((question) => {
        const found = firstFound(knowledge, question, language);
        return found === id ? [] : [{ id, language, question, ...(found ? { found } : {}) }];
      }),
    ),
  );
}

/** The entry of the first code that the question holds, else the first hit of the search. */
function firstFound(
  knowledge: Knowledge,
  question: string,
  language: Language,
): string | undefined {
  for (const code of readCodes(question, knowledge.catalog).codes) {
    const reading = code.readings[0];
    const entry = reading && knowledge.entryFor(reading);
    if (entry) return entry;
  }
  const [hit] = knowledge.search(question, language).hits;
  return hit?.entry ?? hit?.meaning?.symbol;
}
