export default {
  title: "Google", waiting: "Voltando do Google…", again: "Voltar",
};
