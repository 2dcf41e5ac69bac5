// What the page keeps in the browser. Storage may be full, switched off, or changed by somebody
// else: the page works without it.

export const storage = {
  /** The value under a name; undefined where there is none that can be read. */
  get(name) {
    try {
      return JSON.parse(localStorage.getItem(name)) ?? undefined;
    } catch {
      return undefined;
    }
  },

  /** Keeps a value; undefined forgets the name. */
  set(name, value) {
    try {
      if (value === undefined) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // See above.
    }
  },
};
