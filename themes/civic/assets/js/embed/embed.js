/**
 * For pages of others: makes the frames that show a page of this site as high as what is in them. Put it into the page once:
 * `<script src="https://.../embed/embed.js" async></script>`. It listens to this site alone, and changes nothing but heights.
 */
import { heightFrom } from "./heights.js";

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const origin = script ? new URL(script.src, document.baseURI).origin : location.origin;

addEventListener("message", (event) => {
  const height = event.origin === origin ? heightFrom(event.data) : null;
  if (height === null) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow === event.source) frame.style.height = `${height}px`;
  }
});
