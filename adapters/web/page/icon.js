const svg = "http://www.w3.org/2000/svg";

/**
 * A picture of the page's sprite; decoration only.
 * @param {"preview" | "lock" | "desk" | "file" | "close"} name
 */
export function icon(name) {
  const picture = document.createElementNS(svg, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `#icon-${name}`);
  picture.append(use);
  return picture;
}
