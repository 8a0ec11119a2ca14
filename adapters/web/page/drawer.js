/**
 * A side area that lies over the page while `over` (a media query) holds, and beside it otherwise. While it lies over the
 * page the rest is inert; Escape closes it, and the focus returns to where it was.
 * @param {HTMLElement} side
 * @param {string} over
 * @param {boolean} beside whether the side is always there when it has room
 */
export function createDrawer(side, over, beside) {
  const media = matchMedia(over);
  const others = [...(side.parentElement?.children ?? [])].filter((each) => each !== side);
  let isOpen = false;
  /** @type {Element | null} */
  let opener = null;

  function show() {
    const covers = isOpen && media.matches;
    side.hidden = !isOpen && (media.matches || !beside);
    side.role = covers ? "dialog" : null;
    side.ariaModal = covers ? "true" : null;
    for (const other of others) other.toggleAttribute("inert", covers);
  }

  function close() {
    if (!isOpen) return;
    isOpen = false;
    show();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  }

  media.addEventListener("change", show);
  side.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  show();

  return {
    open() {
      if (!isOpen) opener = document.activeElement;
      isOpen = true;
      show();
    },
    close,
    /** Closes it where it lies over the page: something else is looked at now. */
    yield() {
      if (media.matches) close();
    },
  };
}
