// The launcher of any solution: one tag, `<script src="https://HUB/launcher.js" defer></script>`,
// and one element, `<mi-alegra-launcher></mi-alegra-launcher>`, whose `tokenSource` answers a
// short-lived token that the solution's own backend was given. What is asked for is asked for when
// it is first opened.

"use strict";

(() => {
  const hub = new URL(document.currentScript.src).origin;
  const query = "documents/launcher";
  const words = {
    es: {
      open: "Soluciones", loading: "Cargando…", none: "Todavía no tienes soluciones activas.",
      failed: "No pudimos mostrar tus soluciones. Prueba de nuevo en un momento.",
      manage: "Administrar mis soluciones",
    },
    en: {
      open: "Solutions", loading: "Loading…", none: "You have no active solutions yet.",
      failed: "We could not show your solutions. Try again in a moment.",
      manage: "Manage my solutions",
    },
    pt: {
      open: "Soluções", loading: "Carregando…", none: "Você ainda não tem soluções ativas.",
      failed: "Não conseguimos mostrar suas soluções. Tente de novo em instantes.",
      manage: "Administrar minhas soluções",
    },
  };
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { position: relative; display: inline-block; font: 15px/1.4 system-ui, sans-serif;
      color-scheme: light dark; }
    button { display: grid; place-items: center; width: 42px; height: 42px; padding: 0; border: 0;
      border-radius: 9px; background: none; color: inherit; cursor: pointer; }
    button:hover { background: rgb(128 128 128 / 16%); }
    :focus-visible { outline: 2px solid light-dark(#0b6b5d, #5ad1bb); outline-offset: 1px; }
    svg { width: 22px; height: 22px; fill: none; stroke: currentcolor; stroke-width: 1.7;
      stroke-linejoin: round; }
    [hidden] { display: none; }
    div { position: absolute; z-index: 1000; top: calc(100% + 6px); right: 0; width: 250px;
      max-width: calc(100vw - 24px); max-height: 70vh; padding: 6px; box-sizing: border-box;
      border: 1px solid light-dark(#dde3e6, #2a353f); border-radius: 9px; overflow-y: auto;
      background: light-dark(#fff, #151d24); color: light-dark(#17212b, #e6ecf1);
      box-shadow: 0 8px 40px rgb(16 32 40 / 22%); }
    ul { margin: 0; padding: 0; list-style: none; }
    a, p { display: block; margin: 0; padding: 9px 10px; border-radius: 6px; color: inherit;
      text-decoration: none; }
    a:hover { background: rgb(128 128 128 / 14%); }
    li.manage { margin-top: 4px; padding-top: 4px;
      border-top: 1px solid light-dark(#dde3e6, #2a353f); }
    li.manage a { color: light-dark(#0b6b5d, #5ad1bb); font-weight: 600; }
  `);
  const svg = "http://www.w3.org/2000/svg";

  function made(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function grid() {
    const icon = document.createElementNS(svg, "svg");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(svg, "path");
    path.setAttribute("d", "M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h5v5h-5z");
    icon.append(path);
    return icon;
  }

  customElements.define("mi-alegra-launcher", class extends HTMLElement {
    /** Answers a token, anew each time it is asked for one; the page sets it. */
    tokenSource = () => this.getAttribute("token");
    #list = made("div", { hidden: "" });
    #opener = made("button", { type: "button", "aria-expanded": "false" }, grid());
    #isAsking = false;

    constructor() {
      super();
      const root = this.attachShadow({ mode: "closed" });
      root.adoptedStyleSheets = [style];
      root.append(this.#opener, this.#list);
      this.#opener.addEventListener("click", () => this.#show(this.#list.hidden));
      root.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || this.#list.hidden) return;
        this.#show(false);
        this.#opener.focus();
      });
    }

    connectedCallback() {
      this.#opener.setAttribute("aria-label", this.#words.open);
      document.addEventListener("click", this.#left);
      this.addEventListener("focusout", this.#left);
    }

    disconnectedCallback() {
      document.removeEventListener("click", this.#left);
    }

    get #words() {
      const language = (this.closest("[lang]")?.lang ?? navigator.language).slice(0, 2);
      return words[language] ?? words.es;
    }

    #left = (event) => {
      const to = event.type === "focusout" ? event.relatedTarget : event.target;
      if (to && !this.contains(to)) this.#show(false);
    };

    #show(isOpen) {
      this.#list.hidden = !isOpen;
      this.#opener.setAttribute("aria-expanded", String(isOpen));
      if (isOpen) this.#fill();
    }

    async #fill() {
      if (this.#isAsking) return;
      this.#isAsking = true;
      if (!this.#list.hasChildNodes()) this.#say(this.#words.loading);
      try {
        this.#draw(await this.#launcher());
      } catch {
        this.#say(this.#words.failed, { role: "alert" });
      }
      this.#isAsking = false;
    }

    async #launcher() {
      const response = await fetch(`${hub}/graphql`, {
        method: "POST", credentials: "omit", cache: "no-store",
        headers: {
          accept: "application/json", "content-type": "application/json",
          authorization: `Bearer ${await this.tokenSource()}`,
        },
        body: JSON.stringify({ query }),
      });
      const { data } = await response.json();
      if (!data?.launcher) throw new Error("no launcher");
      return data.launcher;
    }

    #draw({ solutions, manage }) {
      const items = solutions.map(({ name, url }) =>
        made("li", {}, made("a", { href: url }, name)));
      if (items.length === 0) items.push(made("li", {}, made("p", {}, this.#words.none)));
      this.#list.replaceChildren(made("ul", { "aria-label": this.#words.open }, ...items,
        made("li", { class: "manage" }, made("a", { href: manage.url }, manage.name))));
    }

    /** A sentence, and the way to the solutions all the same. */
    #say(text, attributes) {
      this.#list.replaceChildren(made("p", attributes, text), made("ul", {},
        made("li", { class: "manage" },
          made("a", { href: `${hub}/solutions` }, this.#words.manage))));
    }
  });
})();
