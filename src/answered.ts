import type { Reading } from "./codes/reading.ts";
import type { Language } from "./language.ts";

/** The kinds of answer, as batch mode prints them. */
export type AnswerKind =
  | "entry"
  | "step"
  | "choices"
  | "decoded"
  | "unknown-code"
  | "not-found"
  | "several"
  | "help"
  | "case"
  | "handover"
  | "feedback"
  | "warning"
  | "silent"
  | "error";

/** A code that an answer asserts: its top reading and the entry that covers it. */
export type CodeAnswer = {
  code: string | null;
  symbol: string | null;
  family: Reading["family"] | null;
  entry: string | null;
};

/** What was decided about one message, without the cards. */
export type Answered = {
  kind: AnswerKind;
  answers: CodeAnswer[];
  alternatives: CodeAnswer[];
  language: Language;
};
