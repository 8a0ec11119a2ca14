import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CodeAnswer } from "../src/answered.ts";
import { inlineText } from "../src/card.ts";
import type { Hit, Knowledge } from "../src/knowledge/knowledge.ts";
import { type Meanings, readMeanings } from "../src/knowledge/meanings.ts";
import type { Language } from "../src/language.ts";

/** What every engine searches: a text, and the codes that it stands for. */
export type Document = { id: number; text: string; codes: CodeAnswer[] };

/** The texts of all entries and meanings in one language, those without a translation in English. */
export function documentsIn(knowledge: Knowledge, folder: string, language: Language): Document[] {
  const english = meaningsIn(knowledge, folder, "en");
  const meanings = new Map([...english, ...meaningsIn(knowledge, folder, language)]);
  const entries = knowledge.entryIds.flatMap((id) => knowledge.entry(id, language) ?? []);
  const texts = [
    ...entries.map((entry) => ({
      text: [
        entry.title,
        ...entry.aliases.names,
        ...entry.aliases.phrases,
        ...entry.questions,
        inlineText(entry.summary),
      ].join(". "),
      codes: codesOf({ entry: entry.id }, knowledge),
    })),
    ...[...meanings.values()].map((meaning) => ({
      text: [meaning.meaning, ...meaning.phrases, meaning.symbol.replaceAll("_", " ")].join(". "),
      codes: codesOf({ meaning }, knowledge),
    })),
  ];
  return texts.map((one, id) => ({ id, ...one }));
}

/** The codes that a found document stands for. */
export function codesOf(hit: Hit, knowledge: Knowledge): CodeAnswer[] {
  const all =
    hit.entry === undefined ? [hit.meaning] : (knowledge.entry(hit.entry, "en")?.codes ?? []);
  return all.map(({ value, family }) => ({
    code: `0x${Number(value).toString(16).toUpperCase().padStart(8, "0")}`,
    symbol: null,
    family,
    entry: null,
  }));
}

function meaningsIn(knowledge: Knowledge, folder: string, language: Language): Meanings {
  const into: Meanings = new Map();
  const room = join(folder, "meanings", language);
  for (const name of readdirSync(room))
    readMeanings(name, readFileSync(join(room, name), "utf8"), knowledge.catalog, into);
  return into;
}
