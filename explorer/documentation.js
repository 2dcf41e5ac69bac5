// The schema enters; on the page it leaves as documentation to walk through: an overview, types,
// their fields, and a search. Every name leads to its type, and one step back is always there.

import { byId, element, prose } from "./dom.js";
import { written } from "./schema.js";

const resultsMax = 80;
const kindWords = {
  OBJECT: "type", INTERFACE: "interface", UNION: "union", SCALAR: "scalar", ENUM: "enum",
  INPUT_OBJECT: "input",
};

export class Documentation {
  constructor() {
    this.content = byId("docs-content");
    /** The pages on the way here: a name of a type, and a field to point at. */
    this.trail = [];
  }

  /** Shows why there is none, with a way to ask again. */
  fail(message, again) {
    this.schema = undefined;
    this.content.replaceChildren(
      element("p", {}, "The server does not describe its schema, so there is no documentation and "
        + "no completion here. Operations can be run all the same."),
      element("p", { class: "quiet" }, `It said: ${message}`),
      element("button", { type: "button", class: "small", click: again }, "Ask again"));
  }

  use(schema) {
    this.schema = schema;
    this.trail = [];
    this.search = element("input", {
      type: "search", id: "docs-search", placeholder: "Search types and fields",
      "aria-label": "Search types and fields", autocomplete: "off", spellcheck: "false",
      input: () => this.searched(),
    });
    this.page = element("div", { class: "docs-page" });
    this.content.replaceChildren(this.search, this.page);
    this.show();
  }

  /** Opens a type's page, and points at a field where one is named. */
  open(typeName, fieldName) {
    if (!this.schema?.type(typeName)) return;
    this.search.value = "";
    this.trail.push({ typeName, fieldName });
    this.show();
    this.arrive();
  }

  back() {
    this.trail.pop();
    this.show();
    this.arrive();
  }

  /** Those who cannot see the page change hear of it: focus goes to its heading. */
  arrive() {
    const field = this.page.querySelector("[data-wanted]");
    (field ?? this.page.querySelector("h3"))?.focus();
    (field ?? this.page).scrollIntoView({ block: field ? "center" : "nearest" });
    if (!field) this.content.scrollTop = 0;
  }

  show() {
    const here = this.trail.at(-1);
    const type = here && this.schema.type(here.typeName);
    this.page.replaceChildren(...(type ? this.typePage(type, here.fieldName) : this.overview()));
  }

  // Pages

  overview() {
    const { roots, types, directives, description } = this.schema;
    const rootNames = Object.entries(roots).filter(([, type]) => type);
    const others = types.filter((type) =>
      !type.name.startsWith("__") && !rootNames.some(([, root]) => root === type));
    return [
      element("h3", { tabindex: "-1" }, "Schema"),
      prose(description),
      element("h4", {}, "Operations"),
      element("ul", { class: "definitions" }, rootNames.map(([word, type]) =>
        element("li", {}, element("span", { class: "keyword" }, word), ": ",
          this.typeLink(type.name)))),
      element("h4", {}, "Types"),
      element("ul", { class: "names" }, others.map((type) =>
        element("li", {}, this.typeLink(type.name),
          element("span", { class: "quiet" }, kindWords[type.kind])))),
      element("h4", {}, "Directives"),
      element("ul", { class: "definitions" }, directives.map((directive) =>
        element("li", {},
          element("p", { class: "signature" }, element("span", { class: "directive" },
            `@${directive.name}`), this.argumentList(directive.args),
          directive.isRepeatable ? element("span", { class: "keyword" }, " repeatable")
            : undefined),
          prose(directive.description), this.argumentTexts(directive.args)))),
    ];
  }

  typePage(type, wanted) {
    const relatives = (title, references) => references?.length ? [
      element("h4", {}, title),
      element("ul", { class: "names" }, references.map((reference) =>
        element("li", {}, this.typeLink(reference.name)))),
    ] : [];
    return [
      this.backButton(),
      element("h3", { tabindex: "-1" },
        element("span", { class: "keyword" }, kindWords[type.kind]), ` ${type.name}`),
      prose(type.description),
      type.isOneOf ? element("p", { class: "quiet" }, "Exactly one of its fields is given.") : "",
      type.specifiedByURL
        ? element("p", {}, "Specified by ", element("a", {
          href: type.specifiedByURL, target: "_blank", rel: "noreferrer noopener",
        }, type.specifiedByURL)) : "",
      ...relatives("Implements", type.interfaces),
      ...this.members("Fields", type.fields, wanted),
      ...this.members("Input fields", type.inputFields, wanted),
      ...this.members("Values", type.enumValues, wanted),
      ...relatives("Possible types", type.kind === "OBJECT" ? [] : type.possibleTypes),
    ];
  }

