import { Reader } from "./bytes.js";

/**
 * Says of a path in which file it lies, and from where to where, if it has no file of its own: many small files share one.
 * @param {{packs?: Record<string, number>, unit?: number, cells?: number}} root @param {Map<string, Uint8Array>} inside    what the root holds
 * @returns {(path: string) => [string, number?, number?]}
 */
export function packed({ packs = {}, unit = 1, cells = 0 }, inside) {
  /** Where each file of a folder would begin if all lay in one; of cells, which are all alike, only the first. @type {Record<string, number[]>} */
  const starts = {};
  for (const folder in packs) {
    const reader = new Reader(inside.get(`${folder}/widths.bin`) ?? new Uint8Array());
    let end = 0;
    starts[folder] = [end];
    while (reader.at < reader.body.length) starts[folder].push((end += unit * reader.varint()));
  }
  return (path) => {
    const [folder, name] = path.split("/");
    const together = packs[folder];
    if (!together) return [path];
    const at = parseInt(name);
    const first = at - (at % together);
    const [origin, start, end] = [first, at, at + 1].map((each) => starts[folder][each] ?? each * cells);
    return [`${folder}/${first / together}.bin`, start - origin, end - origin];
  };
}
