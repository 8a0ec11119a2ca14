import type { Role } from "../../src/message.ts";

/** Roles of people by their Entra object id or Teams id, upper and lower case alike; admin wins over helpdesk. */
export function createRoles(listed: {
  helpdesk: string[];
  admins: string[];
}): (ids: (string | undefined)[]) => Role {
  const admins = lower(listed.admins);
  const helpdesk = lower(listed.helpdesk);
  return (ids) => {
    const known = ids.flatMap((id) => id?.toLowerCase() ?? []);
    if (known.some((id) => admins.has(id))) return "admin";
    return known.some((id) => helpdesk.has(id)) ? "helpdesk" : "user";
  };
}

function lower(ids: string[]): ReadonlySet<string> {
  return new Set(ids.map((id) => id.toLowerCase()));
}
