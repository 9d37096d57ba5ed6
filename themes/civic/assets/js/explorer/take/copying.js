/** A button that copies a text of the page. Where a browser does not let it, the text is marked, so that the reader can. */

/**
 * @param {{text: string, hint: string, source: HTMLElement, tell: (isDone: boolean) => void}} given    `hint` says to those
 *   who hear
 *   the button alone what is copied
 */
export function copyButton({ text, hint, source, tell }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "take-copy";
  const more = document.createElement("span");
  more.className = "visually-hidden";
  more.textContent = ` ${hint}`;
  button.append(text, more);
  button.addEventListener("click", async () => tell(await copied(source)));
  return button;
}

/** @param {HTMLElement} source */
async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.textContent ?? "");
    return true;
  } catch {
    // not allowed, or the page is not from a safe place
    getSelection()?.selectAllChildren(source);
    return false;
  }
}
