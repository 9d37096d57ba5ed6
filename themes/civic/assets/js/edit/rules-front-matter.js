/** Markdown files that begin with keys between two lines of `---`, as load/front_matter.py reads them. */

const MISSING = "Begin the file with a line `---`, then `title: ...`, then a line `---`; the text follows.";

/**
 * The keys as YAML whose lines are those of the file; null where nothing ends them.
 * @param {string} text
 * @returns {{keys: string | null, faults: import("./yaml.js").Fault[]}}
 */
export function readFrontMatter(text) {
  const lines = text.replace(/^\ufeff/, "").split("\n");
  const ends = lines.flatMap((line, at) => (line.replace(/[ \t\n\r\f\v]+$/, "") === "---" ? [at] : []));
  if (ends.length >= 2 && ends[0] === 0) return { keys: ["", ...lines.slice(1, ends[1])].join("\n"), faults: [] };
  const says = ends.length && !ends[0] ? "the front matter has no end" : "the file has no front matter";
  return { keys: null, faults: [{ code: "front-matter-missing", line: 1, column: 1, width: 1, says, fix: MISSING }] };
}
