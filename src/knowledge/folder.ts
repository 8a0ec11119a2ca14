import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "./error.ts";

/** One file of a knowledge folder; `name` is its path inside the folder, for messages. */
export type KnowledgeFile = { name: string; bytes: Uint8Array };

/**
 * Reads the files of `part` (entries, locales/es …) that end in `ext`. A symbolic link, a sub-folder and any other ending
 * is a problem: a file that is silently skipped would be a lost entry. Hidden files, README.md and `besides`, which
 * others read, are left out; a missing folder is empty.
 */
export function readFolder(
  root: string,
  part: string,
  ext: string,
  besides: readonly string[] = [],
): { files: KnowledgeFile[]; problems: Problem[] } {
  const files: KnowledgeFile[] = [];
  const problems: Problem[] = [];
  const folder = join(root, part);
  for (const name of entriesOf(folder)) {
    if (name.startsWith(".") || name === "README.md" || besides.includes(name)) continue;
    const file = `${part}/${name}`;
    const fault = fileFault(join(folder, name), name, ext);
    if (fault) problems.push({ file, line: 1, text: fault });
    else files.push({ name: file, bytes: readFileSync(join(folder, name)) });
  }
  return { files, problems };
}

/** Reads one file that may be absent. */
export function readOptional(
  root: string,
  name: string,
): { file?: KnowledgeFile; problems: Problem[] } {
  const path = join(root, name);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return { problems: [] };
  if (!stat.isFile())
    return { problems: [{ file: name, line: 1, text: "must be a plain file, no link" }] };
  return { file: { name, bytes: readFileSync(path) }, problems: [] };
}

function entriesOf(folder: string): string[] {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder).sort();
}

function fileFault(path: string, name: string, ext: string): string | undefined {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return "a symbolic link is not followed: put the file itself here";
  if (stat.isDirectory()) return "a folder is not read here: move its files up";
  if (name.endsWith(ext)) return undefined;
  if (name.endsWith(`${ext}.txt`))
    return `an editor added .txt to the name: rename it to ${name.slice(0, -4)}`;
  if (name.endsWith(".yml")) return `rename it to ${name.slice(0, -4)}.yaml`;
  return `the name must end in ${ext}: rename the file or move it away`;
}
