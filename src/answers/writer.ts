import type { Action } from "../action.ts";
import type { Button, Inline } from "../card.ts";
import type { Case } from "../case.ts";
import type { FoundCode, Reading } from "../codes/reading.ts";
import type { Misnamed } from "../codes/settle.ts";
import type { Knowledge } from "../knowledge/knowledge.ts";
import type { Language } from "../language.ts";
import type { Role, Surface } from "../message.ts";

/**
 * What every answer is written with: the language, the reader's role and the case that its buttons act on. `keepsCase` is
 * false on surfaces whose answer cannot hold a case (ephemeral): such a card carries no result buttons.
 */
export type Writer = {
  language: Language;
  role: Role;
  surface: Surface;
  now: number;
  knowledge: Knowledge;
  keepsCase: boolean;
  case?: Case;
  say(key: string, params?: Record<string, string | number>): string;
  action(act: Action["do"], rest?: Partial<Action>): Action;
  button(key: string, act: Action["do"], rest?: Partial<Action>, style?: Button["style"]): Button;
};

/** A writer for one reader; `at` is the case as it will stand when the card is posted. */
export function createWriter(
  from: Pick<Writer, "language" | "role" | "surface" | "now" | "knowledge"> & { case?: Case },
): Writer {
  const say: Writer["say"] = (key, params) => from.knowledge.phrases(from.language, key, params);
  const base = (act: Action["do"]) =>
    from.case
      ? { v: 1 as const, do: act, case: from.case.id, rev: from.case.version }
      : { v: 1 as const, do: act };
  const action: Writer["action"] = (act, rest) =>
    Object.assign(base(act), rest, { lang: from.language });
  return {
    ...from,
    keepsCase: from.surface !== "slash",
    say,
    action,
    button: (key, act, rest, style = "default") => ({
      label: say(key),
      style,
      action: action(act, rest),
    }),
  };
}

/** A code as an answer is titled: a plain number stays the one that people know ("1603"); "stop 139" is 0x139. */
export function titleCode(reading: Reading, found?: FoundCode): string {
  const { text } = found ?? {};
  return text === String(reading.value) && text.length <= 5 ? text : reading.code;
}

/** Opens one reading; numbers of the smaller components meet, so those are named by their symbol. */
export function chooseReading(writer: Writer, { code, symbol, family }: Reading): Action {
  const named = family === "other" && symbol ? symbol : code;
  return writer.action("choose", { code: named, result: family });
}

/** Useful / not useful: the last buttons of every answer that claims something. */
export function feedbackButtons(writer: Writer, about: Partial<Action>): Button[] {
  return [
    writer.button("button.useful", "useful", about, "quiet"),
    writer.button("button.not-useful", "not-useful", about, "quiet"),
  ];
}

/** The polite correction of a name that does not belong to the code beside it. */
export function misnamedText(writer: Writer, misnamed: Misnamed, reading: Reading): string {
  const params = { symbol: misnamed.symbol, code: reading.code, name: reading.symbol ?? "" };
  return misnamed.code
    ? writer.say("entry.misnamed", { ...params, other: misnamed.code })
    : writer.say("entry.no-such-name", params);
}

/** Where in an attached file a code stands; nothing for a code of the message itself. */
export function placeOf(writer: Writer, { file, line }: FoundCode): Inline[] {
  return file === undefined
    ? []
    : [" ", writer.say("several.place", { file: file.slice(0, 60), line })];
}
