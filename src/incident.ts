import type { Block } from "./card.ts";
import type { Case } from "./case.ts";
import type { Incident } from "./state.ts";
import { type Decision, type Turn, writerFor } from "./turn.ts";

/** Answers above which an incident stands. */
const SHOWN = new Set(["entry", "decoded", "unknown-code", "several", "choices", "step", "case"]);

/** Answers about one problem, whose case is attached to the incident. */
const ATTACHED = new Set(["entry", "decoded", "unknown-code", "step", "case"]);

/** The open incident about an entry or one of these codes; of other tenants of the same platform nothing is told. */
export function incidentFor(
  { env, message }: Turn,
  about: { entry: string | undefined; codes: readonly string[] },
): Incident | undefined {
  const { platform, tenant } = message.address;
  return env.incidents.findLast(
    ({ entry, codes, by }) =>
      (by.platform !== platform || by.tenant === tenant) &&
      ((entry !== undefined && entry === about.entry) ||
        codes.some((code) => about.codes.includes(code))),
  );
}

/**
 * Puts the helpdesk's sentence above an answer that an incident is about, and attaches the case, so that its owner is told
 * when it is over. Each case hears it once.
 */
export function withIncident(turn: Turn, decision: Decision): Decision {
  const { commit, kind, answers } = decision;
  const at = commit.case;
  const shown = commit.deliveries.at(-1);
  if (!shown || !SHOWN.has(kind) || (turn.message.action && !at)) return decision;
  const found = [...answers, { entry: at?.entry ?? null, code: null }].map(({ entry, code }) =>
    incidentFor(turn, { entry: entry ?? undefined, codes: code ? [code] : [] }),
  );
  const incident = found.find((each) => each !== undefined);
  if (!incident || at?.incident === incident.id) return decision;
  const inlines = [writerFor(turn).say("incident.above"), " ", { bold: incident.sentence }];
  const notice: Block = { type: "notice", level: "caution", inlines };
  const card = { ...shown.card, blocks: [notice, ...shown.card.blocks] };
  return {
    ...decision,
    commit: {
      ...commit,
      ...(at && ATTACHED.has(kind) ? { case: attached(at, incident) } : {}),
      deliveries: commit.deliveries.with(-1, { ...shown, card }),
    },
  };
}

function attached(at: Case, { id }: Incident): Case {
  return { ...at, incident: id };
}
