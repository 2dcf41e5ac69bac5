// What stands on every section, and what any of them may say.
export default {
  brand: "Mi Alegra",
  skip: "Skip to the content",
  menu: "Sections",
  sections: {
    company: "Company", solutions: "Solutions", profile: "Profile", security: "Security",
    integrations: "Integrations",
  },
  launcher: { open: "Solutions", none: "You have no active solutions yet." },
  account: "Your account",
  companies: "Your companies", current: "current",
  signOut: "Sign out",
  theme: { title: "Appearance", system: "Same as the system", light: "Light", dark: "Dark" },
  save: "Save", cancel: "Cancel", close: "Close", continue: "Continue", choose: "Choose an option",
  loading: "Loading…",
  offline: "The connection is lost. We are trying again…",
  notFound: { title: "We could not find this page", home: "Go to Mi Alegra" },
  failed: { title: "We could not show this section", again: "Try again" },
  unsaved: {
    title: "You have unsaved changes",
    text: "If you leave now, they are lost.",
    leave: "Leave without saving", stay: "Keep editing",
  },
  reauthenticate: {
    title: "Confirm it is you",
    lead: "For your security, this asks for your password again.",
    googleLead: "For your security, confirm it with your Google account {email}. You come back "
      + "here.",
    password: "Password", code: "Code of your app, or a recovery code",
    google: "Continue with Google",
    codeLead: "The code of your second factor is missing.",
  },
  problems: {
    RATE_LIMITED: "There were too many attempts. Wait a few minutes and try again.",
    NETWORK: "There is no connection. Check it and try again.",
    FORBIDDEN: "Your role does not allow this.",
    BODY_TOO_LARGE: "The file is too big. Choose a smaller one.",
    other: "Something failed on our side. Try again in a moment.",
  },
};
