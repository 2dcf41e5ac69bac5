// The size of a picture and how it is held enter, the square of it that is seen leaves. Numbers
// alone: what is drawn stands in cropper.js.

/** How far it can be drawn nearer. */
export const zoomMax = 4;

/** The whole of the shorter side, from the middle. */
export const startOf = ({ width, height }) => ({ x: width / 2, y: height / 2, zoom: 1 });

/** The side of the square, in the picture's own pixels. */
export const sideOf = ({ width, height }, { zoom }) => Math.min(width, height) / zoom;

/** The same view, kept so that no side of the square leaves the picture. */
export function held(picture, { x, y, zoom }) {
  const nearness = Math.min(zoomMax, Math.max(1, zoom));
  const half = sideOf(picture, { zoom: nearness }) / 2;
  const within = (value, length) => Math.min(length - half, Math.max(half, value));
  return { x: within(x, picture.width), y: within(y, picture.height), zoom: nearness };
}

/** The view moved by parts of the square's own side, as a finger moves the picture under it. */
export function moved(picture, view, across, down) {
  const side = sideOf(picture, view);
  return held(picture, { ...view, x: view.x + across * side, y: view.y + down * side });
}

/** The square: its corner and its side. */
export function squareOf(picture, view) {
  const side = sideOf(picture, view);
  return { left: view.x - side / 2, top: view.y - side / 2, side };
}
