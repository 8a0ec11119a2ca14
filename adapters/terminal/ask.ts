import type { Answered } from "../../src/answered.ts";
import type { Bot } from "../../src/bot.ts";
import type { Card } from "../../src/card.ts";
import type { Message, Role } from "../../src/message.ts";

/** One question of the terminal or of batch mode; `thread` holds earlier turns of the same conversation. */
export type Question = {
  id: string;
  text: string;
  surface: "dm" | "slash" | "channel";
  locale?: string;
  role: Role;
  thread: { role: "user" | "bot"; text: string }[];
};

/** Asks the bot as one person in one thread: the user's earlier turns first, then the question; returns its cards. */
export async function ask(bot: Bot, question: Question): Promise<Answered & { cards: Card[] }> {
  let last: (Answered & { cards: Card[] }) | undefined;
  const turns = [
    ...question.thread.filter((turn) => turn.role === "user").map((turn) => turn.text),
    question.text,
  ];
  for (const [i, text] of turns.entries()) last = await askOnce(bot, question, text, i);
  return last ?? silence();
}

async function askOnce(bot: Bot, question: Question, text: string, i: number) {
  const id = `${question.id}/${i}`;
  const message: Message = {
    id,
    dedupe: [id],
    at: i,
    from: {
      id: "you",
      role: question.role,
      ...(question.locale ? { locale: question.locale } : {}),
    },
    address: {
      platform: "terminal",
      tenant: "local",
      conversation: question.id,
      thread: question.id,
    },
    surface: question.surface,
    addressed: question.surface !== "channel",
    text,
    files: [],
  };
  const answered = await bot.answer(message);
  if (!answered) return silence();
  const { outgoing, ...rest } = answered;
  for (const { delivery } of outgoing) await bot.sent(delivery.id, delivery.id);
  return { ...rest, cards: outgoing.map(({ delivery }) => delivery.card) };
}

function silence(): Answered & { cards: Card[] } {
  return { kind: "silent", answers: [], alternatives: [], language: "en", cards: [] };
}
