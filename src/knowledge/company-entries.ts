import { check } from "./complaint.ts";
import { type EntryReader, type LoadedEntry, problemsOf, readRoom } from "./entries.ts";
import { extendEntry, extendProse, hiddenUnknown } from "./extend.ts";
import { type KnowledgeFile, readFolder } from "./folder.ts";
import { lintCommands } from "./lint/commands.ts";
import type { Fault } from "./lint/fault.ts";
import { lintGraph } from "./lint/graph.ts";
import { lintSources } from "./lint/sources.ts";
import { lintOverlay } from "./lint.ts";
import { proseOf } from "./prose-tree.ts";
import { extensionSchema, type RawExtension } from "./schema.ts";
import { readYaml } from "./yaml.ts";

/**
 * Adds a company's entries to the built-in ones, in place of one with the same id, and lays its extensions (`extends: id`)
 * over them.
 */
export function readCompanyEntries(
  builtIn: readonly LoadedEntry[],
  reader: EntryReader,
): LoadedEntry[] {
  const company: EntryReader = { ...reader, context: { ...reader.context, room: "company" } };
  const found = readFolder(reader.root, "entries", ".yaml");
  reader.problems.push(...found.problems);
  const extensions = found.files.filter(isExtension);
  const added = readRoom(
    found.files.filter((file) => !extensions.includes(file)),
    company,
  );
  const entries = new Map(builtIn.map((entry) => [entry.raw.id, entry]));
  for (const entry of added) {
    if (entries.has(entry.raw.id)) {
      const text = "takes the place of the built-in entry, whose corrections no longer arrive";
      reader.warnings.push(...problemsOf(entry.doc, [{ at: ["id"], text }]));
    }
    entries.set(entry.raw.id, entry);
  }
  for (const file of extensions) {
    const extended = readExtension(file, entries, company);
    if (extended) entries.set(extended.raw.id, extended);
  }
  return [...entries.values()];
}

function isExtension(file: KnowledgeFile): boolean {
  return /^extends:/m.test(new TextDecoder().decode(file.bytes));
}

function readExtension(
  file: KnowledgeFile,
  entries: ReadonlyMap<string, LoadedEntry>,
  reader: EntryReader,
): LoadedEntry | undefined {
  const yaml = readYaml(file.name, file.bytes);
  reader.problems.push(...yaml.problems);
  if (!yaml.doc) return undefined;
  const { doc } = yaml;
  const { value: extension, problems } = check(doc, extensionSchema);
  reader.problems.push(...problems);
  if (!extension) return undefined;
  const entry = entries.get(extension.extends);
  const report = (faults: Fault[]) => reader.problems.push(...problemsOf(doc, faults));
  if (!entry) {
    report([{ at: ["extends"], text: `there is no entry ${extension.extends}` }]);
    return undefined;
  }
  const unknown = hiddenUnknown(entry.raw, extension);
  report(
    unknown.map((id) => ({ at: ["hide"], text: `${extension.extends} has no ${id} to hide` })),
  );
  report(clashes(entry, extension));
  const raw = extendEntry(entry.raw, extension);
  const whole = [...lintGraph(raw), ...lintSources(raw, "company")];
  report(whole.map((fault) => ({ ...fault, at: ownPlace(fault.at, extension) })));
  report(lintCommands(extension));
  report(lintOverlay(extension, raw, extension.language ?? "en", reader.context));
  return { raw, language: entry.language, prose: extendedProse(entry, extension), doc: entry.doc };
}

function clashes(entry: LoadedEntry, extension: RawExtension): Fault[] {
  return Object.keys(extension.steps)
    .filter((id) => entry.raw.steps[id])
    .map((id) => ({
      at: ["steps", id],
      text: `${extension.extends} has a step ${id} already: take another id`,
    }));
}

/** The place in the extension's file that a path of the extended entry comes from. */
function ownPlace(at: Fault["at"], extension: RawExtension): Fault["at"] {
  const [room, index, ...rest] = at;
  if (room === "steps" && extension.steps[String(index)]) return at;
  if (room !== "causes" || typeof index !== "number") return ["extends"];
  return index < extension.before.length ? ["before", index, ...rest] : ["after"];
}

function extendedProse(entry: LoadedEntry, extension: RawExtension): LoadedEntry["prose"] {
  const { before, after, steps, note } = extension;
  const added = proseOf({ ...entry.raw, causes: [...before, ...after], steps });
  const extended = Object.entries(entry.prose).map(([language, prose]) => [
    language,
    extendProse(prose, added, note),
  ]);
  return Object.fromEntries(extended);
}
