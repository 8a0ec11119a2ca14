import type { Language, Phrases } from "../language.ts";
import type { Problem } from "./error.ts";
import type { Doc } from "./yaml.ts";

/** `parts`: the text between the names of parameters, and these, by turns. */
type Phrase = { text: string; parts: readonly string[]; file: string; line: number };

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
      const text = value.trim();
      tree.set(key, { text, parts: text.split(PARAMETER), file: doc.file, line });
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
    const lost = parameters(phrase).filter((name) => !parameters(translated).includes(name));
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
    if (phrase.parts.length === 1) return phrase.text;
    return phrase.parts
      .map((part, i) => {
        if (i % 2 === 0) return part;
        const value = params[part];
        if (value === undefined)
          throw new Error(`the phrase "${key}" needs the parameter "${part}"`);
        return value;
      })
      .join("");
  };
}

function parameters({ parts }: Phrase): string[] {
  return parts.filter((_, i) => i % 2 === 1);
}
