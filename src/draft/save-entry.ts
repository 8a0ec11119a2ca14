import type { Case } from "../case.ts";
import { isAtDesk, wasHandedOver } from "../handover/desk.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Logger } from "../log.ts";
import type { Message } from "../message.ts";
import { type Draft, draftOf } from "./draft.ts";

/** What writing a draft needs; `save` resolves to the path of the file. */
export type Saving = {
  save: ((draft: Draft) => Promise<string>) | undefined;
  knowledge: Knowledge;
  now: number;
  log: Logger;
};

/** A click on "Save as entry" with where its draft was written; every other message as it is. */
export async function withDraft(
  message: Message,
  at: Case | undefined,
  { save, knowledge, now, log }: Saving,
): Promise<Message> {
  if (message.action?.do !== "save-entry" || !wasHandedOver(at)) return message;
  if (!isAtDesk(message.address, at) || at.handover.status !== "done") return message;
  if (at.handover.saved) return { ...message, draft: { path: at.handover.saved } };
  try {
    if (!save) throw new Error("no folder for drafts");
    const today = new Date(now).toISOString().slice(0, 10);
    return { ...message, draft: { path: await save(draftOf(at, knowledge, today)) } };
  } catch (cause) {
    log.error("draft.failed", { case: at.id }, cause);
    return { ...message, draft: "failed" };
  }
}
