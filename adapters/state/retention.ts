import type { Case } from "../../src/case.ts";

/** How long a dedupe key is kept at least, in milliseconds; Slack's last retry comes after about 5 minutes. */
export const SEEN_MS = 24 * 60 * 60 * 1000;

/** How long the asker's words stay after a case was resolved, in milliseconds: until then it may be reopened. */
export const WORDS_MS = 7 * SEEN_MS;

/** The case without the asker's words when it was closed before `closedBefore`; undefined when nothing is to go. */
export function withoutWords(at: Case, closedBefore: number): Case | undefined {
  const closed = at.status === "resolved" || at.status === "muted";
  const words = at.question ?? at.handover?.notes;
  if (!closed || words === undefined || at.updatedAt >= closedBefore) return undefined;
  const { question: _, handover, ...rest } = at;
  if (!handover) return rest;
  const { notes: __, ...kept } = handover;
  return { ...rest, handover: kept };
}
