import { personOf } from "../message.ts";
import { type CaseTurn, changed } from "../turn.ts";
import type { HandedOver } from "./desk.ts";

/** A turn in the thread of an agent's card. */
export type DeskTurn = CaseTurn & { at: HandedOver };

/** The case as this agent's; also one that was another's until now. */
export function take({ message, at, env, ...turn }: DeskTurn): HandedOver {
  const { name } = message.from;
  const agent = { ...personOf(message), ...(name ? { name } : {}) };
  const { asks: _, ...kept } = at.handover;
  const taken = { status: "taken", agent, takenAt: env.now, desk: message.address } as const;
  return {
    ...changed({ ...turn, message, env, at }, at, {}),
    handover: { ...kept, ...taken },
  };
}

/** True for whoever took the case. */
export function isAgent({ message, at }: DeskTurn): boolean {
  const me = personOf(message);
  const { agent } = at.handover;
  return agent?.id === me.id && agent.platform === me.platform && agent.tenant === me.tenant;
}

/** True when nobody has it: not taken yet, or whoever took it was erased. */
export function isFree({ at: { handover } }: DeskTurn): boolean {
  return handover.status === "waiting" || (handover.status === "taken" && !handover.agent);
}
