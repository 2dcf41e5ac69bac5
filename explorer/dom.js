// Makes and finds elements. Text becomes text nodes only: nothing here reads markup.

/** The element of the page with this id. */
export const byId = (id) => document.getElementById(id);

/**
 * A new element. Attributes that are functions listen to the event of their name; true writes an
 * empty attribute, false and undefined none.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
  return made;
}

/** Shows or hides a paragraph by whether there is a text for it. */
export function say(paragraph, text) {
  paragraph.textContent = text ?? "";
  paragraph.hidden = !text;
}

/** Texts of a description: paragraphs, and what stands between backticks as code. */
export function prose(description, className = "prose") {
  const paragraphs = (description ?? "").split(/\n\s*\n/).filter((text) => text.trim());
  return element("div", { class: className }, paragraphs.map((paragraph) => {
    const parts = paragraph.split(/`([^`]+)`/);
    return element("p", {}, parts.map((part, index) =>
      index % 2 ? element("code", {}, part) : part));
  }));
}
