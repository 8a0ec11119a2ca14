import type { Message } from "../src/message.ts";
import type { StateStore } from "../src/state.ts";

/** How many deliveries that called a person were given up; they are kept until their retention is over. */
export type DeadLetters = {
  count(): number;
  /** Counts the message that tells of one. */
  seen(message: Pick<Message, "timer">): void;
  /** Reads the number anew; rejects when the store does. */
  read(): Promise<void>;
};

/** Starts at none: `read` it at the start. */
export function createDeadLetters(state: Pick<StateStore, "deadLetters">): DeadLetters {
  let count = 0;
  return {
    count: () => count,
    seen: ({ timer }) => {
      if (timer?.what === "undelivered") count += 1;
    },
    read: async () => {
      count = (await state.deadLetters()).length;
    },
  };
}
