// Who is signed in and where enter, what stands around every section leaves: the launcher, the
// companies, the person's menu and the sections.

import { button, element, icon } from "../controls/element.js";
import { makeMenu } from "../controls/menu.js";
import * as session from "./session.js";
import { sections } from "./views.js";

const themes = ["system", "light", "dark"];
const keptTheme = "mi-alegra.theme";

/** Light, dark, or as the system has it. */
export function useTheme(theme = localStorage.getItem(keptTheme) ?? "system") {
  localStorage.setItem(keptTheme, theme);
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** The frame: `main` is where sections stand, `banner` says that the connection is lost. */
export function makeShell(words, here, current) {
  const main = element("main", { id: "content", tabindex: "-1" });
  const banner = element("p", { class: "banner", role: "status", hidden: "" }, words.offline);
  const node = element("div", { class: "shell" },
    element("a", { class: "skip", href: "#content" }, words.skip),
    element("header", { class: "top" },
      element("a", { class: "brand", href: "/" },
        element("span", { class: "brand-mark", "aria-hidden": "true" }), words.brand),
      element("div", { class: "top-menus" },
        launcherMenu(words, here), companyMenu(words, here), accountMenu(words, here))),
    banner,
    element("div", { class: "body" }, sideMenu(words, current), main));
  return { node, main, banner };
}

function sideMenu(words, current) {
  return element("nav", { class: "side", "aria-label": words.menu },
    element("ul", {}, ...sections.map(({ name, path, icon: iconName }) =>
      element("li", {},
        element("a", { href: path, "aria-current": name === current ? "page" : undefined },
          icon(iconName), element("span", {}, words.sections[name]))))));
}

function launcherMenu(words, { launcher }) {
  if (!launcher) return null;
  const links = launcher.solutions.map(({ name, url }) => element("a", { href: url }, name));
  if (links.length === 0) links.push(element("p", { class: "hint" }, words.launcher.none));
  links.push(element("a", { href: launcher.manage.url, class: "menu-last" }, launcher.manage.name));
  const opener = button(words.launcher.open, null, { kind: "quiet top-button", iconName: "grid" });
  opener.setAttribute("aria-label", words.launcher.open);
  return makeMenu(opener, links, { label: words.launcher.open });
}

function companyMenu(words, { company, memberships }) {
  if (!company) return null;
  const name = element("span", { class: "company-name" }, icon("building"),
    element("span", {}, company.legalName));
  if (!memberships || memberships.length < 2) return name;
  const opener = element("button", { type: "button", class: "quiet top-button" },
    ...name.childNodes, icon("down"));
  const items = memberships.map(({ companyId, companyName, isCurrent }) => {
    const item = button(companyName, () => { if (!isCurrent) session.switchCompany(companyId); });
    if (isCurrent) {
      item.setAttribute("aria-current", "true");
      item.append(icon("check"));
    }
    return item;
  });
  return makeMenu(opener, items, { label: words.companies });
}

function accountMenu(words, { person }) {
  const opener = element("button", {
    type: "button", class: "quiet top-button person-button", "aria-label": person.displayName,
  },
    avatar(person), element("span", { class: "person-name" }, person.displayName), icon("down"));
  const theme = element("select", { "aria-label": words.theme.title }, ...themes.map((code) =>
    element("option", { value: code }, words.theme[code])));
  theme.value = localStorage.getItem(keptTheme) ?? "system";
  theme.addEventListener("change", () => useTheme(theme.value));
  return makeMenu(opener, [
    element("a", { href: "/profile" }, icon("person"), words.sections.profile),
    element("a", { href: "/security" }, icon("shield"), words.sections.security),
    element("label", { class: "menu-choice" }, icon("moon"), theme),
    button(words.signOut, () => session.signOut(), { iconName: "exit" }),
  ], { label: words.account });
}

/** The photo, or the first letters of the name. */
export function avatar({ photoUrl, displayName }) {
  if (photoUrl) {
    return element("img", { class: "avatar", src: photoUrl, alt: "", width: "32", height: "32" });
  }
  const letters = displayName.trim().split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? "");
  return element("span", { class: "avatar", "aria-hidden": "true" },
    letters.join("").toUpperCase());
}
