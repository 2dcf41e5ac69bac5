// A file and words enter, an element leaves in which the picture is moved and drawn nearer, and
// what is seen of it as a new file: a square without anything but its pixels. Refused: a file that
// the browser cannot show as a picture.

import { held, moved, squareOf, startOf, zoomMax } from "./crop.js";
import { element } from "./element.js";

/** The side of what is kept, in pixels: sharp at every size that a face is shown in. */
const keptSide = 512;
const previewSide = 192;
/** How far an arrow key moves, in parts of the square, and how far plus and minus zoom. */
const keyStep = 0.05;
const zoomStep = 1.15;
const jpegQuality = 0.9;

const arrows = {
  ArrowLeft: [-keyStep, 0], ArrowRight: [keyStep, 0],
  ArrowUp: [0, -keyStep], ArrowDown: [0, keyStep],
};
const nearer = { "+": zoomStep, "=": zoomStep, "-": 1 / zoomStep };

/** The picture of a file, turned as it was held; null where it is none. */
export const pictureOf = (file) => createImageBitmap(file).catch(() => null);

/** Where a picture is cropped: `node` to show, `blob()` for what is kept. */
export function makeCropper(picture, words) {
  const board = element("canvas", {
    class: "cropper-board", width: keptSide, height: keptSide, tabindex: "0", role: "application",
    "aria-label": words.cropArea,
  });
  const preview = element("canvas", {
    class: "cropper-preview", width: previewSide, height: previewSide, role: "img",
    "aria-label": words.preview,
  });
  const zoom = element("input", {
    id: "crop-zoom", type: "range", min: "1", max: String(zoomMax), step: "0.01", value: "1",
  });
  let view = startOf(picture);
  const show = (next) => {
    view = next;
    zoom.value = String(view.zoom);
    for (const canvas of [board, preview]) draw(picture, view, canvas);
  };
  zoom.addEventListener("input", () => show(held(picture, { ...view, zoom: Number(zoom.value) })));
  followKeys(board, (across, down) => show(moved(picture, view, across, down)),
    (factor) => show(held(picture, { ...view, zoom: view.zoom * factor })));
  followPointer(board, (across, down) => show(moved(picture, view, across, down)));
  show(view);
  const node = element("div", { class: "cropper" },
    board,
    element("div", { class: "cropper-side" },
      preview,
      element("div", { class: "field" },
        element("label", { for: zoom.id }, words.zoom), zoom)));
  return { node, blob: () => kept(picture, view) };
}

function draw(picture, view, canvas) {
  const { left, top, side } = squareOf(picture, view);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height);
}

function followKeys(board, move, bringNearer) {
  board.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (arrows[event.key]) move(...arrows[event.key]);
    else if (nearer[event.key]) bringNearer(nearer[event.key]);
    else return;
    event.preventDefault();
  });
}

/** The picture goes along with the finger, so the square goes the other way. */
function followPointer(board, move) {
  let last;
  board.addEventListener("pointerdown", (event) => {
    last = event;
    board.setPointerCapture(event.pointerId);
  });
  board.addEventListener("pointermove", (event) => {
    if (!last || !board.hasPointerCapture(event.pointerId)) return;
    const length = board.clientWidth;
    move((last.clientX - event.clientX) / length, (last.clientY - event.clientY) / length);
    last = event;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    board.addEventListener(end, () => { last = undefined; });
  }
}

/** A JPEG, or a PNG where something can be seen through. */
function kept(picture, view) {
  const canvas = element("canvas", { width: keptSide, height: keptSide });
  draw(picture, view, canvas);
  const pixels = canvas.getContext("2d").getImageData(0, 0, keptSide, keptSide).data;
  const isOpaque = pixels.every((value, at) => at % 4 !== 3 || value === 255);
  return new Promise((done) => {
    canvas.toBlob(done, isOpaque ? "image/jpeg" : "image/png", jpegQuality);
  });
}
