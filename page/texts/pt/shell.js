// What stands on every section, and what any of them may say.
export default {
  brand: "Mi Alegra",
  skip: "Ir ao conteúdo",
  menu: "Seções",
  sections: {
    company: "Empresa", solutions: "Soluções", profile: "Perfil", security: "Segurança",
    integrations: "Integrações",
  },
  launcher: { open: "Soluções", none: "Você ainda não tem soluções ativas." },
  account: "Sua conta",
  companies: "Suas empresas", current: "atual",
  signOut: "Sair",
  theme: { title: "Aparência", system: "Como o sistema", light: "Clara", dark: "Escura" },
  save: "Salvar", cancel: "Cancelar", close: "Fechar", continue: "Continuar",
  choose: "Escolha uma opção",
  loading: "Carregando…",
  offline: "A conexão caiu. Estamos tentando de novo…",
  notFound: { title: "Não encontramos esta página", home: "Ir ao Mi Alegra" },
  failed: { title: "Não foi possível mostrar esta seção", again: "Tentar de novo" },
  unsaved: {
    title: "Você tem mudanças não salvas",
    text: "Se sair agora, elas se perdem.",
    leave: "Sair sem salvar", stay: "Continuar editando",
  },
  reauthenticate: {
    title: "Confirme que é você",
    lead: "Para sua segurança, isto pede sua senha de novo.",
    googleLead: "Para sua segurança, confirme com sua conta do Google {email}. Você volta a esta "
      + "página.",
    password: "Senha", code: "Código do seu aplicativo ou de recuperação",
    google: "Continuar com o Google",
    codeLead: "Falta o código do seu segundo fator.",
  },
  problems: {
    RATE_LIMITED: "Houve tentativas demais. Espere alguns minutos e tente de novo.",
    NETWORK: "Não há conexão. Confira-a e tente de novo.",
    FORBIDDEN: "Seu papel não permite isto.",
    BODY_TOO_LARGE: "O arquivo é grande demais. Escolha um menor.",
    other: "Algo falhou do nosso lado. Tente de novo em um momento.",
  },
};
