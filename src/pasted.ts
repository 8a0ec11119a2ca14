import type { Action } from "./action.ts";
import { noteCard } from "./answers/notes.ts";
import { answerCodes, answerSymptom } from "./ask.ts";
import { readCodes } from "./codes/read.ts";
import { isKnown } from "./intent.ts";
import type { ThreadLine } from "./message.ts";
import { help } from "./miss.ts";
import {
  type CaseTurn,
  changed,
  type Decision,
  decided,
  post,
  type Turn,
  writerFor,
} from "./turn.ts";

/**
 * Output or words that no result of the step names: a result of this step, or a new problem? The asker says. The problem is
 * named by the code that was pasted, or by what its answer is titled.
 */
export function resultOrNew(
  turn: CaseTurn,
  about: Partial<Action>,
  named: { code: string } | { title: string },
): Decision {
  const { at } = turn;
  const next = changed(turn, at, {});
  const writer = writerFor(turn, next);
  const here = {
    ...(at.entry ? { entry: at.entry } : {}),
    ...(at.position.at === "step" ? { step: at.position.step } : {}),
  };
  const card = noteCard(
    writer,
    writer.say("pasted.title"),
    [["code" in named ? writer.say("pasted.text", named) : writer.say("pasted.told", named)]],
    [
      writer.button("pasted.result", "again", here),
      {
        label: "code" in named ? writer.say("pasted.new", named) : writer.say("pasted.other"),
        style: "default",
        action: writer.action("choose", about),
      },
    ],
  );
  const delivery = post(turn, card);
  return decided(turn, {
    kind: "choices",
    at: { ...next, card: delivery.id },
    deliveries: [delivery],
  });
}

/** A bare mention in a thread: takes the newest message with a known code, else the root; its author owns the case. */
export function fromThread(turn: Turn): Decision {
  const { message, env } = turn;
  const lines =
    message.thread === "unreadable" ? [] : (message.thread ?? []).filter((l) => !l.mine);
  const isCoded = (line: ThreadLine) =>
    readCodes(line.text, env.knowledge.catalog).codes.some(isKnown);
  const taken =
    lines.findLast(isCoded) ?? lines.find((line) => line.text.trim() !== message.text.trim());
  if (!taken) {
    return help(
      turn,
      message.thread === "unreadable" ? "help.unreadable" : "help.nothing-in-thread",
    );
  }
  const asked: Turn = {
    ...turn,
    message: { ...message, text: taken.text, from: { ...taken.from, role: "user" } },
  };
  const writer = writerFor(turn);
  const preface = [
    writer.say("thread.took", { name: taken.from.name ?? writer.say("not-yours.somebody") }),
    " ",
    { code: env.redact(taken.text).text.replace(/\s+/gu, " ").slice(0, 120) },
  ];
  const extraction = readCodes(taken.text, env.knowledge.catalog);
  const decision = extraction.codes.some((code) => code.readings.length > 0)
    ? answerCodes(asked, extraction, { preface })
    : answerSymptom(asked, { preface });
  const at = decision.commit.case;
  if (!at || taken.from.id === message.from.id) return decision;
  const helpers = [...new Set([...at.helpers, message.from.id])];
  return { ...decision, commit: { ...decision.commit, case: { ...at, helpers } } };
}