  members(title, members, wanted) {
    if (!members?.length) return [];
    return [
      element("h4", {}, title),
      element("ul", { class: "definitions" }, members.map((member) =>
        this.member(member, member.name === wanted))),
    ];
  }

  member(member, isWanted) {
    const { name, args, type, defaultValue, isDeprecated, deprecationReason } = member;
    return element("li", {
      class: isDeprecated ? "deprecated-entry" : undefined, "data-wanted": isWanted,
      tabindex: isWanted ? "-1" : undefined,
    },
    element("p", { class: "signature" },
      element("span", { class: type ? "field" : "enum" }, name),
      args ? this.argumentList(args) : undefined,
      type ? [": ", this.typeReference(type)] : undefined,
      defaultValue ? element("span", { class: "quiet" }, ` = ${defaultValue}`) : undefined,
      isDeprecated ? element("span", { class: "badge" }, "deprecated") : undefined),
    prose(member.description),
    isDeprecated ? prose(`Deprecated: ${deprecationReason}`, "prose warning") : undefined,
    args ? this.argumentTexts(args) : undefined);
  }

  argumentList(args) {
    if (!args.length) return undefined;
    return ["(", args.map((argument, index) => [
      index ? ", " : "", element("span", { class: "argument" }, argument.name), ": ",
      this.typeReference(argument.type),
      argument.defaultValue ? element("span", { class: "quiet" }, ` = ${argument.defaultValue}`)
        : undefined,
    ]), ")"];
  }

  argumentTexts(args) {
    const described = args.filter((argument) => argument.description || argument.isDeprecated);
    if (!described.length) return undefined;
    return element("dl", { class: "arguments" }, described.map((argument) => [
      element("dt", { class: "argument" }, argument.name),
      element("dd", {}, prose(argument.description), argument.isDeprecated
        ? prose(`Deprecated: ${argument.deprecationReason}`, "prose warning") : undefined),
    ]));
  }

  typeReference(reference) {
    const [before, after] = written(reference).split(/[A-Za-z_]\w*/);
    const { name } = this.schema.typeOf(reference) ?? { name: "" };
    return element("span", {}, before, this.typeLink(name), after);
  }

  typeLink(name) {
    return element("button", {
      type: "button", class: "link type", click: () => this.open(name),
    }, name);
  }

  backButton() {
    const before = this.trail.at(-2)?.typeName ?? "Schema";
    return element("button", { type: "button", class: "small back", click: () => this.back() },
      element("span", { "aria-hidden": "true" }, "← "), `Back to ${before}`);
  }

  // Search

  searched() {
    const text = this.search.value.trim().toLowerCase();
    if (!text) return this.show();
    const found = this.find(text);
    const shown = found.slice(0, resultsMax);
    this.page.replaceChildren(
      element("p", { class: "quiet", role: "status" },
        `${found.length} found${found.length > resultsMax ? `, ${resultsMax} shown` : ""}`),
      element("ul", { class: "results" }, shown.map(({ type, member }) =>
        element("li", {}, element("button", {
          type: "button", class: "row", click: () => this.open(type.name, member?.name),
        }, element("span", { class: "row-title" },
          element("span", { class: "type" }, type.name),
          member ? [".", element("span", { class: "field" }, member.name)] : undefined),
        element("span", { class: "quiet" }, firstLine((member ?? type).description)))))));
    return undefined;
  }

  /** Names that begin with the text first, then names that hold it, types before their fields. */
  find(text) {
    const found = [];
    const look = (type, member) => {
      const at = (member ?? type).name.toLowerCase().indexOf(text);
      if (at >= 0) found.push({ type, member, rank: (at > 0 ? 2 : 0) + (member ? 1 : 0) });
    };
    for (const type of this.schema.types) {
      if (type.name.startsWith("__")) continue;
      look(type);
      for (const members of [type.fields, type.inputFields, type.enumValues]) {
        for (const member of members ?? []) look(type, member);
      }
    }
    return found.sort((one, other) => one.rank - other.rank);
  }
}

const firstLine = (text) => (text ?? "").split("\n")[0];
