import type { Reading } from "./codes/reading.ts";
import type { Language, Phrases } from "./language.ts";
import type { Address, Message } from "./message.ts";
import type { Platform } from "./platform.ts";
import type { Outgoing } from "./state.ts";

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

/** The pipeline: receive, decide, commit; the worker delivers. */
export type Bot = {
  /** Stores a message durably; acknowledge after it resolves. `ignored` leaves no trace. Rejects when it cannot be stored. */
  receive(message: Message): Promise<"new" | "duplicate" | "ignored">;
  /**
   * Decides and commits inside the caller's request and leases the deliveries to the caller, who renders them and reports
   * each with `sent` or `failed`. Undefined for a duplicate.
   */
  answer(message: Message): Promise<(Answered & { outgoing: Outgoing[] }) | undefined>;
  sent(deliveryId: string, ref: string | undefined, address?: Address): Promise<void>;
  failed(deliveryId: string, outcome: { retryAt: number; unknown: boolean } | "dead"): Promise<void>;
  /** Tells the worker that there is work. */
  wake(): void;
  /** Works off inbox and outbox for these platforms until `stop`, which finishes what is in flight. */
  run(platforms: Platform[]): { stop(): Promise<void> };
  phrases: Phrases;
  languages: Language[];
  /** The language to use for a person before anything was decided: their kept wish, else locale, else default. */
  languageFor(message: Pick<Message, "from" | "address">): Promise<Language>;
};
