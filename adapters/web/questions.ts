import type { Bot } from "../../src/bot.ts";
import type { Clock } from "../../src/clock.ts";
import type { Language } from "../../src/language.ts";
import type { Logger } from "../../src/log.ts";
import type { Outgoing } from "../../src/state.ts";
import { limits } from "./limits.ts";
import { type Post, type Previews, toPost } from "./post.ts";
import { type Question, toMessage } from "./receive.ts";
import type { Uploads } from "./uploads.ts";
import type { Writing } from "./write.ts";

/** `ids` makes unguessable ids of 8 to 64 letters, digits, `-` and `_`. */
export type WebOptions = {
  previews: Previews;
  writing: Writing;
  clock: Clock;
  ids: () => string;
  log: Logger;
};

/** What the playground needs of the bot. */
export type Core = Pick<Bot, "answer" | "sent" | "readFile" | "phrases" | "languages">;

/** What the page gets for a question; no posts when the bot stays silent. */
export type Reply = { thread: string; kind: string; language: Language; posts: Post[] };

/**
 * Answers questions inside their request: decide, commit, render, report as sent. The same question twice (a repeated
 * request) is one answer; one that failed may be asked again. Rejects when it could not be decided.
 */
export function createQuestions(
  options: WebOptions,
  core: Core,
  { uploads, postToDesk }: { uploads: Uploads; postToDesk(post: Post): void },
): (question: Question) => Promise<Reply> {
  const replies = new Map<string, Promise<Reply>>();

  async function decide(question: Question): Promise<Reply> {
    const read = uploads.find(question.session, question.files);
    const agent = core.phrases(languageOf(question, core), "playground.agent");
    const message = toMessage(question, options.ids(), options.clock.now(), { ...read, agent });
    const answered = await core.answer(message);
    const posts: Post[] = [];
    for (const outgoing of answered?.outgoing ?? []) posts.push(await place(outgoing));
    return {
      thread: message.address.thread ?? message.id,
      kind: answered?.kind ?? "silent",
      language: answered?.language ?? "en",
      posts,
    };
  }

  async function place(outgoing: Outgoing): Promise<Post> {
    const { post, address } = toPost(outgoing, options.ids(), core.phrases, options.previews);
    await core.sent(outgoing.delivery.id, post.ref, address);
    if (post.place === "route") postToDesk(post);
    return post;
  }

  return (question) => {
    const key = `${question.session}/${question.id}`;
    const known = replies.get(key);
    if (known) return known;
    const reply = decide(question);
    replies.set(key, reply);
    reply.catch(() => replies.delete(key));
    const oldest = replies.keys().next().value;
    if (replies.size > limits.replies && oldest !== undefined) replies.delete(oldest);
    return reply;
  };
}

function languageOf({ locale }: Question, { languages }: Core): Language {
  const [first = "en"] = languages;
  return languages.find((language) => locale?.toLowerCase().startsWith(language)) ?? first;
}
