import { sizeShown } from "./format.js";
import { isolated } from "./grid/texts.js";

const TROUBLES = ["Changed", "Refused", "Broken", "Unreachable", "Unsupported", "NoWorker", "Condition"]; // of data/errors.js

/**
 * What readers are told of an error, in their language. What the browser says of it is for developers, and goes to the console.
 * @param {any} error    whatever was thrown @param {import("./words.js").Say} say
 * @param {string} word    which takes a reason; a file that is too large and words that are missing have words of their own
 */
export function troubleText(error, say, word) {
  console.info(error);
  const { name = "", bytes = 0, message = "" } = error ?? {};
  if (name === "NoWords") return say("words-failed");
  if (name === "TooLarge") return say("too-large", { size: sizeShown(bytes, document.documentElement.lang) });
  return say(word, { reason: say(`trouble-${TROUBLES.includes(name) ? name : "Other"}`, { part: isolated(message) }) });
}
