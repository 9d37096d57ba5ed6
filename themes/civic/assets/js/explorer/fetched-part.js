import { button, made } from "./grid/making.js";

/**
 * A part of the page whose script is fetched when it is wanted. Where that fails it is said there, and it can be tried again.
 *
 * @typedef {{script: string, into: Element, home: HTMLElement, say: import("./words.js").Say,
 *   start: (part: CustomElementConstructor) => void}} Given    home: what opens the part, and has the focus when a button goes
 */
export class FetchedPart {
  isWanted = false;
  tries = 0;
  status = made("p", { role: "status" });

  /** @param {Given} given */
  constructor(given) {
    this.given = given;
    given.into.append(this.status);
  }

  /** Fetch the script and start the part, unless that is done or under way. */
  async want() {
    if (this.isWanted) return;
    this.isWanted = true;
    const { script, say, start, home } = this.given;
    try {
      start((await import(this.address(script))).Part);
      this.status.remove();
    } catch (error) {
      console.error(error);
      const again = () => {
        home.focus(); // the button goes
        this.status.replaceChildren();
        this.want();
      };
      this.status.replaceChildren(say("part-failed"), " ", button(say("try-again"), again, { class: "button" }));
      this.isWanted = false;
    }
  }

  /** Where the script is. A browser may remember that an address failed, so another try has another. @param {string} script */
  address(script) {
    const url = new URL(script, document.baseURI);
    if (this.tries++) url.searchParams.set("try", String(this.tries));
    return url.href;
  }
}
