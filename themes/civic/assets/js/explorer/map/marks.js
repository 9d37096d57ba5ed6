/**
 * The shapes of marks, so that a class is told by more than its color. Each draws a path around a middle.
 *
 * @typedef {(path: CanvasRenderingContext2D, x: number, y: number, radius: number) => void} Mark
 */

/** @type {Mark} */
const circle = (path, x, y, radius) => {
  path.moveTo(x + radius, y);
  path.arc(x, y, radius, 0, 2 * Math.PI);
};

/**
 * A closed line through corners at even angles, each second one nearer.
 * @param {number} corners @param {number} turn @param {number} inner
 */
const star = (corners, turn, inner = 1) => /** @type {Mark} */ ((path, x, y, radius) => {
  for (let at = 0; at < corners; at += 1) {
    const angle = turn + (at * 2 * Math.PI) / corners;
    const reach = (at % 2 ? inner : 1) * radius * 1.25;
    const spot = /** @type {const} */ ([x + reach * Math.sin(angle), y - reach * Math.cos(angle)]);
    if (at) path.lineTo(...spot);
    else path.moveTo(...spot);
  }
  path.closePath();
});

/** @type {Mark} */
const square = (path, x, y, radius) => path.rect(x - radius, y - radius, 2 * radius, 2 * radius);

/** One for each class of words; then for others, and for rows without a value. @type {Mark[]} */
const MARKS = [
  circle, square, star(3, 0), star(4, 0), star(3, Math.PI), star(10, 0, 0.45), star(8, 0, 0.35), star(6, 0),
  circle, circle,
];

/**
 * Draw a mark's path: of its own shape for words, larger with the class for numbers.
 * @param {CanvasRenderingContext2D} path @param {{x: number, y: number, code: number, isNumeric: boolean}} mark
 */
export function traceMark(path, { x, y, code, isNumeric }) {
  if (code >= 8) circle(path, x, y, code === 8 ? 4 : 3);
  else if (isNumeric) circle(path, x, y, 3.5 + code);
  else MARKS[code](path, x, y, 5);
}
