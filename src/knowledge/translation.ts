import type { Language } from "../language.ts";
import { check } from "./complaint.ts";
import type { EntryReader, LoadedEntry } from "./entries.ts";
import type { Problem } from "./error.ts";
import { readOptional } from "./folder.ts";
import type { Fault } from "./lint/fault.ts";
import { lintOverlay } from "./lint.ts";
import { type Overlay, overlaySchema } from "./overlay.ts";
import { compareProse, proseHash } from "./prose-tree.ts";
import { readYaml } from "./yaml.ts";

/** Reads the translation of an entry into `language`, when there is one: same tree, prose only, its hash compared. */
export function readOverlay(
  entry: LoadedEntry,
  language: Language,
  reader: EntryReader,
): Overlay | undefined {
  const { problems } = reader;
  const name = `locales/${language}/${entry.raw.id}.yaml`;
  const found = readOptional(reader.root, name);
  problems.push(...found.problems);
  if (!found.file) return undefined;
  const yaml = readYaml(name, found.file.bytes);
  problems.push(...yaml.problems);
  if (!yaml.doc) return undefined;
  const { doc } = yaml;
  const { value: overlay, problems: mistakes } = check(doc, overlaySchema);
  problems.push(...mistakes);
  if (!overlay) return undefined;
  const differences = compareProse(entry.prose[entry.language], overlay);
  const faults: Fault[] = differences.map(({ at, kind }) => ({
    at,
    text: differenceText(at, kind, entry),
  }));
  faults.push(...lintOverlay(overlay, entry.raw, language, reader.context));
  problems.push(...faults.map(({ at, text }) => ({ file: doc.file, line: doc.line(at), text })));
  const hash = proseHash(entry.raw);
  if (overlay.of !== hash)
    reader.warnings.push(
      stale(doc.file, doc.line(["of"]), overlay.of, hash, language, entry.raw.id),
    );
  return overlay;
}

function differenceText(
  at: (string | number)[],
  kind: "missing" | "extra",
  entry: LoadedEntry,
): string {
  const path = at.join(".");
  return kind === "missing"
    ? `the translation lacks ${path}, which ${entry.doc.file} has: translate it`
    : `the translation has ${path}, which ${entry.doc.file} has not: remove it`;
}

function stale(
  file: string,
  line: number,
  was: string | undefined,
  now: string,
  language: Language,
  id: string,
): Problem {
  const text = was
    ? `is older than its entry (of: ${was}, the entry is at ${now})`
    : "has no hash of the entry it translates";
  return {
    file,
    line,
    text: `the translation ${text}: check it, then run npm run translate -- ${language} ${id}`,
  };
}
