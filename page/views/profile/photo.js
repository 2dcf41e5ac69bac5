// Foto de perfil: shown, chosen or dropped, cropped to a square before it is sent, and taken away.

import { headersOf, Problem } from "../../app/request.js";
import { inTheirName } from "../../app/client.js";
import { makeCard } from "../../controls/card.js";
import { makeCropper, pictureOf } from "../../controls/cropper.js";
import { confirmed, openDialog } from "../../controls/dialog.js";
import { button, element } from "../../controls/element.js";
import { avatar } from "../../app/shell.js";

const taken = "image/png,image/jpeg,image/webp";

export function makePhoto(page) {
  const words = page.words.photo;
  const problem = element("p", { class: "problem", role: "alert" });
  const chooser = element("input", {
    type: "file", accept: taken, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true",
  });
  chooser.addEventListener("change", () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (file) crop(file);
  });

  const card = makeCard(page.words.photoCard, (profile) => {
    const hasPhoto = profile.photoUrl !== null;
    return [
      element("div", { class: "photo" },
        hasPhoto
          ? element("img", {
            class: "photo-image", src: profile.photoUrl, alt: words.current, width: "112",
            height: "112",
          })
          : element("div", { class: "photo-image photo-none" },
            avatar({ displayName: profile.displayName || profile.firstName })),
        element("div", { class: "photo-side" },
          element("p", { class: "hint" }, hasPhoto ? words.hint : `${words.none} ${words.hint}`),
          element("div", { class: "actions" },
            button(hasPhoto ? words.change : words.choose, () => chooser.click(),
              { iconName: "camera" }),
            hasPhoto && button(words.remove, remove, { kind: "quiet" })),
          problem)),
      chooser,
    ];
  });
  card.node.addEventListener("dragover", (event) => event.preventDefault());
  card.node.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) crop(file);
  });

  async function crop(file) {
    problem.textContent = "";
    const picture = await pictureOf(file);
    if (!picture) {
      problem.textContent = words.unreadable;
      return;
    }
    const cropper = makeCropper(picture, words);
    const failure = element("p", { class: "problem", role: "alert" });
    const save = button(words.save, async () => {
      save.disabled = true;
      failure.textContent = await send("PUT", await cropper.blob());
      save.disabled = false;
      if (failure.textContent) return;
      node.close();
      page.notify(words.saved);
      await page.redisplay();
    }, { kind: "primary" });
    const node = openDialog({ heading: words.crop, wide: true, closed: () => picture.close() },
      element("p", { class: "hint" }, words.cropLead), cropper.node, failure,
      element("div", { class: "actions" }, save,
        button(page.common.cancel, () => node.close(), { kind: "quiet" })));
    cropper.node.querySelector("canvas").focus();
  }

  async function remove() {
    const isSure = await confirmed({
      heading: words.removing, text: words.removingLead, act: words.remove,
      cancel: page.common.cancel, isDanger: true,
    });
    if (!isSure) return;
    problem.textContent = await send("DELETE");
    if (problem.textContent) return;
    page.notify(words.removed);
    await page.redisplay();
  }

  /** What went wrong, or nothing. */
  async function send(method, body) {
    try {
      return await inTheirName(async (token) => {
        const response = await fetch("/profile/photo", {
          method, body, headers: headersOf(token), credentials: "same-origin",
        }).catch(() => { throw new Problem("NETWORK"); });
        if (response.ok) return "";
        const { errors: [error] } = await response.json();
        const code = error.extensions.code;
        // What is wrong with an image is said in the person's language.
        if (code.startsWith("IMAGE_")) return error.message;
        throw new Problem(code);
      });
    } catch (refused) {
      if (!(refused instanceof Problem)) throw refused;
      return page.sentence(refused);
    }
  }

  return card;
}
