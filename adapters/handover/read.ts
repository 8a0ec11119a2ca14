import type { Knowledge } from "../../src/knowledge/knowledge.ts";
import type { Config } from "../config.ts";
import { PLAYGROUND_DESK } from "./playground-desk.ts";
import { type ReadRoutes, readRoutes } from "./routes.ts";

/** Where cases go: the routes of the file, or the playground's own helpdesk where none is named. */
export function readHandover(config: Config, knowledge: Knowledge): ReadRoutes {
  const { slack, teams, playground, secret } = config;
  if (!config.routes)
    return { routes: playground ? [PLAYGROUND_DESK] : [], hooks: {}, services: {} };
  const areas = knowledge.entryIds.map((id) => knowledge.entry(id, "en")?.area ?? "");
  return readRoutes(config.routes, {
    platforms: [
      ...(slack ? ["slack"] : []),
      ...(teams ? ["teams"] : []),
      ...(playground ? ["web"] : []),
    ],
    hasSecret: secret !== undefined,
    areas: new Set(areas),
  });
}
