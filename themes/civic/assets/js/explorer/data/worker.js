/** The worker that reads files and answers questions about them, so that the page never stands still. */
import { Desk } from "./desk.js";

const place = /** @type {any} */ (globalThis);   // a worker's, which the types of pages do not know
const desk = new Desk((message) => place.postMessage(message));
place.addEventListener("message", (/** @type {MessageEvent} */ event) => desk.take(event.data));
place.postMessage({ ready: true });
