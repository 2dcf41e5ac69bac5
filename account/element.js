// What a new element shall be enters, the element leaves. Text becomes text nodes only.

/** A new element: attributes, then text or elements. */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
