export default {
  title: "Entre",
  lead: "Entre no espaço comum das suas soluções.",
  email: "E-mail", password: "Senha", submit: "Entrar",
  google: "Entrar com o Google", or: "ou",
  forgotten: "Esqueci minha senha", signUp: "Criar uma conta",
  show: "Mostrar", hide: "Ocultar",
  company: "Em que empresa você quer entrar?", companyLead: "Você pertence a várias.",
  code: "Código", codeTitle: "Verificação em duas etapas",
  codeLead: "Digite o código do seu aplicativo autenticador ou um de recuperação.",
  codeSubmit: "Verificar", back: "Voltar",
};
