export default {
  title: "Google", waiting: "Coming back from Google…", again: "Go back",
};
