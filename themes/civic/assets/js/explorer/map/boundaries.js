import { shapesIn } from "./shapes.js";

/**
 * The outlines that lie below the rows of every map.
 *
 * @typedef {import("./shapes.js").Shape} Shape
 */

/** The shapes of files that the city names. One that cannot be had is left out. @param {{url: string}[]} files */
export async function boundaryShapes(files) {
  const found = await Promise.allSettled(files.map(async ({ url }) => {
    const answer = await fetch(new URL(url, document.baseURI));
    return answer.ok ? shapesIn(await answer.json()) : [];
  }));
  return found.flatMap((each) => (each.status === "fulfilled" ? each.value : []));
}
