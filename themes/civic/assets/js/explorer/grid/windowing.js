/** Which rows are on the screen, when there are more than a browser can give a height to. */

export const TALLEST = 15_000_000; // px; Firefox draws nothing taller than 17.9 million, Chromium 33.5

/**
 * The body of the grid is as tall as its rows, up to the tallest that browsers draw. Beyond that, a long way on the
 * scroll bar is stretched over all rows, and a short one (a turn of the wheel) moves the rows by as much as it says;
 * once it rests, the bar is put where the rows are.
 */
export class Windowing {
  count = 0;
  height = 36; // px a row
  view = 0; // px of rows that are seen
  scrollTop = 0;
  y = 0; // px above the first row that is seen, of all rows

  /** @param {{count?: number, height?: number, view?: number}} change */
  set(change) {
    Object.assign(this, change);
    this.y = Math.min(this.y, this.lowest);
  }

  /** The height to draw, in px. */
  get drawn() {
    return Math.min(this.count * this.height, TALLEST);
  }

  get lowest() {
    return Math.max(0, this.count * this.height - this.view);
  }

  /** Px of rows for a px of the bar. */
  get ratio() {
    return this.count * this.height > TALLEST ? this.lowest / (this.drawn - this.view) : 1;
  }

  /** Take up where the bar is now. @param {number} scrollTop */
  scrolled(scrollTop) {
    const delta = scrollTop - this.scrollTop;
    this.scrollTop = scrollTop;
    if (this.ratio === 1 || Math.abs(delta) > this.view) {
      this.y = scrollTop * this.ratio;
    } else {
      this.y += delta;
      const isAtTop = scrollTop <= 0 && this.y < this.view;
      const isAtEnd = scrollTop >= this.drawn - this.view - 1 && this.y > this.lowest - this.view;
      if (isAtTop) this.y = 0;
      if (isAtEnd) this.y = this.lowest;
    }
    this.y = Math.max(0, Math.min(this.lowest, this.y));
  }

  /** Where the bar belongs for the rows that are seen. */
  get settled() {
    return this.y / this.ratio;
  }

  /** Move as little as shows a row. @param {number} row    from 0 */
  reveal(row) {
    const top = row * this.height;
    if (top < this.y) this.y = top;
    else if (top + this.height > this.y + this.view) this.y = Math.min(this.lowest, top + this.height - this.view);
  }

  /**
   * The rows to draw (`last` is not among them), and where the first of them stands in the body.
   * @param {number} more    rows on each side
   */
  range(more) {
    const first = Math.max(0, Math.floor(this.y / this.height) - more);
    const last = Math.min(this.count, Math.ceil((this.y + this.view) / this.height) + more);
    return { first, last, top: this.scrollTop - this.y + first * this.height };
  }
}
