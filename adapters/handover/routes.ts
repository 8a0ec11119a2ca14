import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Route } from "../../src/handover/routes.ts";
import { check } from "../../src/knowledge/complaint.ts";
import { type Problem, problemText } from "../../src/knowledge/error.ts";
import { type Doc, readYaml } from "../../src/knowledge/yaml.ts";
import type { Address } from "../../src/message.ts";
import { WHERE } from "../config-settings.ts";
import { StartError } from "../start-error.ts";
import { PLAYGROUND_DESK } from "./playground-desk.ts";
import { type RawRoute, routesSchema } from "./routes-schema.ts";
import { forbiddenHost, targetOf } from "./target.ts";

/** What the file is checked against: connected platforms, whether a secret is set, and the areas that entries have. */
export type RoutesContext = {
  platforms: readonly string[];
  hasSecret: boolean;
  areas: ReadonlySet<string>;
};

/** Where a webhook's events go; `isPrivate` allows addresses of this computer and of private networks. */
export type Hook = { url: string; isPrivate: boolean };

/** The routes of the file; webhooks and the service addresses of Teams tenants beside them, for those who send. */
export type ReadRoutes = {
  routes: Route[];
  hooks: Record<string, Hook>;
  services: Record<string, string>;
};

const KINDS = ["slack", "teams", "webhook", "playground"] as const;

/** Reads the file of HANDOVER_ROUTES. Throws a StartError with every mistake at once, as "file:line: text". */
export function readRoutes(path: string, context: RoutesContext): ReadRoutes {
  const file = basename(path);
  const { doc, problems } = readYaml(file, bytesOf(path));
  const checked = doc ? check(doc, routesSchema, "README.md") : undefined;
  problems.push(...(checked?.problems ?? []));
  const raw = checked?.value ?? {};
  if (doc && problems.length === 0) problems.push(...mistakes(doc, raw, context));
  if (problems.length > 0) {
    const count = problems.length === 1 ? "one mistake" : `${problems.length} mistakes`;
    const lines = problems.map((each) => `  ${problemText(each)}`);
    throw new StartError(`HANDOVER_ROUTES has ${count}:\n${lines.join("\n")}`);
  }
  const all = Object.entries(raw);
  return {
    routes: all.map(([name, route]) => toRoute(name, route)),
    hooks: Object.fromEntries(all.flatMap(([name, route]) => hookOf(name, route))),
    services: Object.fromEntries(
      all.flatMap(([, { teams }]) => (teams?.service ? [[teams.tenant, teams.service]] : [])),
    ),
  };
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(`HANDOVER_ROUTES names a file that cannot be read (${code}).`);
  }
}

function mistakes(doc: Doc, raw: Record<string, RawRoute>, context: RoutesContext): Problem[] {
  const all = Object.entries(raw);
  const found: Problem[] = [];
  const at = (path: readonly string[], text: string) =>
    found.push({ file: doc.file, line: doc.line(path), text: `\`${path.join(".")}\` ${text}` });
  if (!all.some(([, { areas }]) => areas.length > 0)) {
    found.push({
      file: doc.file,
      line: 1,
      text: 'no route gets a case: give one areas: "*", or a list of areas',
    });
  }
  for (const [name, route] of all) {
    const kinds = KINDS.filter((kind) => route[kind] !== undefined && route[kind] !== false);
    const [kind] = kinds;
    if (kinds.length !== 1 || !kind) {
      at([name], "must say where it leads: one of slack, teams, webhook or playground: yes");
      continue;
    }
    const platform = kind === "playground" ? "web" : kind;
    if (platform !== "webhook" && !context.platforms.includes(platform)) {
      at([name, kind], NOT_CONNECTED[kind]);
    }
    if (kind === "webhook") {
      const fault = hookFault(route);
      if (fault) at([name, kind], fault);
      if (!context.hasSecret) {
        at([name, kind], `needs HANDOVER_SECRET, which is not set. ${WHERE.HANDOVER_SECRET}`);
      }
    }
    if (route.tag && kind !== "slack") at([name, "tag"], "works with slack only: leave it out");
    if (route.allow_private !== undefined && kind !== "webhook") {
      at([name, "allow_private"], "belongs to a webhook: leave it out");
    }
    for (const area of route.areas) {
      if (area !== "*" && !context.areas.has(area)) {
        const known = [...context.areas].sort().join(", ");
        at([name, "areas"], `names ${area}, which no entry has. Areas are ${known}, or "*"`);
      }
    }
    if (route.next && !raw[route.next]) at([name, "next"], `names no route: ${route.next}`);
    else if (isCircle(raw, name)) at([name, "next"], "leads back to this route: break the circle");
  }
  return found;
}

const NOT_CONNECTED = {
  slack: "needs Slack, which is not connected: set SLACK_BOT_TOKEN",
  teams: "needs Teams, which is not connected: set MicrosoftAppId",
  playground: "needs the playground, which is off: set PLAYGROUND=on",
  webhook: "",
};

function hookFault({ webhook = "", allow_private: isPrivate = false }: RawRoute) {
  const target = targetOf(webhook, isPrivate);
  if (typeof target === "string") return target;
  return isPrivate || !forbiddenHost(target.hostname)
    ? undefined
    : "leads to this computer or a private network: add allow_private: yes if that is meant";
}

function isCircle(raw: Record<string, RawRoute>, start: string): boolean {
  const seen = new Set<string>();
  let name = raw[start]?.next;
  while (name && !seen.has(name)) {
    if (name === start) return true;
    seen.add(name);
    name = raw[name]?.next;
  }
  return false;
}

function toRoute(name: string, route: RawRoute): Route {
  const { areas, language, tag, hours, next, telephone } = route;
  return {
    name,
    title: route.title ?? name,
    place: placeOf(name, route),
    areas,
    ...(language ? { language } : {}),
    ...(tag ? { tag } : {}),
    ...(hours ? { hours } : {}),
    ...(route.remind_after ? { remindAfter: route.remind_after } : {}),
    ...(next ? { next } : {}),
    ...(telephone ? { telephone } : {}),
  };
}

/** The tenant of a Slack channel is known only when Slack is connected; the channel's id is enough to post there. */
function placeOf(name: string, { slack, teams, webhook }: RawRoute): Address {
  if (slack) return { platform: "slack", tenant: "", conversation: slack };
  if (teams) return { platform: "teams", tenant: teams.tenant, conversation: teams.channel };
  if (webhook) return { platform: "webhook", tenant: "", conversation: name };
  return PLAYGROUND_DESK.place;
}

function hookOf(name: string, { webhook, allow_private: isPrivate = false }: RawRoute) {
  return webhook ? [[name, { url: webhook, isPrivate }] as const] : [];
}
