import type { Language, Phrases } from "../language.ts";
import type { Problem } from "./error.ts";
import type { Doc } from "./yaml.ts";

type Phrase = { text: string; file: string; line: number };

/** One language's phrases by dotted key. */
export type PhraseTree = ReadonlyMap<string, Phrase>;

const NONE = {};
const PARAMETER = /\{([a-z_]+)\}/g;

/** Merges phrase files of one language into one tree; a key that stands in two files, or a list, is a problem. */
export function readPhrases(docs: readonly Doc[]): { tree: PhraseTree; problems: Problem[] } {
  const tree = new Map<string, Phrase>();
  const problems: Problem[] = [];
  const visit = (doc: Doc, value: unknown, path: string[]) => {
    const line = doc.line(path);
    const key = path.join(".");
    if (typeof value === "string") {
      const other = tree.get(key);
      if (other) {
        const text = `the phrase ${key} stands in ${other.file} too: keep one`;
        problems.push({ file: doc.file, line, text });
      }
      tree.set(key, { text: value.trim(), file: doc.file, line });
    } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [name, inner] of Object.entries(value)) visit(doc, inner, [...path, name]);
    } else {
      problems.push({
        file: doc.file,
        line,
        text: `${key || "a phrase file"} must hold phrases: name: "text"`,
      });
    }
  };
  for (const doc of docs) visit(doc, doc.value, []);
  return { tree, problems };
}

/** Compares two languages: every phrase of the one exists in the other with the same `{parameters}`. */
export function comparePhrases(one: PhraseTree, other: PhraseTree, language: Language): Problem[] {
  return [...one].flatMap(([key, phrase]): Problem[] => {
    const { file, line } = phrase;
    const translated = other.get(key);
    if (!translated)
      return [{ file, line, text: `the phrase ${key} is missing in locales/${language}` }];
    const lost = [...parameters(phrase.text)].filter(
      (name) => !parameters(translated.text).has(name),
    );
    return lost.map((name) => ({
      file: translated.file,
      line: translated.line,
      text: `the phrase ${key} lacks the parameter {${name}}`,
    }));
  });
}

/** The bot's own words. An unknown key or a missing parameter is a programming error and throws. */
export function phraseBook(trees: Record<Language, PhraseTree>): Phrases {
  return (language, key, params = NONE) => {
    const phrase = trees[language].get(key);
    if (!phrase) throw new Error(`there is no phrase "${key}" in locales/${language}`);
    if (!phrase.text.includes("{")) return phrase.text;
    return phrase.text.replace(PARAMETER, (_, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`the phrase "${key}" needs the parameter "${name}"`);
      return String(value);
    });
  };
}

function parameters(text: string): Set<string> {
  return new Set([...text.matchAll(PARAMETER)].map((m) => m[1] ?? ""));
}
