// What a new element shall be enters, the element leaves. Text becomes text nodes only.

const icons = new URL("../icons.svg", import.meta.url).pathname;
const svg = "http://www.w3.org/2000/svg";

/** A new element: attributes, then text or elements; what is false or missing is left out. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child || child === ""));
  return made;
}

/** One of icons.svg, which says nothing by itself. */
export function icon(name) {
  const made = document.createElementNS(svg, "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `${icons}#${name}`);
  made.append(use);
  return made;
}

/** A button that does something; `kind` is a class: primary, quiet or danger. */
export function button(text, act, { kind, iconName, ...attributes } = {}) {
  const made = element("button", { type: "button", class: kind, ...attributes },
    iconName && icon(iconName), element("span", {}, text));
  if (act) made.addEventListener("click", act);
  return made;
}

let numbers = 0;
/** An id that no other element has. */
export const newID = (prefix) => `${prefix}-${++numbers}`;
