// Every section of the page: its path, its words, its icon and where its module is. A new section
// is a line here, and its path one of HubPage.swift.

/** In the order of the menu; `document` is what the section asks for. */
export const sections = [
  {
    name: "company", path: "/company", icon: "building",
    load: () => import("../views/company/company.js"),
  },
  {
    name: "solutions", path: "/solutions", icon: "grid",
    load: () => import("../views/solutions/solutions.js"),
  },
  {
    name: "profile", path: "/profile", icon: "person",
    load: () => import("../views/profile/profile.js"),
  },
  {
    name: "security", path: "/security", icon: "shield",
    load: () => import("../views/security/security.js"),
  },
];

/** What needs no session. */
export const doors = [
  { name: "sign-in", path: "/sign-in", load: () => import("../views/sign-in.js") },
  { name: "google", path: "/google", load: () => import("../views/google.js") },
];
