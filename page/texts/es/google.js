export default {
  title: "Google", waiting: "Volvemos de Google…", again: "Volver",
};
