/**
 * What the playground accepts and shows. These are Hexdesk's own figures (November 2026): the page is local, so they guard
 * the process against a runaway client and a card against a runaway text.
 */
export const limits = {
  /** Bytes of a request body. */
  bodyBytes: 1_000_000,
  /** Milliseconds a body may take to arrive. */
  bodyMs: 10_000,
  /** Answers being decided at the same time. */
  inFlight: 16,
  /** Answers that are kept so that a repeated request gets the same one. */
  replies: 64,
  /** Files whose codes are kept until a question names them. */
  uploads: 64,
  /** Open streams, and conversations whose posts wait for one; posts that wait in one of them. */
  streams: 32,
  mailboxes: 64,
  waiting: 50,
  /** Posts of the helpdesk that a new page still gets. */
  desk: 200,
  /** UTF-16 units of a title, a label, one run of text, one code block. */
  title: 300,
  label: 120,
  text: 4_000,
  code: 8_000,
  /** Characters of HTML of a card before its remaining blocks are left out. */
  html: 200_000,
  /** Folds inside folds. */
  depth: 4,
} as const;
