import type { Intent } from "../intent.ts";
import { type CaseTurn, type Decision, silent } from "../turn.ts";
import { addToPreview, handOver, notNow } from "./handover.ts";
import { sendHandover } from "./send-handover.ts";

/** Words about the preview of a hand-over: sent, not sent, or added to it; undefined for another question. */
export function atPreview(turn: CaseTurn, intent: Intent): Decision | undefined {
  if (turn.at.position.at !== "handover") return undefined;
  if (turn.wish || intent.kind === "codes" || intent.kind === "code-or-result") return undefined;
  const act = intent.kind === "follow-up" ? intent.act : undefined;
  if (act === "okay" && turn.message.text.includes("?")) return handOver(turn);
  if (act === "yes" || act === "okay" || act === "send" || act === "person")
    return sendHandover(turn);
  if (act === "done" || act === "thanks") return handOver(turn);
  if (act === "wait") return silent(turn);
  if (act === "no" || act === "stop" || act === "not_send") return notNow(turn);
  if (act === "resolved" || act === "help") return undefined;
  return turn.message.mentions?.length ? silent(turn) : addToPreview(turn);
}
