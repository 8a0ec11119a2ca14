import type { Clock } from "../../src/clock.ts";
import type { Logger } from "../../src/log.ts";
import type { Role } from "../../src/message.ts";

const REFRESH_MS = 5 * 60_000;

/** Who may be shown what: `of` answers at once from the last known groups, `refresh` reads them again when they are old. */
export type Roles = { of(userId: string): Role; refresh(): Promise<void> };

/**
 * Roles of people listed by id (U…, W…) or as members of a user group (S…). A group that cannot be read gives nobody a
 * role: reading fails closed and is tried again after five minutes.
 */
export function createRoles(
  listed: { helpdesk: string[]; admins: string[] },
  membersOf: (group: string) => Promise<string[]>,
  { clock, log }: { clock: Clock; log: Logger },
): Roles {
  const groups = [...new Set([...listed.helpdesk, ...listed.admins])].filter(isGroup);
  const members = new Map<string, Set<string>>();
  let readAt = Number.NEGATIVE_INFINITY;

  const has = (ids: string[], user: string) =>
    ids.some((id) => (isGroup(id) ? members.get(id)?.has(user) : id === user));

  return {
    of: (user) => {
      if (has(listed.admins, user)) return "admin";
      return has(listed.helpdesk, user) ? "helpdesk" : "user";
    },
    refresh: async () => {
      if (clock.now() - readAt < REFRESH_MS) return;
      readAt = clock.now();
      await Promise.all(
        groups.map(async (group) => {
          try {
            members.set(group, new Set(await membersOf(group)));
          } catch (error) {
            log.warn("slack-group-unreadable", { group, reason: (error as Error).message });
          }
        }),
      );
    },
  };
}

function isGroup(id: string): boolean {
  return id.startsWith("S");
}
