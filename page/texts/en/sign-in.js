export default {
  title: "Sign in",
  lead: "Enter the space your solutions share.",
  email: "Email", password: "Password", submit: "Sign in",
  google: "Sign in with Google", or: "or",
  forgotten: "I forgot my password", signUp: "Create an account",
  show: "Show", hide: "Hide",
  company: "Which company do you want to enter?", companyLead: "You belong to several.",
  code: "Code", codeTitle: "Two-step verification",
  codeLead: "Enter the code of your authenticator app, or a recovery code.",
  codeSubmit: "Verify", back: "Back",
};
