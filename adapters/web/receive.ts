import { z } from "zod";
import { readAction } from "../../src/action.ts";
import { MOST_FILES } from "../../src/attached.ts";
import type { Message } from "../../src/message.ts";
import { DESK } from "./post.ts";
import { token } from "./token.ts";

const schema = z.strictObject({
  /** Made by the page for every question; a repeated one gets the same answer. */
  id: token,
  session: token,
  thread: token.optional(),
  /** True for what is said and clicked in the helpdesk's pane. */
  desk: z.boolean().default(false),
  text: z.string().default(""),
  locale: z.string().max(12).optional(),
  role: z.enum(["user", "helpdesk", "admin"]).default("user"),
  /** The button's value as the page has it, and the card that it stands on. */
  action: z.unknown().optional(),
  card: z.string().max(200).optional(),
  /** Files that were sent before. */
  files: z
    .array(z.strictObject({ id: token, name: z.string().max(1_000) }))
    .max(MOST_FILES)
    .default([]),
});

/** What the page sends: a question, a reply in a thread, or a click. */
export type Question = z.infer<typeof schema>;

/** Reads a request body; undefined when it is not a question. */
export function readQuestion(body: unknown): Question | undefined {
  const parsed = schema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/**
 * A question as a message. `id` is a fresh id and becomes the thread when the question starts one. The session stands for
 * the person and for the conversation: whoever has another one is somebody else. A forged button leaves no action, which
 * the bot answers as too old. `read` is what the question's files hold, `agent` what somebody in the helpdesk's pane is
 * called: another person than who asks in the same page.
 */
export function toMessage(
  question: Question,
  id: string,
  at: number,
  { agent, ...read }: Pick<Message, "attached" | "unread"> & { agent: string },
): Message {
  const action = readAction(question.action);
  const { session, desk } = question;
  return {
    id,
    dedupe: [`web/${question.session}/${question.id}`],
    at,
    from: {
      ...(desk ? { id: `${session}-desk`, name: agent } : { id: session }),
      role: question.role,
      ...(question.locale === undefined ? {} : { locale: question.locale }),
    },
    address: {
      platform: "web",
      tenant: "local",
      conversation: desk ? DESK : session,
      thread: question.thread ?? id,
    },
    surface: "web",
    addressed: true,
    text: question.text,
    files: [],
    ...(action === undefined ? {} : { action }),
    ...(question.card === undefined ? {} : { card: question.card }),
    ...(question.files.length === 0 ? {} : read),
  };
}
