import { standingBars } from "./bar.js";

/**
 * Bars of bins, which touch as the bins do.
 * @param {import("./series.js").Point[]} points @param {import("./bar.js").Paper} paper @returns {import("./frame.js").Picture}
 */
export const histogram = (points, paper) => standingBars(points, { ...paper, per: "bins", gap: 0.04 });
