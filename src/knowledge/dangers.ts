import { z } from "zod";
import type { Language } from "../language.ts";
import { check } from "./complaint.ts";
import { findDangers, readCommand, type Signs, type Sought } from "./danger-finder.ts";
import { type Grammar, grammarSchema, phraseOf, readGrammar } from "./danger-grammar.ts";
import type { Myth } from "./entry.ts";
import type { Problem } from "./error.ts";
import { readOptional } from "./folder.ts";
import { byLanguage, LANGUAGES } from "./languages.ts";
import { forbidsFirst } from "./lint/warnings.ts";
import { parseProse, proseFault } from "./prose.ts";
import type { Words } from "./words.ts";
import { type Doc, readYaml } from "./yaml.ts";

const id = z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, "an id is lower case words");
const line = z.string().trim().min(1).max(200);
const lines = z.array(line).max(80).default([]);

const factsSchema = z.strictObject({
  references: z.array(
    z.strictObject({ id, title: line, url: z.string().regex(/^https:\/\/[^\s"<>]+$/) }),
  ),
  dangers: z.array(
    z.strictObject({
      id,
      /** The entry whose myth of the same id says more. */
      entry: z.string().optional(),
      acts: lines,
      commands: lines,
      unless: lines,
      sources: z.array(id).min(1, "a warning names its source"),
    }),
  ),
});

const saidSchema = z.strictObject({
  grammar: grammarSchema,
  dangers: z.record(
    id,
    z.strictObject({
      targets: lines,
      says: lines,
      claim: line,
      warning: z.string().min(1).max(600),
    }),
  ),
});

type Facts = z.infer<typeof factsSchema>;
type Said = z.infer<typeof saidSchema>;

/**
 * Warns of dangerous advice: which a text repeats, with the id of the entry that says more, empty where none does. `words`
 * are those of the text, folded.
 */
export type Dangers = (
  text: string,
  language: Language,
  words: readonly string[],
) => { entry: string; myth: Myth }[];

/**
 * Reads knowledge/dangers.yaml and locales/<language>/dangers.yaml. Without the first there are none. `entryIds` are the
 * ids that `entry` may name; a warning that does not begin with what not to do is a problem.
 */
export function readDangers(
  folder: string,
  entryIds: ReadonlySet<string>,
  words: Readonly<Record<Language, Words>>,
  problems: Problem[],
): Dangers {
  const facts = readDoc(folder, "dangers.yaml", factsSchema, problems);
  if (!facts) return () => [];
  problems.push(...factProblems(facts.doc, facts.value, entryIds));
  const said = byLanguage((language) => {
    const read = readDoc(folder, `locales/${language}/dangers.yaml`, saidSchema, problems);
    if (read) problems.push(...saidProblems(read.doc, read.value, facts.value, words[language]));
    return read?.value ?? saidSchema.parse({ grammar: {}, dangers: {} });
  });
  return finder(facts.value, said);
}

function finder({ dangers }: Facts, said: Readonly<Record<Language, Said>>): Dangers {
  const grammars = byLanguage((language): Grammar => readGrammar(said[language].grammar));
  const sought = dangers.map(
    (danger): Sought => ({
      id: danger.id,
      acts: new Set(danger.acts),
      unless: new Set(danger.unless),
      signs: Object.fromEntries(
        LANGUAGES.map((language) => [language, signsOf(danger, said[language])]),
      ),
    }),
  );
  return (text, language, words) => {
    const found = findDangers(text, words, sought, grammars);
    if (found.size === 0) return [];
    return dangers.flatMap((danger) => {
      const prose = found.has(danger.id) ? said[language].dangers[danger.id] : undefined;
      if (!prose) return [];
      const myth: Myth = {
        id: danger.id,
        claim: parseProse(prose.claim),
        correction: parseProse(prose.warning),
        danger: true,
        cues: [],
        sources: danger.sources,
      };
      return [{ entry: danger.entry ?? "", myth }];
    });
  };
}

function signsOf(danger: Facts["dangers"][number], said: Said): Signs {
  const own = said.dangers[danger.id];
  return {
    targets: (own?.targets ?? []).map(phraseOf),
    commands: [...danger.commands, ...(own?.says ?? [])].map(readCommand),
  };
}

function readDoc<T>(
  folder: string,
  name: string,
  schema: z.ZodType<T>,
  problems: Problem[],
): { doc: Doc; value: T } | undefined {
  const found = readOptional(folder, name);
  problems.push(...found.problems);
  if (!found.file) return undefined;
  const { doc, problems: faults } = readYaml(name, found.file.bytes);
  problems.push(...faults);
  if (!doc) return undefined;
  const { value, problems: mistakes } = check(doc, schema);
  problems.push(...mistakes);
  return value && { doc, value };
}

function factProblems(doc: Doc, facts: Facts, entryIds: ReadonlySet<string>): Problem[] {
  const references = new Set(facts.references.map((reference) => reference.id));
  return facts.dangers.flatMap((danger, i) => {
    const at = (field: string, text: string): Problem => ({
      file: doc.file,
      line: doc.line(["dangers", i, field]),
      text,
    });
    return [
      ...(danger.entry === undefined || entryIds.has(danger.entry)
        ? []
        : [at("entry", `there is no entry ${danger.entry}`)]),
      ...danger.sources
        .filter((source) => !references.has(source))
        .map((source) => at("sources", `there is no reference ${source}`)),
    ];
  });
}

function saidProblems(doc: Doc, said: Said, facts: Facts, words: Words): Problem[] {
  const known = new Set(facts.dangers.map((danger) => danger.id));
  const at = (path: string[], text: string): Problem => ({
    file: doc.file,
    line: doc.line(path),
    text,
  });
  const acts = facts.dangers.flatMap((danger) => danger.acts);
  const spoken = new Set(Object.keys(said.grammar.verbs));
  return [
    ...[...known]
      .filter((one) => !said.dangers[one])
      .map((one) => at(["dangers"], `${one} has no text here: add it`)),
    ...Object.keys(said.dangers)
      .filter((one) => !known.has(one))
      .map((one) => at(["dangers", one], `dangers.yaml has no ${one}: remove it`)),
    ...[...new Set(acts)]
      .filter((act) => !spoken.has(act))
      .map((act) => at(["grammar", "verbs"], `there are no verbs for ${act}`)),
    ...Object.entries(said.dangers).flatMap(([one, { warning }]) => {
      const fault = proseFault(warning) ?? forbidsFirst(warning, words);
      return fault ? [at(["dangers", one, "warning"], fault)] : [];
    }),
  ];
}
