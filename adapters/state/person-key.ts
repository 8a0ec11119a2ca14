import type { Case } from "../../src/case.ts";
import type { Person } from "../../src/message.ts";

/** One string for a person, unique over platforms and tenants, whose ids hold no line break. */
export function personKey({ platform, tenant, id }: Person): string {
  return [platform, tenant, id].join("\n");
}

/** The owner of a case: their id is one of the platform and tenant where the case lives. */
export function ownerKey({ address, owner }: Pick<Case, "address" | "owner">): string {
  return personKey({ platform: address.platform, tenant: address.tenant, id: owner.id });
}

/** The person whose key this is. */
export function personOfKey(key: string): Person {
  const [platform = "", tenant = "", ...id] = key.split("\n");
  return { platform, tenant, id: id.join("\n") };
}

/** The tenants in which an id of a platform occurs, sorted, each once. */
export function tenantsIn(people: readonly Person[], platform: string, id: string): string[] {
  const theirs = people.filter((person) => person.platform === platform && person.id === id);
  return [...new Set(theirs.map(({ tenant }) => tenant))].toSorted();
}
