import { z } from "zod";
import type { CommandWords } from "../command.ts";
import type { Language } from "../language.ts";
import { type PrivacyWords, privacySchema, privacyWords } from "../redact/words.ts";
import { check } from "./complaint.ts";
import { baseName, isEntryName } from "./entries.ts";
import type { Problem } from "./error.ts";
import { readFolder } from "./folder.ts";
import type { Locale } from "./knowledge.ts";
import { byLanguage, LANGUAGES, TRANSLATIONS } from "./languages.ts";
import { comparePhrases, type PhraseTree, readPhrases } from "./phrases.ts";
import { readWords, reportSchema, type Words, wordsSchema } from "./words.ts";
import { type Doc, readYaml } from "./yaml.ts";

/** What a talk.yaml holds: a locale without the words of its knowledge. */
type Talk = Omit<Locale, "isOwn">;

/** What the locale folders hold: phrases, word lists, and the words that mark a language and move a case. */
export type Locales = {
  phrases: Record<Language, PhraseTree>;
  words: Record<Language, Words>;
  talk: Record<Language, Talk>;
  commands: Record<Language, CommandWords>;
  privacy: PrivacyWords;
};

const list = z.array(z.string().min(1)).max(1000).default([]);
const talkSchema = z.strictObject({
  name: z.string().min(1),
  wishes: list,
  asks_meaning: list,
  links: list,
  fillers: list,
  negations: list,
  ordinals: list,
  detect: z.strictObject({
    letters: z.string().default(""),
    endings: list,
    words: list,
    borrowed: list,
  }),
  follow_ups: z.record(z.string(), list).default({}),
});

const commandsSchema = z.strictObject({
  report: list,
  day: list,
  week: list,
  month: list,
  incident: list,
  incident_end: list,
  incidents: list,
});

const NOT_PHRASES = new Set([
  "words",
  "report",
  "talk",
  "placeholders",
  "dangers",
  "privacy",
  "commands",
]);

/**
 * Reads locales/<language>/*.yaml except entries' translations: words.yaml, report.yaml, talk.yaml, commands.yaml and privacy.yaml are lists,
 * placeholders.yaml and dangers.yaml are read with what they belong to, all the others are merged into one phrase tree.
 */
export function readLocales(
  folder: string,
  entryIds: ReadonlySet<string>,
  problems: Problem[],
): Locales {
  const read = byLanguage((language) => readLocale(folder, language, entryIds, problems));
  for (const other of TRANSLATIONS) {
    problems.push(...comparePhrases(read.en.phrases, read[other].phrases, other));
    problems.push(...comparePhrases(read[other].phrases, read.en.phrases, "en"));
  }
  return {
    phrases: byLanguage((language) => read[language].phrases),
    words: byLanguage((language) => read[language].words),
    talk: byLanguage((language) => read[language].talk),
    commands: byLanguage((language) => read[language].commands),
    privacy: privacyWords(LANGUAGES.map((language) => read[language].privacy)),
  };
}

function readLocale(
  folder: string,
  language: Language,
  entryIds: ReadonlySet<string>,
  problems: Problem[],
) {
  const found = readFolder(folder, `locales/${language}`, ".yaml", ["code-words.json"]);
  problems.push(...found.problems);
  const docs = new Map<string, Doc>();
  for (const file of found.files) {
    const name = baseName(file.name);
    if (isEntryName(name, entryIds)) {
      if (!entryIds.has(name))
        problems.push({
          file: file.name,
          line: 1,
          text: `there is no entry ${name} that this could translate`,
        });
      continue;
    }
    const { doc, problems: faults } = readYaml(file.name, file.bytes);
    problems.push(...faults);
    if (doc) docs.set(name, doc);
  }
  const phrases = readPhrases(
    [...docs].filter(([name]) => !NOT_PHRASES.has(name)).map(([, doc]) => doc),
  );
  problems.push(...phrases.problems);
  const parsed = <T>(name: string, schema: z.ZodType<T>): T => {
    const doc = docs.get(name) ?? {
      file: `locales/${language}/${name}.yaml`,
      value: {},
      line: () => 1,
    };
    const { value, problems: faults } = check(doc, schema);
    problems.push(...faults);
    return value ?? schema.parse({ name: language, detect: {} });
  };
  return {
    phrases: phrases.tree,
    words: readWords(parsed("words", wordsSchema), parsed("report", reportSchema)),
    talk: readTalk(language, parsed("talk", talkSchema)),
    commands: parsed("commands", commandsSchema),
    privacy: parsed("privacy", privacySchema),
  };
}

function readTalk(language: Language, talk: z.infer<typeof talkSchema>): Talk {
  return {
    language,
    name: talk.name,
    weights: new Map([
      ...talk.detect.borrowed.map((word) => [word, 0.5] as const),
      ...talk.detect.words.map((word) => [word, 1] as const),
    ]),
    endings: talk.detect.endings,
    letters: talk.detect.letters,
    wishes: talk.wishes.map((wish) => ` ${wish} `),
    asksMeaning: talk.asks_meaning,
    links: talk.links,
    fillers: talk.fillers,
    negations: talk.negations,
    ordinals: talk.ordinals,
    followUps: talk.follow_ups,
  };
}
