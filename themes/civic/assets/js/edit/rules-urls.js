/** Whether a text is a full web address, as load/values.py asks Python's urlsplit. */

import { HAS_SPACE } from "./rules-words.js";

const NOT_IN_URL = /[<>"\\^`{|}]/;
const NOT_PRINTABLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*$/;

/**
 * @param {string} text
 * @param {string[]} schemes
 * @returns {boolean}
 */
export function isUrl(text, schemes) {
  if (HAS_SPACE.test(text) || NOT_IN_URL.test(text) || NOT_PRINTABLE.test(text)) return false;
  const colon = text.indexOf(":");
  const [scheme, rest] = colon > 0 && SCHEME.test(text.slice(0, colon)) ? [text.slice(0, colon), text.slice(colon + 1)] : ["", text];
  if (!schemes.includes(scheme.toLowerCase()) || !rest.startsWith("//")) return false;
  const authority = rest.slice(2).split(/[/?#]/, 1)[0];
  return !misleads(authority) && hasHost(authority);
}

/** Whether signs that end a host would come of its letters in another form (IDNA reads them so). @param {string} authority */
function misleads(authority) {
  const bare = authority.replace(/[@:#?]/g, "");
  const other = bare.normalize("NFKC");
  return bare !== other && /[/?#@:]/.test(other);
}

/** @param {string} authority @returns {boolean} */
function hasHost(authority) {
  const [open, close] = [authority.includes("["), authority.includes("]")];
  if (open !== close) return false;
  const inside = authority.slice(authority.indexOf("[") + 1).split("]")[0];
  if (open && !(inside.startsWith("v") ? /^v[a-fA-F0-9]+\..+$/.test(inside) : isIpv6(inside))) return false;
  const server = authority.slice(authority.lastIndexOf("@") + 1);
  const at = server.indexOf("[");
  const [host, port] = at >= 0 ? [server.slice(at + 1).split("]")[0], afterColon(server.slice(at + 1).split("]").slice(1).join("]"))]
    : [server.split(":")[0], afterColon(server)];
  return host !== "" && (port === "" || (/^[0-9]+$/.test(port) && Number(port) <= 65_535));
}

/** @param {string} text @returns {string} */
const afterColon = (text) => (text.includes(":") ? text.slice(text.indexOf(":") + 1) : "");

/** An address of RFC 4291, 2.2, perhaps with a zone. @param {string} text @returns {boolean} */
function isIpv6(text) {
  const [address, ...zones] = text.split("%");
  if (zones.length && (zones.length > 1 || !zones[0])) return false;
  const tail = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(address);
  if (tail && !tail[2].split(".").every((part) => Number(part) < 256 && String(Number(part)) === part)) return false;
  const groups = tail ? `${tail[1]}0:0` : address;
  const halves = groups.split("::");
  if (halves.length > 2) return false;
  const parts = halves.flatMap((half) => (half ? half.split(":") : []));
  return parts.every((part) => /^[0-9A-Fa-f]{1,4}$/.test(part)) && (halves.length === 2 ? parts.length < 8 : parts.length === 8);
}
