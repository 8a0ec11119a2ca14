import { createDrawer } from "./drawer.js";
import { element } from "./element.js";
import { isDark } from "./settings.js";
import { renderSlack } from "./slack.js";
import { renderTeams } from "./teams.js";
import { say } from "./words.js";

/** @typedef {import("./api.js").Post} Post */

/**
 * The panel that shows a card as Slack and as Teams would, with the JSON.
 * @param {(action: unknown, ref: string) => void} click a button of the preview was pressed
 */
export function createPanel(click) {
  const panel = element("panel");
  const drawer = createDrawer(panel, "(width < 75rem)", false);
  /** @type {Post | undefined} */
  let post;

  async function show() {
    if (!post) return;
    const kind = chosenKind();
    const box = element("preview");
    const { ref } = post;
    const press = (/** @type {unknown} */ action) => click(action, ref);
    try {
      const shown =
        kind === "slack" ? renderSlack(post.slack, press) : await renderTeams(post.teams, press);
      shown.lang = post.language;
      box.className = `preview ${kind} ${isDark() ? "dark" : "light"}`;
      box.replaceChildren(shown);
    } catch {
      box.replaceChildren(say(document.createElement("p"), "preview-failed"));
    }
    const json = kind === "slack" ? post.slack : post.teams;
    element("json-name").textContent = kind === "slack" ? "Block Kit" : "Adaptive Card";
    element("json").textContent = JSON.stringify(json, null, 2);
  }

  element("kinds").addEventListener("change", show);
  element("close-panel").addEventListener("click", () => drawer.close());
  document.addEventListener("themechange", show);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);

  return {
    /** @param {Post} selected */
    open(selected) {
      post = selected;
      drawer.open();
      show();
      element("panel-title").focus();
    },
    /**
     * Follows the conversation: a post that replaces the selected one, or that answers its button, is shown instead.
     * @param {Post} next
     * @param {string | undefined} clicked
     */
    update(next, clicked) {
      if (!post || panel.hidden || (post.ref !== next.ref && post.ref !== clicked)) return;
      post = next;
      show();
    },
    hasFocus: () => panel.contains(document.activeElement),
  };
}

function chosenKind() {
  const chosen = document.querySelector('input[name="kind"]:checked');
  return chosen instanceof HTMLInputElement && chosen.value === "teams" ? "teams" : "slack";
}
