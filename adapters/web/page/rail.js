import { allThreads } from "./conversations.js";
import { element } from "./element.js";
import { icon } from "./icon.js";

/**
 * Shows the list of conversations.
 * @param {string | undefined} current id of the conversation on screen
 */
export function showRail(current) {
  const rows = allThreads().map((thread) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "thread";
    button.dataset.thread = thread.id;
    button.classList.toggle("unread", thread.unread === true);
    if (thread.id === current) button.setAttribute("aria-current", "true");
    if (thread.private) button.append(icon("lock"));
    const title = document.createElement("span");
    title.textContent = thread.title;
    button.append(title);
    const row = document.createElement("li");
    row.append(button);
    return row;
  });
  element("threads").replaceChildren(...rows);
  element("no-threads").hidden = rows.length > 0;
}
