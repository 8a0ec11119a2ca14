import type { Language, Phrases } from "../../src/language.ts";
import type { CardWords } from "./render.ts";

/** Keys below `playground.page.` in knowledge/locales/<language>/playground.yaml: every word of the page itself. */
export const pageWords = [
  "skip",
  "menu",
  "close",
  "new",
  "threads",
  "no-threads",
  "desk",
  "desk-note",
  "desk-hint",
  "language",
  "role",
  "role-user",
  "role-helpdesk",
  "role-admin",
  "role-note",
  "theme",
  "theme-auto",
  "theme-light",
  "theme-dark",
  "local",
  "welcome-title",
  "welcome",
  "examples",
  "example-1",
  "example-1-note",
  "example-2",
  "example-2-note",
  "example-3",
  "example-3-note",
  "question",
  "question-hint",
  "reply-hint",
  "keys",
  "send",
  "conversation",
  "you",
  "waiting",
  "silent",
  "passed-on",
  "note",
  "private",
  "moved",
  "route",
  "preview",
  "preview-title",
  "preview-note",
  "preview-failed",
  "preview-kind",
  "json",
  "copy",
  "copied",
  "copy-failed",
  "unreachable",
  "retry",
  "attach",
  "attached",
  "remove",
  "reading",
  "drop",
  "file-too-large",
  "file-too-many",
  "file-failed",
  "no-script",
] as const;

/** The page's words in one language, by key. */
export function wordsOf(phrases: Phrases, language: Language): Record<string, string> {
  return Object.fromEntries(
    pageWords.map((key) => [key, phrases(language, `playground.page.${key}`)]),
  );
}

/** The words that a card's markup needs, in the card's language. */
export function cardWords(phrases: Phrases, language: Language): CardWords {
  const word = (key: string) => phrases(language, `playground.card.${key}`);
  return {
    copy: word("copy"),
    cut: word("cut"),
    notice: { info: word("info"), caution: word("caution"), danger: word("danger") },
  };
}
