// Addresses enter, views leave: links of the page, back and forward, and a reload keep the place.
// Before what was typed would be lost, the person is asked.

/** Whether something would be lost, by who says so; and how the person is asked. */
const unsaved = new Set();
export const leaving = { ask: async () => true };

let views = [];
let show = async () => {};
/** How many entries of the history lie behind, to go back to where a refusal came from. */
let place = 0;
let isReturning = false;

/** Says whether `who` has something that is not saved. */
export function setUnsaved(who, isUnsaved) {
  if (isUnsaved) unsaved.add(who);
  else unsaved.delete(who);
}

export const hasUnsaved = () => unsaved.size > 0;

/** Follows the address from now on; `toShow` gets the view and what the address has beside it. */
export function start(known, toShow) {
  views = known;
  show = toShow;
  place = history.state?.place ?? 0;
  addEventListener("popstate", moved);
  addEventListener("click", followed);
  addEventListener("beforeunload", (event) => { if (hasUnsaved()) event.preventDefault(); });
  return display();
}

/** Goes to an address of the page; `isForced` where nothing could be saved any more. */
export async function go(address, { replace = false, isForced = false } = {}) {
  if (isForced) unsaved.clear();
  if (!(await mayLeave())) return;
  if (!replace) place += 1;
  history[replace ? "replaceState" : "pushState"]({ place }, "", address);
  await display();
}

/** The same view anew, as after a sign-in or in another language. */
export const display = () => {
  const view = viewAt(location.pathname);
  return show(view, new URL(location.href));
};

export const viewAt = (path) => views.find((view) => view.path === path.replace(/(.)\/$/, "$1"));

async function mayLeave() {
  if (hasUnsaved() && !(await leaving.ask())) return false;
  unsaved.clear();
  return true;
}

async function moved(event) {
  const to = event.state?.place ?? 0;
  if (isReturning) {
    isReturning = false;
    return;
  }
  const steps = to - place;
  if (hasUnsaved() && steps !== 0) {
    // The address has changed already: it is put back until the person has answered.
    isReturning = true;
    history.go(-steps);
    if (await mayLeave()) history.go(steps);
    return;
  }
  place = to;
  await display();
}

/** A click on a link of the page, as it would be followed in this window. */
function followed(event) {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.download) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin || !viewAt(address.pathname)) return;
  event.preventDefault();
  go(address.pathname + address.search);
}
