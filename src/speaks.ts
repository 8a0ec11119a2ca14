import type { Delivery } from "./card.ts";
import { mayAct } from "./click.ts";
import { addressKey } from "./message.ts";
import type { Decision, Turn } from "./turn.ts";

/**
 * Where a conversation has no threads, what is typed belongs to the case that was spoken in last: by its owner or a
 * helper, or to its owner by Hexdesk or an agent. This names it, so that the store finds it there first.
 */
export function withSpeaker(turn: Turn, decision: Decision): Decision {
  const { message, at: before } = turn;
  const { commit } = decision;
  const at = commit.case ?? before;
  if (!at || at.address.thread !== undefined) return decision;
  const place = addressKey(at.address);
  const isOwners = addressKey(message.address) === place && !message.timer && mayAct(turn, at);
  const isSaid = ({ to, mode }: Delivery) =>
    mode === "post" && to.kind === "address" && addressKey(to.address) === place;
  const speaks = isOwners ? commit.deliveries.length > 0 : commit.deliveries.some(isSaid);
  return speaks ? { ...decision, commit: { ...commit, speaks: at.id } } : decision;
}
