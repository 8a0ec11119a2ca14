/**
 * Slack's mrkdwn as page elements, as far as the cards use it: bold, italic, inline code, links, entities.
 * @param {string} text
 * @returns {(string | HTMLElement)[]}
 */
export function renderMrkdwn(text) {
  return text
    .split(/(\*[^*\n]+\*|_[^_\n]+_|`[^`\n]+`|<https?:[^<>\s]+>)/)
    .filter((part) => part !== "")
    .map((part) => {
      const inner = part.slice(1, -1);
      if (/^\*[^*\n]+\*$/.test(part)) return wrap("strong", inner);
      if (/^_[^_\n]+_$/.test(part)) return wrap("em", inner);
      if (/^`[^`\n]+`$/.test(part)) return wrap("code", inner);
      if (!/^<https?:/.test(part)) return decode(part);
      const [url = "", label = url] = inner.split("|");
      return link(decode(url), decode(label));
    });
}

/**
 * A link that opens beside the page; anything but a web address is its label alone.
 * @param {string} url
 * @param {string} label
 */
export function link(url, label) {
  if (!/^https?:\/\//.test(url)) return label;
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.textContent = label;
  return anchor;
}

/**
 * @param {string} name
 * @param {string} text
 */
function wrap(name, text) {
  const found = document.createElement(name);
  found.textContent = decode(text);
  return found;
}

/** @param {string} text */
function decode(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
