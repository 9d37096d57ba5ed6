/** A question as Python with pandas: a table of its answer, by text keys of which "" stands for no value. */
import { MOMENTS, NUMBERS } from "./plan.js";
import { cells, passes, read } from "./python.js";
import { python as text } from "./quoting.js";

const LABELS = /** @type {Record<string, string>} */ ({
  year: "cells.str[:4]",
  month: "cells.str[:7]",
  day: "cells.str[:10]",
  quarter: 'cells.map(lambda day: day and f"{day[:4]}-Q{(int(day[5:7]) + 2) // 3}")',
  week: 'cells.map(lambda day: day and date.fromisoformat(day[:10]).strftime("%G-W%V"))',
});
const EVERY = `def every(cells, label):
    """The periods from the first to the last, then those without one."""
    days = [cell[:10] for cell in cells if cell]
    found = pd.date_range(min(days), max(days)).strftime("%Y-%m-%d").to_series() if days else pd.Series(dtype=str)
    return [*label(found).unique(), *([""] if (cells == "").any() else [])]`;

/** @param {import("./plan.js").Ask} ask @returns {string[]} */
export function asked({ measure, of, by, top }) {
  const takesTexts = measure === "count" || (of && MOMENTS.includes(of.kind) && of.kind !== "datetime");
  const lines = [`values = ${!of ? "pd.Series(1, rows.index)" : takesTexts ? `filled(${cells(of)})` : read(of)}`];
  if (!by.length) return [...lines, `print(values.agg([${text(measure)}, "size"]))`];
  const names = by.map((_, at) => `${by.length > 1 ? ["first", "second"][at] : "group"}`);
  for (const per of new Set(by.map((each) => each.per).filter(Boolean)))
    lines.push("", "", `def ${per}(cells):`, `    return ${LABELS[per]}`);
  if (by.some(({ per }) => per)) lines.push("", "", EVERY);
  lines.push(
    "",
    "",
    "def measured(*groups):",
    `    """The ${measure} of each group, and its rows."""`,
    `    return values.groupby(list(groups), sort=False).agg([(${text(measure)}, ${text(measure)}), ("rows", "size")])`,
    "",
    "",
  );
  const cut = top ? by.findIndex(({ per }) => !per) : -1;
  by.forEach(({ column, per }, at) => {
    lines.push(`${names[at]} = ${per ? `${per}(${cells(column)})` : cells(column)}`);
    const keys = `${names[at]}_keys`;
    if (per) lines.push(`${keys} = every(${cells(column)}, ${per})`);
    else {
      lines.push(
        `in_order = rows${passes({ column, isDown: false })
          .map((pass) => pass.replace("rows = rows", ""))
          .join("")}`,
        `found = measured(${names[at]}).loc[in_order[${text(column.name)}].unique()]`,
        `${keys} = found.sort_values(${text(measure)}, ascending=False, kind="stable").index`,
      );
    }
    if (at === cut)
      lines.push(
        `others = values[~${names[at]}.isin(${keys}[:${top}])].agg([${text(measure)}, "size"])`,
        `${keys} = ${keys}[:${top}]`,
      );
  });
  if (by.length > 1)
    lines.push(
      "answer = measured(first, second)",
      "answer = answer.loc[[(a, b) for a in first_keys for b in second_keys if (a, b) in answer.index]]",
    );
  else lines.push("answer = measured(group).reindex(group_keys)", 'answer["rows"] = answer["rows"].fillna(0).astype(int)');
  if (measure === "count" || measure === "sum") lines.push(`answer = answer.fillna({${text(measure)}: 0})`);
  return [...lines, "print(answer)", ...(cut >= 0 ? ["print(others)"] : [])];
}
