import { link, renderMrkdwn } from "./mrkdwn.js";

/**
 * @typedef {(action: unknown) => void} Press
 * @typedef {Record<string, any>} Json
 */

/** Slack's names of the signs on cards, as characters. */
const signs = /** @type {Record<string, string>} */ ({
  information_source: "ℹ️",
  warning: "⚠️",
  no_entry: "⛔",
});

/**
 * A message as Slack would show it: the Block Kit blocks that Hexdesk sends. A block of another type is shown as its name,
 * so that nothing goes missing unseen.
 * @param {Json} message
 * @param {Press} press
 */
export function renderSlack(message, press) {
  const picture = make("div", "slack-picture");
  picture.setAttribute("aria-hidden", "true");
  picture.textContent = "H";
  const name = make(
    "p",
    "slack-name",
    make("strong", "", "Hexdesk"),
    make("span", "slack-app", "APP"),
  );
  const blocks = message.blocks.map((/** @type {Json} */ block) => renderBlock(block, press));
  return make("div", "slack-message", picture, make("div", "slack-body", name, ...blocks));
}

/**
 * @param {Json} block
 * @param {Press} press
 * @returns {HTMLElement}
 */
function renderBlock(block, press) {
  switch (block.type) {
    case "header":
      return make("p", "slack-header", ...textOf(block.text));
    case "section":
      return renderSection(block);
    case "context":
      return make("p", "slack-context", ...block.elements.flatMap(textOf));
    case "divider":
      return document.createElement("hr");
    case "actions":
      return make(
        "div",
        "slack-actions",
        ...block.elements.map((/** @type {Json} */ each) => renderButton(each, press)),
      );
    case "context_actions":
      return make(
        "div",
        "slack-actions",
        ...block.elements.flatMap((/** @type {Json} */ each) => [
          renderThumb(each.positive_button, "👍", press),
          renderThumb(each.negative_button, "👎", press),
        ]),
      );
    case "rich_text":
      return make("div", "slack-rich", ...block.elements.map(renderRich));
    default:
      return make("p", "slack-unknown", String(block.type));
  }
}

/** @param {Json} block */
function renderSection(block) {
  const text = block.text ? [make("p", "", ...textOf(block.text))] : [];
  const fields = (block.fields ?? []).map((/** @type {Json} */ each) =>
    make("p", "", ...textOf(each)),
  );
  return make("div", "slack-section", ...text, make("div", "slack-fields", ...fields));
}

/**
 * @param {Json} part
 * @returns {HTMLElement}
 */
function renderRich(part) {
  switch (part.type) {
    case "rich_text_preformatted":
      return make("pre", "", ...part.elements.flatMap(renderElement));
    case "rich_text_quote":
      return make("blockquote", "", ...part.elements.flatMap(renderElement));
    case "rich_text_list": {
      const items = part.elements.map((/** @type {Json} */ item) =>
        make("li", "", ...item.elements.flatMap(renderElement)),
      );
      return make(part.style === "ordered" ? "ol" : "ul", "", ...items);
    }
    default:
      return make("p", "", ...part.elements.flatMap(renderElement));
  }
}

/**
 * @param {Json} element
 * @returns {(string | HTMLElement)[]}
 */
function renderElement(element) {
  if (element.type === "emoji") return [signs[element.name] ?? `:${element.name}:`];
  if (element.type === "link") return [link(element.url, element.text ?? element.url)];
  const text = String(element.text ?? "");
  if (element.style?.code) return [make("code", "", text)];
  if (element.style?.bold) return [make("strong", "", text)];
  if (element.style?.italic) return [make("em", "", text)];
  return [text];
}

/**
 * @param {Json} text a text object
 * @returns {(string | HTMLElement)[]}
 */
function textOf(text) {
  return text.type === "mrkdwn" ? renderMrkdwn(text.text) : [text.text];
}

/**
 * @param {Json} button
 * @param {Press} press
 */
function renderButton(button, press) {
  if (button.url) {
    const anchor = link(button.url, button.text.text);
    return typeof anchor === "string" ? make("span", "", anchor) : styled(anchor, "slack-button");
  }
  const made = make("button", `slack-button ${button.style ?? ""}`, button.text.text);
  made.setAttribute("type", "button");
  made.addEventListener("click", () => press(button.value));
  return made;
}

/**
 * @param {Json} thumb
 * @param {string} sign
 * @param {Press} press
 */
function renderThumb(thumb, sign, press) {
  const made = make("button", "slack-thumb", sign);
  made.setAttribute("type", "button");
  made.setAttribute("aria-label", thumb.accessibility_label ?? thumb.text.text);
  made.title = thumb.text.text;
  made.addEventListener("click", () => press(thumb.value));
  return made;
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 */
function styled(element, name) {
  element.className = name;
  return element;
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {...(string | HTMLElement)} content
 */
function make(tag, name, ...content) {
  const element = document.createElement(tag);
  if (name !== "") element.className = name.trim();
  element.append(...content);
  return element;
}
