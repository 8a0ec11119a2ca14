import type { Route } from "../../src/handover/routes.ts";

/** The playground's own helpdesk: the page shows it beside the conversations. It serves nothing but the playground. */
export const PLAYGROUND_DESK: Route = {
  name: "playground",
  title: "Helpdesk",
  place: { platform: "web", tenant: "local", conversation: "desk" },
  areas: ["*"],
  only: "web",
};
