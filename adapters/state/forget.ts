import type { Case } from "../../src/case.ts";
import type { Person } from "../../src/message.ts";
import type { CaseEvent, Incident } from "../../src/state.ts";
import { personKey } from "./person-key.ts";

/** What stands where the id of an erased person stood. */
const ERASED = "erased";

/** The event without the words that are kept in it: what happened, when, and its facts. */
export function wordless({ detail: { text: _, ...facts }, ...event }: CaseEvent): CaseEvent {
  return { ...event, detail: facts };
}

/** The event without the person: no name and none of their words. */
export function tombstone({ by: _, ...event }: CaseEvent): CaseEvent {
  return wordless(event);
}

/** Somebody else's case without the person who helped in it or took it over, and without what they said solved it; undefined when they have no part in it. */
export function withoutHelper(at: Case, person: Person): Case | undefined {
  const here = at.address.platform === person.platform && at.address.tenant === person.tenant;
  const isThem = (id: string) => here && id === person.id;
  const agent = at.handover?.agent;
  const took = agent !== undefined && personKey(agent) === personKey(person);
  if (!took && !at.helpers.some(isThem) && !at.tried.some(({ by }) => isThem(by))) return undefined;
  const { agent: _, resolution: __, ...handover } = at.handover ?? {};
  return {
    ...at,
    helpers: at.helpers.filter((id) => !isThem(id)),
    tried: at.tried.map((tried) => (isThem(tried.by) ? { ...tried, by: ERASED } : tried)),
    ...(took ? { handover: handover as Case["handover"] & object } : {}),
  };
}

/** An incident without the name of the person who declared it. */
export function withoutDeclarer({ by, ...incident }: Incident): Incident {
  const { platform, tenant } = by;
  return { ...incident, by: { platform, tenant, id: ERASED } };
}
