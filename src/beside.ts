import type { Writer } from "./answers/writer.ts";
import type { Button } from "./card.ts";
import type { Case } from "./case.ts";
import { type Address, addressKey, type Message, type Person, personOf } from "./message.ts";
import type { StateStore } from "./state.ts";
import type { Turn } from "./turn.ts";

const MOST = 3;

/**
 * The other cases in which a person's words could be meant, where a conversation has no threads (Teams' personal chat):
 * those that people have, and those with an open step. Newest first.
 */
export async function casesBeside(
  state: Pick<StateStore, "casesOf">,
  message: Message,
  at: Case | undefined,
): Promise<Case[]> {
  if (!at || message.timer || message.address.thread !== undefined) return [];
  if (addressKey(at.address) !== addressKey(message.address)) return [];
  const owner: Person = personOf(message);
  const cases = await state.casesOf({ owner });
  const isOther = (each: Case) =>
    each.id !== at.id && isAt(each, message.address) && (isWithPeople(each) || hasOpenStep(each));
  return cases.filter(isOther).slice(-MOST).reverse();
}

/** Buttons that lead what is typed next to another case: to the agent who has it, or to its open step. */
export function besideButtons(
  turn: Turn,
  writer: Writer,
  which: (at: Case) => boolean = () => true,
): Button[] {
  return turn.env.beside.filter(which).map((at) => ({
    label: isWithPeople(at)
      ? writer.say("beside.write", {
          name: at.handover?.agent?.name ?? writer.say("beside.people"),
        })
      : writer.say("beside.go-on", { case: at.id }),
    style: "default",
    action: { v: 1, do: "turn-to", case: at.id, lang: writer.language },
  }));
}

/** True for a case that people have. */
export function isWithPeople(at: Case): boolean {
  return at.status === "handed-over" && at.handover !== undefined;
}

function isAt(at: Case, address: Address): boolean {
  return addressKey(at.address) === addressKey(address);
}

function hasOpenStep({ status, position }: Case): boolean {
  return status === "open" && (position.at === "step" || position.at === "verify");
}
