import { join } from "node:path";
import { loadCatalog } from "../codes/catalog.ts";
import type { Catalog } from "../codes/reading.ts";
import { assemble } from "./assemble.ts";
import { readCompany, readPlaceholders } from "./company.ts";
import { readDangers } from "./dangers.ts";
import { baseName, readEntries } from "./entries.ts";
import { KnowledgeError, type Problem } from "./error.ts";
import { readFolder } from "./folder.ts";
import type { Knowledge } from "./knowledge.ts";
import { byLanguage, LANGUAGES } from "./languages.ts";
import { readLocales } from "./locales.ts";
import { type Meanings, readMeanings } from "./meanings.ts";
import { filler } from "./placeholders.ts";
import { entryTrial, type Tried } from "./try-entry.ts";

/**
 * Where the knowledge lies: the built-in `folder`, a company's `extra` folder (KNOWLEDGE_DIR), the name table (that of
 * `folder`/codes when absent). `drafts` shows entries with status draft too, for an author's preview.
 */
export type KnowledgeSource = {
  folder: string;
  extra?: string;
  catalog?: Catalog;
  drafts?: boolean;
};

/**
 * The knowledge, what is not wrong enough to refuse it (translations that are older than their entry), and the check of an
 * entry that is being written.
 */
export type LoadedKnowledge = Knowledge & {
  warnings: readonly Problem[];
  tryEntry(text: string): Tried;
};

/**
 * Reads and checks everything Hexdesk knows: entries, translations, meanings, phrases, word lists, placeholders and a
 * company's additions. Throws KnowledgeError with every problem at once.
 */
export function loadKnowledge(source: KnowledgeSource): LoadedKnowledge {
  const { folder, extra } = source;
  const catalog = source.catalog ?? loadCatalog(join(folder, "codes"));
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const ids = new Set(
    readFolder(folder, "entries", ".yaml").files.map(({ name }) => baseName(name)),
  );
  const locales = readLocales(folder, ids, problems);
  const placeholders = readPlaceholders(folder, extra, problems);
  const company = readCompany(extra, placeholders, problems);
  const declared = new Set(placeholders.en.keys());
  const context = {
    catalog,
    words: locales.words,
    placeholders: declared,
    room: "built-in" as const,
  };
  const entries = readEntries(folder, extra, { context, problems, warnings });
  const dangers = readDangers(folder, ids, locales.words, problems);
  const meanings = byLanguage((): Meanings => new Map());
  for (const language of LANGUAGES) {
    const found = readFolder(folder, `meanings/${language}`, ".tsv");
    problems.push(...found.problems);
    for (const { name, bytes } of found.files) {
      const text = new TextDecoder().decode(bytes);
      problems.push(...readMeanings(name, text, catalog, meanings[language]));
    }
  }
  if (problems.length > 0) throw new KnowledgeError(problems);
  const drafts = source.drafts ?? false;
  const parts = { catalog, locales, placeholders, company, entries, dangers, meanings, drafts };
  const tryEntry = entryTrial(context, filler(company.placeholders));
  return { ...assemble(parts), warnings, tryEntry };
}
