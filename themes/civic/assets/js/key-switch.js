import { keepKey, keyIsOn } from "./search-key.js";

/** A check box that turns the key of the search box off. Hidden without a script, since there is no such key then. */
export class KeySwitch extends HTMLElement {
  connectedCallback() {
    const input = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    input.checked = keyIsOn();
    input.addEventListener("change", () => keepKey(input.checked));
    this.hidden = false;
  }
}
