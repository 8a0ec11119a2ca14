import type { Block } from "../card.ts";
import type { Case } from "../case.ts";
import type { Incident } from "../state.ts";
import { type Decision, type Turn, writerFor } from "../turn.ts";

/** Answers above which an incident stands. */
const SHOWN = new Set(["entry", "decoded", "unknown-code", "several", "choices", "step", "case"]);

/** Answers about one problem, whose case is attached to the incident. */
const ATTACHED = new Set(["entry", "decoded", "unknown-code", "step", "case"]);

/** The open incidents that concern the place of this message; of other tenants of the same platform nothing is told. */
export function incidentsHere({ env, message }: Turn): Incident[] {
  const { platform, tenant } = message.address;
  return env.incidents.filter(({ by }) => by.platform !== platform || by.tenant === tenant);
}

/** The newest of them about an entry or one of these codes. */
export function incidentFor(
  turn: Turn,
  about: { entry?: string | undefined; codes: readonly string[] },
): Incident | undefined {
  return incidentsHere(turn).findLast(
    ({ entry, codes }) =>
      (entry !== undefined && entry === about.entry) ||
      codes.some((code) => about.codes.includes(code)),
  );
}

/**
 * Puts the helpdesk's sentence above an answer that an incident is about, and attaches the case, so that its owner is told
 * when it is over. Each case hears it once.
 */
export function withIncident(turn: Turn, decision: Decision): Decision {
  if (turn.env.incidents.length === 0) return decision;
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
