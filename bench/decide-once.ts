import { decide } from "../src/decide.ts";
import type { Knowledge } from "../src/knowledge/knowledge.ts";
import { redactorOf } from "../src/redactor.ts";
import type { Decision } from "../src/turn.ts";

const redactor = redactorOf([]);

/** Decides about one message that opens a conversation: from the text to the decision, with no state and no rendering. */
export function decideOnce(knowledge: Knowledge, text: string): Decision {
  const env = {
    now: 0,
    id: () => "id",
    newCaseId: "case",
    knowledge,
    defaultLanguage: "en",
    personLanguage: undefined,
    redact: redactor(knowledge),
    newIncidentId: "IN-1",
    incidents: [],
    attached: [],
    beside: [],
    past: [],
    mostAnswers: 20,
    routes: [],
    linkTo: () => undefined,
  } as const;
  const message = {
    id: "m",
    dedupe: ["m"],
    at: 0,
    from: { id: "you", role: "user" },
    address: { platform: "bench", tenant: "t", conversation: "c", thread: "t" },
    surface: "dm",
    addressed: true,
    text,
    files: [],
  } as const;
  return decide({ ...message, dedupe: [...message.dedupe], files: [] }, undefined, env);
}
