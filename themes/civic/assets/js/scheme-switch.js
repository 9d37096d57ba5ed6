import { applyScheme, keepScheme, keptScheme } from "./scheme.js";

/** Radio buttons for the colors of the site. Hidden without a script, since they could do nothing. */
export class SchemeSwitch extends HTMLElement {
  connectedCallback() {
    for (const input of this.querySelectorAll("input")) input.checked = input.value === keptScheme();
    this.addEventListener("change", (event) => {
      const scheme = /** @type {HTMLInputElement} */ (event.target).value;
      keepScheme(scheme);
      applyScheme(document.documentElement);
      if (scheme) document.documentElement.dataset.scheme = scheme;
    });
    this.hidden = false;
  }
}
