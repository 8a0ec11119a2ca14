import { decide } from "../src/decide.ts";
import type { Knowledge } from "../src/knowledge/knowledge.ts";
import { redactorOf } from "../src/redactor.ts";
import type { Decision, Env } from "../src/turn.ts";

const redactor = redactorOf([]);
const envs = new WeakMap<Knowledge, Env>();

/** Decides about one message that opens a conversation: from the text to the decision, with no state and no rendering. */
export function decideOnce(knowledge: Knowledge, text: string): Decision {
  const env = envs.get(knowledge) ?? envOf(knowledge);
  envs.set(knowledge, env);
  const message = {
    id: "m",
    dedupe: ["m"],
    at: 0,
    from: { id: "you", role: "user" as const },
    address: { platform: "bench", tenant: "t", conversation: "c", thread: "t" },
    surface: "dm" as const,
    addressed: true,
    text,
    files: [],
  };
  return decide(message, undefined, env);
}

function envOf(knowledge: Knowledge): Env {
  return {
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
  };
}
