import { radiusOf } from "./clusters.js";
import { hitAt } from "./content.js";
import { draw } from "./drawing.js";
import { traceMark } from "./marks.js";
import { EMPTY } from "./classes.js";

/**
 * What is on the canvas: what was drawn last, in which colors, and what of it lies at a spot.
 *
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {import("./content.js").Content} Content
 * @typedef {import("./content.js").Seen} Seen
 * @typedef {import("./classes.js").Classes} Classes
 * @typedef {import("./placed-rows.js").Described} Described
 * @typedef {import("./drawing.js").Frame} Frame
 */

const REACH = 12; // pixels around a click, so that a target is 24 wide
const SAMPLE = 24; // pixels of a mark in the legend

export class Picture {
  /** @type {Shape[]} */
  boundaries = [];
  /** @type {Shape | null} */
  chosen = null;
  /** @type {Classes | null} */
  classes = null;
  /** @type {Described | undefined} */
  column = undefined;
  /** @type {Seen} */
  seen = { shapes: [], marks: [], isClustered: false, count: 0 };
  width = 1;

  /** @param {import("./palette.js").Probes} probes */
  constructor(probes) {
    this.probes = probes;
    const language = document.documentElement.lang || "en";
    this.counts = new Intl.NumberFormat(language, { notation: "compact" });
  }

  get isClustered() {
    return this.seen.isClustered;
  }

  /** @param {Classes | null} classes @param {Described | undefined} column */
  color(classes, column) {
    this.classes = classes;
    this.column = column;
  }

  get palette() {
    return this.probes.palette(Boolean(this.classes?.isNumeric), Boolean(this.classes));
  }

  /** @param {CanvasRenderingContext2D} canvas @param {Frame} frame @param {Content | null} content @param {number} zoom */
  paint(canvas, frame, content, zoom) {
    if (content) this.seen = content.look(frame.box, zoom);
    this.width = frame.width;
    draw(canvas, {
      boundaries: this.boundaries, shapes: this.seen.shapes, marks: this.seen.marks, chosen: this.chosen,
      isColored: Boolean(this.classes), isNumeric: Boolean(this.classes?.isNumeric),
      format: (count) => this.counts.format(count),
    }, this.palette, frame);
  }

  /** What lies at a spot. @param {number} x @param {number} y */
  hit(x, y) {
    return hitAt(this.seen, { x, y, reach: REACH / this.width, clusterReach: (count) => radiusOf(count) / this.width });
  }

  /** Draw a mark of the legend. @param {HTMLCanvasElement} mark @param {number} code */
  sample(mark, code) {
    const density = devicePixelRatio || 1;
    mark.width = SAMPLE * density;
    mark.height = SAMPLE * density;
    const canvas = mark.getContext("2d");
    if (!canvas) return;
    const { classes, surface, text } = this.palette;
    canvas.scale(density, density);
    canvas.beginPath();
    traceMark(canvas, { x: SAMPLE / 2, y: SAMPLE / 2, code, isNumeric: Boolean(this.classes?.isNumeric) });
    canvas.fillStyle = code === EMPTY ? surface : classes[code];
    canvas.strokeStyle = text;
    canvas.fill();
    canvas.stroke();
  }
}
