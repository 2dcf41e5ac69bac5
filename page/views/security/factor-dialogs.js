// The steps of a second factor: a QR code or its secret, the first code, and the recovery codes,
// which are told once.

import { filled } from "../../app/texts.js";
import { openDialog } from "../../controls/dialog.js";
import { button, element } from "../../controls/element.js";
import { makeField } from "../../controls/field.js";
import { makeForm } from "../../controls/form.js";
import { qrCode } from "../../controls/qr.js";

const svg = "http://www.w3.org/2000/svg";
/** Light around a code, in squares: readers want four (ISO/IEC 18004, section 6.3.8). */
const quietZone = 4;

/** Shows what the authenticator is set up with and asks for its first code. */
export function openEnrolment(page, alter, { secret, uri }) {
  const words = page.words.factor;
  const code = makeField({
    name: "code", label: words.code, hint: words.codeHint, autocomplete: "one-time-code",
    inputmode: "numeric", maxlength: "7", spellcheck: "false",
  });
  const form = makeForm({
    fields: [code], words: page.common, submitText: words.confirm, cancel: () => node.close(),
    async submit(values) {
      const payload = await alter("confirmSecondFactor", { code: values.code.replace(/\s/g, "") });
      if (!payload) return [];
      if (payload.userErrors.length) return payload.userErrors;
      node.close();
      page.notify(filled(words.enabled, payload.security));
      openCodes(page, payload.recoveryCodes);
      return [];
    },
  });
  const node = openDialog({ heading: words.enrolTitle },
    element("p", {}, words.scan), drawn(uri, words.qr),
    element("div", { class: "card-content" },
      element("p", {}, words.secret),
      element("div", { class: "secret" }, element("code", {}, grouped(secret)),
        copier(page, secret)),
      element("a", { href: uri }, words.open)),
    form.node);
  code.control.focus();
}

/** The ten codes; whoever closes them has kept them. */
export function openCodes(page, codes) {
  const words = page.words.factor;
  const text = `${codes.join("\n")}\n`;
  const node = openDialog({ heading: words.codesTitle },
    element("p", {}, words.codesLead),
    element("ul", { class: "codes", "aria-label": words.codes },
      ...codes.map((code) => element("li", {}, code))),
    element("div", { class: "actions" },
      copier(page, text), button(words.download, () => download(text, words.file))),
    element("div", { class: "actions" },
      button(words.keptThem, () => node.close(), { kind: "primary" })));
  // Escape by habit would lose them.
  node.addEventListener("cancel", (event) => event.preventDefault());
}

/** Asks for a code and does something with it. */
export function askForCode(page, { heading, lead, act, send, done }) {
  const code = makeField({
    name: "code", label: page.words.factor.anyCode, autocomplete: "one-time-code",
    spellcheck: "false",
  });
  const form = makeForm({
    fields: [code], words: page.common, submitText: act, cancel: () => node.close(),
    async submit(values) {
      const payload = await send(values);
      if (!payload) return [];
      if (payload.userErrors.length) return payload.userErrors;
      node.close();
      done(payload);
      return [];
    },
  });
  const node = openDialog({ heading }, element("p", {}, lead), form.node);
  code.control.focus();
}

function copier(page, text) {
  const words = page.words.factor;
  return button(words.copy, () => navigator.clipboard.writeText(text)
    .then(() => page.notify(words.copied)), { kind: "small" });
}

/** Policy lets no page make addresses of its own: the file is one of text. */
function download(text, name) {
  const link = element("a", { href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`,
    download: name });
  link.click();
}

/** In fours, as it is read and typed. */
const grouped = (secret) => secret.match(/.{1,4}/g).join(" ");

/** The squares of a QR code as one path. */
function drawn(text, label) {
  const rows = qrCode(text);
  const side = rows.length + 2 * quietZone;
  const made = document.createElementNS(svg, "svg");
  for (const [name, value] of Object.entries({
    class: "qr", role: "img", "aria-label": label, viewBox: `0 0 ${side} ${side}`,
    "shape-rendering": "crispEdges",
  })) made.setAttribute(name, value);
  const squares = rows.flatMap((row, y) => row.flatMap((isDark, x) =>
    (isDark ? [`M${x + quietZone} ${y + quietZone}h1v1h-1z`] : [])));
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", squares.join(""));
  made.append(path);
  return made;
}
