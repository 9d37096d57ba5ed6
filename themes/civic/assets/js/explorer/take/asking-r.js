/** A question as R: a table of its answer, by text keys of which "" stands for no value. */
import { MOMENTS } from "./plan.js";
import { r as text } from "./quoting.js";
import { cells, keys, read } from "./r.js";

const LABELS = /** @type {Record<string, string>} */ ({
  year: 'format(days, "%Y")',
  month: 'format(days, "%Y-%m")',
  day: 'format(days, "%Y-%m-%d")',
  quarter: 'paste0(format(days, "%Y"), "-", quarters(days))',
  week: 'format(days, "%G-W%V")',
});
const MEASURES = /** @type {Record<string, string>} */ ({
  count: "length(x)",
  sum: "sum(x)",
  mean: "if (length(x)) mean(x) else NA",
  median: "if (length(x)) median(x) else NA",
  min: "if (length(x)) min(x) else NA",
  max: "if (length(x)) max(x) else NA",
});

/** @param {import("./plan.js").Ask} ask @returns {string[]} */
export function asked({ measure, of, by, top }) {
  const values = !of
    ? "rep(1, nrow(rows))"
    : measure === "count"
      ? `filled(${cells(of)})`
      : MOMENTS.includes(of.kind) && of.kind !== "datetime"
        ? `filled(${cells(of)})`
        : read(of);
  const lines = [
    `values <- ${values}`,
    "measured <- function(at) {",
    "  x <- values[at][!is.na(values[at])]",
    `  ${MEASURES[measure]}`,
    "}",
  ];
  if (!by.length)
    return [...lines, "answer <- data.frame(value = measured(seq_len(nrow(rows))), rows = nrow(rows))", "print(answer)"];
  const names = by.map((_, at) => (by.length > 1 ? ["first", "second"][at] : "group"));
  const cut = top ? by.findIndex(({ per }) => !per) : -1;
  by.forEach(({ column, per }, at) => {
    const [name, list] = [names[at], `${names[at]}_keys`];
    if (per) {
      lines.push(
        `label <- function(days) ifelse(is.na(days), "", ${LABELS[per]})`,
        `days <- as.Date(substr(${cells(column)}, 1, 10), "%Y-%m-%d")`,
        `${name} <- label(days)`,
        "known <- days[!is.na(days)]",
        `${list} <- c(if (length(known)) unique(label(seq(min(known), max(known), by = "day"))), if (anyNA(days)) "")`,
      );
      return;
    }
    lines.push(
      `${name} <- ${cells(column)}`,
      `${list} <- unique(${name}[order(${keys(column).join(", ")}, method = "radix")])`,
      `found <- unlist(lapply(${list}, function(key) measured(${name} == key)))`,
      `${list} <- ${list}[order(found, decreasing = TRUE, method = "radix")]`,
    );
    if (at === cut)
      lines.push(
        `beyond <- !${name} %in% head(${list}, ${top})`,
        "others <- data.frame(value = measured(beyond), rows = sum(beyond))",
        `${list} <- head(${list}, ${top})`,
      );
  });
  const pairs =
    by.length > 1
      ? "expand.grid(second = second_keys, first = first_keys, stringsAsFactors = FALSE)[2:1]"
      : "data.frame(group = group_keys)";
  const holds = names.map((name) => `${name} == answer$${name}[at]`).join(" & ");
  lines.push(
    `answer <- ${pairs}`,
    `answer$value <- unlist(lapply(seq_len(nrow(answer)), function(at) measured(${holds})))`,
    `answer$rows <- unlist(lapply(seq_len(nrow(answer)), function(at) sum(${holds})))`,
  );
  if (by.length > 1) lines.push("answer <- answer[answer$rows > 0, ]");
  return [...lines, "print(answer)", ...(cut >= 0 ? ["print(others)"] : [])];
}
