import { z } from "zod";

const name = z.string().max(64);

const schema = z.strictObject({
  v: z.literal(1),
  do: z.enum([
    "result", // a step's result was chosen: entry, step, result
    "worked", // the step helped
    "failed", // the step did not help
    "cannot", // the asker cannot run this step
    "confirm", // show the disruptive step after its warning
    "skip", // leave a step above the asker's role
    "reveal", // show a step's command to a reader who has its role
    "again", // what was pasted is a result of the open step: which one?
    "context", // where the error was seen: result = context id
    "choose", // one of several candidates: entry or code
    "more", // open a fold: result = section
    "person", // ask a person
    "not-mine", // this is not my problem
    "resolved", // the original problem is gone
    "unresolved", // it is not
    "reopen", // it is back
    "useful",
    "not-useful",
    "reason", // why an answer was not useful: result
    "post", // put a private answer into the channel
    "solve", // start a case in a private conversation
    "mine", // somebody else has the same problem: start their own case
    "helping", // somebody else helps the owner
    "send-handover", // the preview is agreed to; result = the one route to try again
    "not-now", // it is not
    "take", // an agent takes a case that was handed over
    "ask-back", // an agent asks the asker
    "agent-resolve", // an agent solved it: first click asks how, result "as-discussed" answers that
    "save-entry", // the solution becomes a draft of an entry
    "turn-to", // what is typed next is meant for this case
    "anyway", // walk the steps although an incident is open
    "help",
  ]),
  case: name.optional(),
  rev: z.int().min(0).optional(),
  entry: name.optional(),
  step: name.optional(),
  result: name.optional(),
  code: z.string().max(80).optional(),
  lang: z.string().max(12),
});

/**
 * What a button carries: a request, never proof. Tenant, conversation, role and `rev` (the case's version when the card
 * was made) are checked against state. Its JSON stays under 500 bytes.
 */
export type Action = z.infer<typeof schema>;

/** The compact text of an action for a platform's button value. */
export function encodeAction(action: Action): string {
  return JSON.stringify(action);
}

/** Reads a button value that came back from a client; undefined when it is forged, foreign or of another version. */
export function readAction(value: unknown): Action | undefined {
  let raw = value;
  if (typeof value === "string") {
    if (value.length > 500) return undefined;
    try {
      raw = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : undefined;
}
