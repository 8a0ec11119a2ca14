import { noteCard } from "./answers/notes.ts";
import { createWriter } from "./answers/writer.ts";
import type { Case } from "./case.ts";
import type { Message } from "./message.ts";
import type { Decision, Env } from "./turn.ts";

/** What a person reads when a decision failed: that it failed, and the id under which it is in the log. */
export function apology(
  message: Message,
  at: Case | undefined,
  env: Env,
  incident: string,
): Decision {
  const language = at?.language ?? env.personLanguage ?? env.defaultLanguage;
  const writer = createWriter({
    language,
    role: message.from.role,
    surface: message.surface,
    now: env.now,
    knowledge: env.knowledge,
  });
  const lines = [[writer.say("error.text", { incident })]];
  return {
    kind: "error",
    answers: [],
    alternatives: [],
    language,
    commit: {
      events: [],
      deliveries: [
        {
          id: env.id(),
          to: { kind: message.surface === "slash" ? "asker" : "thread" },
          mode: "post",
          repeat: "safe",
          card: noteCard(writer, writer.say("error.title"), lines),
        },
      ],
    },
  };
}
