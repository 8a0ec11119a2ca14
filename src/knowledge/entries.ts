import type { Catalog } from "../codes/reading.ts";
import type { Language } from "../language.ts";
import { keyOfCode } from "./code-key.ts";
import { readCompanyEntries } from "./company-entries.ts";
import { check } from "./complaint.ts";
import type { Problem } from "./error.ts";
import { type KnowledgeFile, readFolder } from "./folder.ts";
import { LANGUAGES } from "./languages.ts";
import type { Fault } from "./lint/fault.ts";
import { type LintContext, lintEntry } from "./lint.ts";
import type { Overlay } from "./overlay.ts";
import { proseOf } from "./prose-tree.ts";
import { ENTRY_ID, entrySchema, type RawEntry } from "./schema.ts";
import { readOverlay } from "./translation.ts";
import { type Doc, readYaml } from "./yaml.ts";

/** An entry as it is written and its prose by language; `prose` has at least the language it was written in. */
export type LoadedEntry = {
  raw: RawEntry;
  language: Language;
  prose: Partial<Record<Language, Overlay>>;
  doc: Doc;
};

/** What reading entries needs: the folder, its room, and where problems go. */
export type EntryReader = {
  root: string;
  context: LintContext;
  problems: Problem[];
  warnings: Problem[];
};

/** Reads every entry and translation of the built-in folder and of a company's folder; problems are added to `problems`. */
export function readEntries(
  folder: string,
  extra: string | undefined,
  reader: Omit<EntryReader, "root">,
): LoadedEntry[] {
  const own = readFolder(folder, "entries", ".yaml");
  reader.problems.push(...own.problems);
  const entries = readRoom(own.files, { ...reader, root: folder });
  const all =
    extra === undefined ? entries : readCompanyEntries(entries, { ...reader, root: extra });
  reader.problems.push(...crossChecks(all, reader.context.catalog));
  return all;
}

/** Reads entry files and the translations beside them. */
export function readRoom(files: readonly KnowledgeFile[], reader: EntryReader): LoadedEntry[] {
  const entries = files.flatMap((file) => readEntry(file, reader) ?? []);
  for (const entry of entries) readTranslations(entry, reader);
  return entries;
}

/** Turns faults into problems of a document. */
export function problemsOf(doc: Doc, faults: readonly Fault[]): Problem[] {
  return faults.map(({ at, text }) => ({ file: doc.file, line: doc.line(at), text }));
}

function readEntry(file: KnowledgeFile, reader: EntryReader): LoadedEntry | undefined {
  const { doc, problems } = readYaml(file.name, file.bytes);
  reader.problems.push(...problems);
  if (!doc) return undefined;
  const { value: raw, problems: mistakes } = check(doc, entrySchema);
  reader.problems.push(...mistakes);
  if (!raw) return undefined;
  const language = raw.language ?? "en";
  const faults = [...namedRight(raw, file, reader), ...lintEntry(raw, language, reader.context)];
  reader.problems.push(...problemsOf(doc, faults));
  return { raw, language, prose: { [language]: proseOf(raw) }, doc };
}

function namedRight(raw: RawEntry, file: KnowledgeFile, reader: EntryReader): Fault[] {
  const name = baseName(file.name);
  const faults: Fault[] = [];
  if (name !== raw.id)
    faults.push({
      at: ["id"],
      text: `the file is ${name}.yaml and the id is ${raw.id}: they must be the same`,
    });
  if (raw.language && reader.context.room === "built-in")
    faults.push({
      at: ["language"],
      text: "a built-in entry is in English and has its translation beside it: leave language out",
    });
  return faults;
}

function readTranslations(entry: LoadedEntry, reader: EntryReader): void {
  for (const language of LANGUAGES) {
    if (language === entry.language) continue;
    const overlay = readOverlay(entry, language, reader);
    if (overlay) entry.prose[language] = overlay;
  }
}

/** Checks between entries: a code belongs to one entry, a successor exists. */
function crossChecks(entries: readonly LoadedEntry[], catalog: Catalog): Problem[] {
  const owners = new Map<string, string>();
  const ids = new Map(entries.map((entry) => [entry.raw.id, entry.raw]));
  return entries.flatMap(({ raw, doc }) => {
    const faults: Fault[] = [];
    if (
      raw.replaced_by &&
      (!ids.has(raw.replaced_by) || ids.get(raw.replaced_by)?.status === "retired")
    )
      faults.push({ at: ["replaced_by"], text: `there is no entry ${raw.replaced_by} in use` });
    if (raw.status === "retired") return problemsOf(doc, faults);
    raw.codes.forEach((code, i) => {
      const key = keyOfCode(code, catalog);
      const owner = owners.get(key);
      if (owner !== undefined && owner !== raw.id)
        faults.push({
          at: ["codes", i],
          text: `the entry ${owner} covers this code too: one code belongs to one entry`,
        });
      owners.set(key, raw.id);
    });
    return problemsOf(doc, faults);
  });
}

/** The name of a file without folder and ending. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1).replace(/\.[a-z]+$/, "");
}

/** True when a file name is that of an entry of this folder, or can only be that of a code's entry. */
export function isEntryName(name: string, entryIds: ReadonlySet<string>): boolean {
  return entryIds.has(name) || (ENTRY_ID.test(name) && /\d/.test(name));
}
