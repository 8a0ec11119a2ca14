import type { Block } from "./card.ts";
import { type Decision, post, type Turn, writerFor } from "./turn.ts";

const LONGEST = 40_000;

/**
 * Tells somebody who posted a secret where others read it, in a private conversation and without repeating it; never when
 * Hexdesk says nothing else and neither was addressed nor leads this person. The decision says what was seen.
 */
export function withSecretWarning(turn: Turn, decision: Decision): Decision {
  const { message, at, env, language } = turn;
  const { found } = env.redact(message.text.slice(0, LONGEST));
  const secrets = [...new Set(found.filter(({ secret }) => secret).map(({ kind }) => kind))];
  if (secrets.length === 0) return decision;
  const seen = { ...decision, secrets };
  const { commit } = decision;
  const isShared = message.surface === "channel" || message.surface === "group";
  const isHeard =
    commit.deliveries.length > 0 || message.addressed || at?.owner.id === message.from.id;
  if (!isShared || !isHeard) return seen;
  const { say } = writerFor(turn);
  const blocks: Block[] = [
    { type: "text", inlines: [say("secret.text")] },
    { type: "list", ordered: false, items: secrets.map((kind) => [say(`secret.${kind}`)]) },
    { type: "notice", level: "caution", inlines: [say("secret.next")] },
    { type: "text", quiet: true, inlines: [say("secret.kept")] },
  ];
  const card = { title: say("secret.title"), blocks, buttons: [], language };
  const warning = post(turn, card, { to: { kind: "dm" } });
  return { ...seen, commit: { ...commit, deliveries: [warning, ...commit.deliveries] } };
}
