import { radiusOf } from "./clusters.js";
import { traceMark } from "./marks.js";
import { meets } from "./mercator.js";
import { EMPTY } from "./classes.js";

/**
 * Draws a scene on a canvas.
 *
 * @typedef {import("./shapes.js").Shape} Shape
 * @typedef {import("./clusters.js").Cluster} Cluster
 * @typedef {import("./mercator.js").Box} Box
 * @typedef {{classes: string[], surface: string, text: string, muted: string, border: string}} Palette
 * @typedef {{boundaries: Shape[], shapes: {shape: Shape, code: number}[], marks: Cluster[], isNumeric: boolean, isColored:
 *     boolean,
 *   chosen: Shape | null, format: (count: number) => string}} Scene
 * @typedef {{left: number, top: number, width: number, box: Box}} Frame    where the square of mercator.js lies on the canvas,
 *     and
 *     what of it is seen
 */

/** @param {CanvasRenderingContext2D} canvas @param {Scene} scene @param {Palette} palette @param {Frame} frame */
export function draw(canvas, scene, palette, frame) {
  canvas.lineJoin = "round";
  for (const { shape, code } of scene.shapes) drawShape(canvas, shape, scene.isColored ? code : 0, palette, frame);
  canvas.strokeStyle = palette.border;
  canvas.lineWidth = 1.5;
  for (const shape of scene.boundaries) stroke(canvas, shape, frame);
  const order = [...scene.marks].sort((one, other) => one.count - other.count);
  for (const mark of order) {
    if (mark.count === 1) drawMark(canvas, mark, scene, palette, frame);
    else drawCluster(canvas, mark, scene, palette, frame);
  }
  if (!scene.chosen) return;
  canvas.strokeStyle = palette.text;
  canvas.lineWidth = 4;
  if (scene.chosen.form === "point") ring(canvas, scene.chosen, frame);
  else stroke(canvas, scene.chosen, frame);
}

/** @param {CanvasRenderingContext2D} canvas @param {Shape} shape @param {Frame} frame */
function stroke(canvas, shape, frame) {
  if (!meets(shape.box, frame.box)) return;
  canvas.beginPath();
  trace(canvas, shape, frame);
  canvas.stroke();
}

/** @param {CanvasRenderingContext2D} canvas @param {Shape} shape @param {Frame} frame */
function ring(canvas, shape, { left, top, width }) {
  canvas.lineWidth = 2.5;
  canvas.beginPath();
  canvas.arc(left + shape.box[0] * width, top + shape.box[1] * width, 11, 0, 2 * Math.PI);
  canvas.stroke();
}

/** @param {CanvasRenderingContext2D} canvas @param {Shape} shape @param {Frame} frame */
function trace(canvas, { parts, form }, { left, top, width }) {
  for (const part of parts) {
    let lastX = NaN;
    let lastY = NaN;
    for (let at = 0; at < part.length; at += 2) {
      const x = left + part[at] * width;
      const y = top + part[at + 1] * width;
      // Corners that fall on one another at this zoom are drawn once.
      if (at && at + 2 < part.length && Math.abs(x - lastX) < 0.7 && Math.abs(y - lastY) < 0.7) continue;
      if (at) canvas.lineTo(x, y);
      else canvas.moveTo(x, y);
      lastX = x;
      lastY = y;
    }
    if (form === "area") canvas.closePath();
  }
}

/**
 * @param {CanvasRenderingContext2D} canvas @param {Shape} shape @param {number} code @param {Palette} palette
 * @param {Frame} frame
 */
function drawShape(canvas, shape, code, palette, frame) {
  if (!meets(shape.box, frame.box)) return;
  const { left, top, width } = frame;
  canvas.beginPath();
  if (shape.form === "point") {
    for (const part of shape.parts) {
      for (let at = 0; at < part.length; at += 2) {
        traceMark(canvas, { x: left + part[at] * width, y: top + part[at + 1] * width, code, isNumeric: false });
      }
    }
  } else trace(canvas, shape, frame);
  canvas.fillStyle = palette.classes[code];
  canvas.strokeStyle = shape.form === "line" ? palette.classes[code] : palette.text;
  canvas.lineWidth = shape.form === "line" ? 3 : 1;
  if (shape.form !== "line" && code !== EMPTY) {
    canvas.globalAlpha = shape.form === "area" ? 0.75 : 1;
    canvas.fill("evenodd");
    canvas.globalAlpha = 1;
  }
  canvas.stroke();
}

/**
 * @param {CanvasRenderingContext2D} canvas @param {Cluster} mark @param {Scene} scene @param {Palette} palette
 * @param {Frame} frame
 */
function drawMark(canvas, mark, scene, palette, { left, top, width }) {
  const code = scene.isColored ? mark.code : 0;
  canvas.beginPath();
  traceMark(canvas, { x: left + mark.x * width, y: top + mark.y * width, code, isNumeric: scene.isColored && scene.isNumeric });
  canvas.fillStyle = code === EMPTY ? palette.surface : palette.classes[code];
  // Pale steps of numbers need an outline to be seen; words are told by shapes, which a light one sets off.
  canvas.strokeStyle = code === EMPTY || (scene.isColored && scene.isNumeric) ? palette.text : palette.surface;
  canvas.lineWidth = 1;
  canvas.fill();
  canvas.stroke();
}

/**
 * @param {CanvasRenderingContext2D} canvas @param {Cluster} mark @param {Scene} scene @param {Palette} palette
 * @param {Frame} frame
 */
function drawCluster(canvas, mark, scene, palette, { left, top, width }) {
  const x = left + mark.x * width;
  const y = top + mark.y * width;
  canvas.beginPath();
  canvas.arc(x, y, radiusOf(mark.count), 0, 2 * Math.PI);
  canvas.fillStyle = palette.surface;
  canvas.fill();
  canvas.strokeStyle = palette.muted;
  canvas.lineWidth = 6;
  canvas.stroke();
  canvas.strokeStyle = palette.classes[scene.isColored ? mark.code : 0];
  canvas.lineWidth = 4;
  canvas.stroke();
  canvas.fillStyle = palette.text;
  canvas.textAlign = "center";
  canvas.textBaseline = "middle";
  canvas.font = "11px system-ui, sans-serif";
  canvas.fillText(scene.format(mark.count), x, y);
}
